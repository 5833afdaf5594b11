package org.slipway.accounts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.slipway.audit.Who;
import org.slipway.portal.MovableClock;
import org.slipway.portal.PortalParts;

/** Who comes in, and what those are told who do not. */
class LoginTest {
  private static final String PASSWORD = "a long password";

  @TempDir Path folder;
  private final MovableClock clock = new MovableClock();
  private PortalParts portal;
  private Account ann;

  @BeforeEach
  void open() {
    portal = PortalParts.open(folder, clock, Map.of());
    ann = portal.user("ann", PASSWORD, Optional.empty());
  }

  @AfterEach
  void close() {
    portal.close();
  }

  @Test
  void theRightPasswordComesInAgainAndAgain() {
    assertThat(logIn("ann", PASSWORD).id()).isEqualTo(ann.id());
    assertThat(logIn("ann", PASSWORD).id()).isEqualTo(ann.id());
    assertThat(logIn("ANN", PASSWORD).id()).isEqualTo(ann.id());
  }

  @Test
  void aWrongNameAndAWrongPasswordAreToldTheSame() {
    assertThat(refusal("ann", "wrong password")).isEqualTo(refusal("nobody", PASSWORD));
    assertThat(refusal("ann", "x".repeat(5000)).kind()).isEqualTo(Refusal.Kind.WRONG_CREDENTIALS);
    assertThat(refusal("", "").kind()).isEqualTo(Refusal.Kind.WRONG_CREDENTIALS);
  }

  @ParameterizedTest
  @EnumSource(
      value = AccountStatus.class,
      names = {"PENDING", "SUSPENDED", "REJECTED"})
  void onlyAnActiveAccountComesIn(AccountStatus status) {
    logIn("ann", PASSWORD);
    portal.accounts.setStatus("ann", status, Optional.of("because"), Who.SYSTEM);
    assertThat(refusal("ann", PASSWORD).kind().name()).isEqualTo("ACCOUNT_" + status);
    assertThat(refusal("ann", "wrong password").kind()).isEqualTo(Refusal.Kind.WRONG_CREDENTIALS);
    assertThat(portal.authorization.check(ann.id(), Channel.FTP, Permission.READ, "/")).isPresent();
  }

  @Test
  void anExpiredAccountDoesNotComeIn() {
    portal.accounts.change(
        "ann",
        OptionalLong.empty(),
        a ->
            AccountEdit.of(a)
                .use(
                    Optional.empty(),
                    OnConflict.OVERWRITE,
                    Optional.of(clock.instant().plus(Duration.ofHours(1))))
                .account(),
        Who.SYSTEM);
    logIn("ann", PASSWORD);
    clock.advance(Duration.ofHours(1));
    assertThat(refusal("ann", PASSWORD).kind()).isEqualTo(Refusal.Kind.ACCOUNT_EXPIRED);
  }

  @Test
  void anOldPasswordIsForgottenAtOnce() {
    logIn("ann", PASSWORD);
    portal.accounts.setPassword("ann", "another password", Who.SYSTEM);
    assertThat(refusal("ann", PASSWORD).kind()).isEqualTo(Refusal.Kind.WRONG_CREDENTIALS);
    logIn("ann", "another password");
  }

  @Test
  void aWeakerHashIsReplacedAtLogin() {
    String weak = PasswordHash.of(PASSWORD, 1000);
    portal.accounts.upgradeHash(ann.id(), ann.passwordHash(), weak);
    logIn("ann", PASSWORD);
    Account now = portal.directory.byId(ann.id()).orElseThrow();
    assertThat(PasswordHash.isOutdated(weak)).isTrue();
    assertThat(PasswordHash.isOutdated(now.passwordHash())).isFalse();
    assertThat(now.passwordGeneration()).isEqualTo(ann.passwordGeneration());
    logIn("ann", PASSWORD);
  }

  @Test
  void everySignInAndEveryRefusalIsInTheAuditTrail() {
    logIn("ann", PASSWORD);
    refusal("ann", "the wrong secret");
    portal.settle();
    assertThat(portal.audit.page("sign_in", 0, 10))
        .extracting(e -> e.outcome().name())
        .containsExactly("REFUSED", "DONE");
    assertThat(portal.audit.page("", 0, 100).toString())
        .doesNotContain("the wrong secret", PASSWORD);
  }

  private Account logIn(String username, String password) {
    return portal.login.authenticate(
        username, password, Channel.FTP, PortalParts.address("127.0.0.1"));
  }

  private Refusal refusal(String username, String password) {
    Refusal[] refusal = new Refusal[1];
    assertThatThrownBy(() -> logIn(username, password))
        .isInstanceOfSatisfying(RefusedException.class, e -> refusal[0] = e.refusal());
    return refusal[0];
  }
}
