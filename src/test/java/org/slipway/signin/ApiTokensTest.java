package org.slipway.signin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slipway.accounts.Account;
import org.slipway.accounts.AccountStatus;
import org.slipway.accounts.InvalidInputException;
import org.slipway.accounts.Refusal;
import org.slipway.accounts.RefusedException;
import org.slipway.audit.Who;
import org.slipway.portal.MovableClock;
import org.slipway.portal.PortalParts;

/** A token lives as long as its account may be there, and no longer. */
class ApiTokensTest {
  private static final InetAddress HERE = PortalParts.address("192.0.2.1");

  @TempDir Path folder;
  private final MovableClock clock = new MovableClock();
  private PortalParts portal;
  private Account ann;

  @BeforeEach
  void open() {
    portal = PortalParts.open(folder, clock, Map.of());
    ann = portal.user("ann", "a long password", Optional.empty());
  }

  @AfterEach
  void close() {
    portal.close();
  }

  private ApiTokens.Issued issue() {
    return portal.tokens.issue(
        ann, "backup", Set.of(Scope.FILES_READ), Optional.empty(), Who.SYSTEM);
  }

  private Refusal.Kind refusal(String text) {
    Refusal[] refusal = new Refusal[1];
    assertThatThrownBy(() -> portal.tokens.authenticate(text, HERE))
        .isInstanceOfSatisfying(RefusedException.class, e -> refusal[0] = e.refusal());
    return refusal[0].kind();
  }

  @Test
  void itStandsForItsAccount() {
    ApiTokens.Issued issued = issue();
    assertThat(issued.text()).matches("slipway_[0-9a-f]{56}");
    ApiTokens.Use use = portal.tokens.authenticate(issued.text(), HERE);
    assertThat(use.account().id()).isEqualTo(ann.id());
    assertThat(use.token().scopes()).containsExactly(Scope.FILES_READ);
    assertThat(use.token().expiresAt()).isEqualTo(clock.instant().plus(Duration.ofDays(90)));
  }

  @Test
  void itsTextIsNowhere() {
    ApiTokens.Issued issued = issue();
    portal.settle();
    List<String> rows =
        portal.jdbi.withHandle(h -> h.createQuery("SCRIPT").mapTo(String.class).list());
    String dump = rows.toString();
    assertThat(dump).contains("TOKEN_MADE").doesNotContain(issued.text().substring(8));
    assertThat(issued.toString()).doesNotContain(issued.text());
  }

  @Test
  void whatIsNoTokenIsRefused() {
    String text = issue().text();
    for (String other :
        new String[] {
          "",
          "slipway_",
          text.substring(1),
          text + "0",
          text.toUpperCase(),
          "x".repeat(10_000),
          text.substring(0, 60) + "0000"
        }) {
      assertThat(refusal(other)).isEqualTo(Refusal.Kind.NOT_LOGGED_IN);
    }
    assertThat(TokenText.isWellFormed(text)).isTrue();
    assertThat(TokenText.isWellFormed(text.replaceFirst("slipway_.", "slipway_z"))).isFalse();
  }

  @Test
  void itDiesWithItsAccountsRightAndComesBackWithIt() {
    String text = issue().text();
    portal.accounts.setStatus("ann", AccountStatus.SUSPENDED, Optional.empty(), Who.SYSTEM);
    assertThat(refusal(text)).isEqualTo(Refusal.Kind.ACCOUNT_SUSPENDED);
    portal.accounts.setStatus("ann", AccountStatus.ACTIVE, Optional.empty(), Who.SYSTEM);
    portal.tokens.authenticate(text, HERE);
    portal.accounts.delete("ann", false, Who.SYSTEM);
    assertThat(refusal(text)).isEqualTo(Refusal.Kind.NOT_LOGGED_IN);
  }

