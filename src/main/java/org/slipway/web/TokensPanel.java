package org.slipway.web;

import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.slipway.accounts.Account;
import org.slipway.accounts.Action;
import org.slipway.signin.ApiToken;
import org.slipway.signin.ApiTokens;
import org.slipway.signin.Scope;

/** One's own API tokens: make, see the use of, revoke. */
@Named
@ViewScoped
public class TokensPanel implements Serializable {
  private static final long serialVersionUID = 1L;

  @Inject private transient ApiTokens tokens;
  @Inject private transient Clock clock;
  @Inject private transient Me me;
  private String name;
  private String[] scopes = {};
  private int days = (int) ApiTokens.USUAL.toDays();
  private String issued;

  public List<ApiToken> getTokens() {
    return tokens.of(me.getAccount().id());
  }

  public ApiToken.State state(ApiToken token) {
    return token.state(me.getAccount(), clock.instant());
  }

  public String scopesOf(ApiToken token) {
    return String.join(", ", token.scopes().stream().map(Scope::text).sorted().toList());
  }

  public void add() {
    name = "";
    scopes = new String[0];
    days = (int) ApiTokens.USUAL.toDays();
    issued = null;
  }

  public void make() {
    Account own = me.getAccount();
    boolean made =
        Feedback.tried(
            "tokenForm",
            () ->
                issued =
                    tokens
                        .issue(
                            own,
                            Entered.text(name).orElse(""),
                            chosen(),
                            Optional.of(clock.instant().plus(Duration.ofDays(days))),
                            me.who())
                        .text());
    if (made) {
      Feedback.done("tokens.made");
    }
  }

  private Set<Scope> chosen() {
    Set<Scope> result = EnumSet.noneOf(Scope.class);
    Arrays.stream(scopes).map(Scope::of).flatMap(Optional::stream).forEach(result::add);
    return result;
  }

  public void revoke(UUID id) {
    if (Feedback.tried("tokens", () -> tokens.revoke(me.getAccount(), id, me.who()))) {
      Feedback.done("tokens.revoked");
    }
  }

  /** What the account may do at all; a token could be given more, but would not have it. */
  public List<Scope> getScopeChoices() {
    return Arrays.stream(Scope.values()).filter(this::isUseful).toList();
  }

  private boolean isUseful(Scope scope) {
    boolean reading = scope.text().endsWith(":read");
    return scope.text().startsWith("monitor")
        || Arrays.stream(Action.values())
            .filter(action -> Scope.needed(action, reading).filter(scope::equals).isPresent())
            .anyMatch(me::may);
  }

  public int[] getDayChoices() {
    return new int[] {7, 30, 90, 180, 365};
  }

  public String getIssued() {
    return issued;
  }

  public String getName() {
    return name;
  }

  public void setName(String name) {
    this.name = name;
  }

  public String[] getScopes() {
    return scopes;
  }

  public void setScopes(String[] scopes) {
    this.scopes = scopes;
  }

  public int getDays() {
    return days;
  }

  public void setDays(int days) {
    this.days = days;
  }
}
