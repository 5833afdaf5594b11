package org.slipway.web;

import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.slipway.accounts.Account;
import org.slipway.accounts.AccountDirectory;
import org.slipway.accounts.AccountSessions;
import org.slipway.accounts.Action;
import org.slipway.accounts.Channel;
import org.slipway.accounts.OpenSession;
import org.slipway.accounts.Refusal;
import org.slipway.audit.AuditAction;
import org.slipway.audit.AuditTrail;
import org.slipway.signin.ApiToken;
import org.slipway.signin.ApiTokens;
import org.slipway.signin.SecondFactor;
import org.slipway.signin.SecondFactorSetup;

/** How an account comes in, for an administrator: second factor, tokens, sessions. */
@Named
@ViewScoped
public class SignInDialog implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final String FORM = "signInForm";

  @Inject private transient AccountDirectory directory;
  @Inject private transient AccountSessions sessions;
  @Inject private transient SecondFactor factor;
  @Inject private transient SecondFactorSetup setup;
  @Inject private transient ApiTokens tokens;
  @Inject private transient AuditTrail audit;
  @Inject private transient Clock clock;
  @Inject private transient Me me;
  private String chosen;

  public void choose(String username) {
    chosen = username;
  }

  public String getChosen() {
    return chosen;
  }

  private Optional<Account> account() {
    me.require(Action.MANAGE_ACCOUNTS);
    return chosen == null ? Optional.empty() : directory.byUsername(chosen);
  }

  private Account existing() {
    return account()
        .orElseThrow(() ->
            Refusal.of(Refusal.Kind.NO_SUCH_THING, "There is no account " + chosen).asException());
  }

  public boolean isSecondFactorActive() {
    return account().filter(a -> factor.isActive(a.id())).isPresent();
  }

  public List<ApiToken> getTokens() {
    return account().map(a -> tokens.of(a.id())).orElse(List.of());
  }

  public ApiToken.State state(ApiToken token) {
    return account().map(a -> token.state(a, clock.instant())).orElse(ApiToken.State.REVOKED);
  }

  public List<OpenSession> getSessions() {
    return account().map(a -> sessions.opened(a.id())).orElse(List.of()).stream()
        .filter(s -> s.session().channel() != Channel.API && s.session().isCounted())
        .toList();
  }

  public void resetSecondFactor() {
    if (Feedback.tried(FORM, () -> setup.reset(existing(), me.who()))) {
      Feedback.done("entry.factorReset", chosen);
    }
  }

  public void revoke(UUID id) {
    if (Feedback.tried(FORM, () -> tokens.revoke(existing(), id, me.who()))) {
      Feedback.done("tokens.revoked");
    }
  }

  public void revokeAll() {
    if (Feedback.tried(FORM, () -> tokens.revokeAll(existing(), me.who()))) {
      Feedback.done("entry.tokensRevoked", chosen);
    }
  }

  public void endSessions() {
    Refusal why = Refusal.of(Refusal.Kind.CLOSED, "An administrator ended the session");
    if (Feedback.tried(FORM, () -> sessions.of(existing().id()).forEach(s -> s.end(why)))) {
      audit.done(me.who(), AuditAction.SESSIONS_ENDED, chosen, null, null);
      Feedback.done("entry.sessionsEnded", chosen);
    }
  }
}