  @Test
  void aNewPasswordEndsItUnlessItsOwnerKeepsIt() {
    String text = issue().text();
    portal.accounts.setPassword("ann", "another password", Who.SYSTEM);
    assertThat(refusal(text)).isEqualTo(Refusal.Kind.NOT_LOGGED_IN);
    Account now = portal.directory.byId(ann.id()).orElseThrow();
    assertThat(portal.tokens.of(ann.id()).getFirst().state(now, clock.instant()))
        .isEqualTo(ApiToken.State.REVOKED);
    portal.tokens.carryOver(now, Who.SYSTEM);
    portal.tokens.authenticate(text, HERE);
    portal.accounts.setPassword("ann", "a third password", Who.SYSTEM);
    portal.accounts.setPassword("ann", "a fourth password", Who.SYSTEM);
    portal.tokens.carryOver(portal.directory.byId(ann.id()).orElseThrow(), Who.SYSTEM);
    assertThat(refusal(text)).isEqualTo(Refusal.Kind.NOT_LOGGED_IN);
  }

  @Test
  void itExpires() {
    String text =
        portal
            .tokens
            .issue(
                ann,
                "short",
                Set.of(Scope.FILES_READ),
                Optional.of(clock.instant().plusSeconds(60)),
                Who.SYSTEM)
            .text();
    clock.advance(Duration.ofSeconds(59));
    portal.tokens.authenticate(text, HERE);
    clock.advance(Duration.ofSeconds(1));
    assertThat(refusal(text)).isEqualTo(Refusal.Kind.NOT_LOGGED_IN);
    portal.settle();
    assertThat(portal.audit.signIns("ann", 1))
        .extracting(e -> e.reason())
        .containsExactly("EXPIRED");
  }

  @Test
  void aRevokedOneIsGoneAtOnceAndNobodyElsesCanBeRevoked() {
    ApiTokens.Issued issued = issue();
    Account eve = portal.user("eve", "a long password", Optional.empty());
    assertThatThrownBy(() -> portal.tokens.revoke(eve, issued.token().id(), Who.SYSTEM))
        .isInstanceOf(RefusedException.class);
    portal.tokens.authenticate(issued.text(), HERE);
    portal.tokens.revoke(ann, issued.token().id(), Who.SYSTEM);
    assertThat(refusal(issued.text())).isEqualTo(Refusal.Kind.NOT_LOGGED_IN);
    String another = issue().text();
    portal.tokens.revokeAll(ann, Who.SYSTEM);
    assertThat(refusal(another)).isEqualTo(Refusal.Kind.NOT_LOGGED_IN);
  }

  @Test
  void itsUseIsWrittenDownOnceAMinute() {
    String text = issue().text();
    portal.tokens.authenticate(text, HERE);
    var first = clock.instant();
    clock.advance(Duration.ofSeconds(59));
    portal.tokens.authenticate(text, PortalParts.address("192.0.2.2"));
    portal.settle();
    assertThat(portal.tokens.of(ann.id()).getFirst().lastUsedAt()).contains(first);
    assertThat(portal.tokens.of(ann.id()).getFirst().lastUsedAddress()).contains("192.0.2.1");
    clock.advance(Duration.ofSeconds(1));
    portal.tokens.authenticate(text, PortalParts.address("192.0.2.2"));
    portal.settle();
    assertThat(portal.tokens.of(ann.id()).getFirst().lastUsedAddress()).contains("192.0.2.2");
  }

  @Test
  void anAccountHasFiftyAtMost() {
    for (int i = 0; i < ApiTokens.MOST; i++) {
      issue();
    }
    assertThatThrownBy(this::issue)
        .isInstanceOfSatisfying(
            RefusedException.class,
            e -> assertThat(e.refusal().kind()).isEqualTo(Refusal.Kind.CONFLICT));
    portal.accounts.setPassword("ann", "another password", Who.SYSTEM);
    ann = portal.directory.byId(ann.id()).orElseThrow();
    issue();
    assertThat(portal.tokens.of(ann.id())).hasSize(1);
  }

  @Test
  void badFieldsAreNamed() {
    assertThatThrownBy(() ->
            portal.tokens.issue(
                ann,
                "a\nb",
                Set.of(),
                Optional.of(clock.instant().plus(Duration.ofDays(400))),
                Who.SYSTEM))
        .isInstanceOfSatisfying(
            InvalidInputException.class,
            e ->
                assertThat(e.violations())
                    .extracting(v -> v.field())
                    .containsExactly("name", "scopes", "expiresAt"));
  }
}
