package org.slipway.signin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.management.ManagementFactory;
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
import org.slipway.accounts.Account;
import org.slipway.accounts.AccountEdit;
import org.slipway.accounts.AccountStatus;
import org.slipway.accounts.Channel;
import org.slipway.accounts.OnConflict;
import org.slipway.accounts.PasswordHash;
import org.slipway.accounts.Permission;
import org.slipway.accounts.Refusal;
import org.slipway.accounts.RefusedException;
import org.slipway.audit.AuditEntry;
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

  @Test
  void whoIsLockedOutIsToldSoWhateverThePasswordAndTheName() {
    logIn("ann", PASSWORD);
    for (int i = 0; i < 5; i++) {
      assertThat(refusal("ann", "guess " + i).kind()).isEqualTo(Refusal.Kind.WRONG_CREDENTIALS);
      assertThat(refusal("nobody", "guess").kind()).isEqualTo(Refusal.Kind.WRONG_CREDENTIALS);
    }
    Refusal wrong = refusal("ann", "guess");
    assertThat(wrong.kind()).isEqualTo(Refusal.Kind.LOCKED_OUT);
    assertThat(wrong.retryAfter()).contains(Duration.ofMinutes(1));
    assertThat(refusal("ann", PASSWORD)).isEqualTo(wrong);
    assertThat(refusal("nobody", "guess")).isEqualTo(wrong);
    clock.advance(Duration.ofMinutes(1));
    assertThat(logIn("ann", PASSWORD).id()).isEqualTo(ann.id());
  }

  @Test
  void anAttackerElsewhereLocksNoRightUserOut() {
    logIn("ann", PASSWORD);
    for (int i = 0; i < 70; i++) {
      portal.lockOuts.failed(Pair.of("ann", new Source("bot" + i)));
    }
    assertThat(portal.lockOuts.lockedUntil("ann")).isPresent();
    portal.accounts.setPassword("ann", "another password", Who.SYSTEM);
    assertThat(logIn("ann", "another password").id()).isEqualTo(ann.id());
    assertThatThrownBy(() -> logInFrom("198.51.100.7", "another password"))
        .isInstanceOfSatisfying(
            RefusedException.class,
            e -> assertThat(e.refusal().kind()).isEqualTo(Refusal.Kind.LOCKED_OUT));
  }

  @Test
  void whereAnAccountSignedInIsKnownAfterARestart() {
    logIn("ann", PASSWORD);
    portal.settle();
    portal.close();
    portal = PortalParts.open(folder, clock, Map.of());
    Source here = Source.of(PortalParts.address("127.0.0.1"));
    assertThat(portal.knownSources.contains(ann.id(), here)).isTrue();
    clock.advance(Duration.ofDays(31));
    assertThat(portal.knownSources.contains(ann.id(), here)).isFalse();
    portal.knownSources.refresh();
    int kept =
        portal.jdbi.withHandle(
            h -> h.createQuery("SELECT COUNT(*) FROM known_source").mapTo(int.class).one());
    assertThat(kept).isZero();
  }

  @Test
  void aSecondInstanceLearnsWhereAnAccountSignedIn() {
    KnownSources other = new KnownSources(portal.settings, portal.jdbi, portal.writer, clock);
    logIn("ann", PASSWORD);
    portal.settle();
    Source here = Source.of(PortalParts.address("127.0.0.1"));
    assertThat(other.contains(ann.id(), here)).isFalse();
    other.refresh();
    assertThat(other.contains(ann.id(), here)).isTrue();
  }

  @Test
  void thousandsOfRefusedAttemptsAreOneEntryOfTheAuditTrail() {
    for (int i = 0; i < 5; i++) {
      refusal("ann", "guess " + i);
    }
    for (int i = 0; i < 2000; i++) {
      refusal("ann", "guess");
    }
    clock.advance(Duration.ofMinutes(1));
    portal.signInWatch.everySecond();
    portal.settle();
    var entries = portal.audit.page("ann", 0, 100);
    assertThat(entries)
        .filteredOn(e -> e.action().equals("SIGN_IN"))
        .extracting(AuditEntry::repeats)
        .containsExactly(1L, 5L);
    assertThat(entries).filteredOn(e -> e.action().equals("LOCKED_OUT")).hasSize(1);
    assertThat(entries.getFirst().reason()).isEqualTo("LOCKED_OUT 2000 attempts");
    assertThat(entries.getFirst().address()).isEqualTo("127.0.0.1");
  }

  @Test
  void aRightPasswordIsHashedOnceForManyThatComeTogether() {
    long begin = processorTime();
    logIn("ann", PASSWORD);
    long one = processorTime() - begin;
    portal.accounts.setPassword("ann", "another password", Who.SYSTEM);
    begin = processorTime();
    try (var threads = java.util.concurrent.Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 10; i++) {
        threads.submit(() -> logIn("ann", "another password"));
      }
    }
    assertThat(processorTime() - begin).isLessThan(6 * one);
    portal.settle();
    assertThat(portal.audit.page("sign_in", 0, 100))
        .extracting(AuditEntry::repeats)
        .containsExactly(11L);
  }

  /** Of all threads: what passes on the clock depends on how busy the machine is. */
  private static long processorTime() {
    return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
        .getProcessCpuTime();
  }

  /**
   * The time of one hash each, with nothing else in between; what differs is far below what the
   * network adds.
   */
  @Test
  void aWrongNameTakesAsLongAsAWrongPassword() {
    long name = Long.MAX_VALUE;
    long password = Long.MAX_VALUE;
    for (int i = 0; i < 4; i++) {
      String fresh = "192.0.2." + i;
      name = Math.min(name, time(() -> logInFrom(fresh, "nobody", "a wrong password")));
      password = Math.min(password, time(() -> logInFrom(fresh, "ann", "a wrong password")));
    }
    assertThat((double) name / password).isBetween(0.5, 2.0);
  }

  private static long time(org.assertj.core.api.ThrowableAssert.ThrowingCallable attempt) {
    long begin = System.nanoTime();
    assertThatThrownBy(attempt).isInstanceOf(RefusedException.class);
    return System.nanoTime() - begin;
  }

  private Account logInFrom(String address, String password) {
    return logInFrom(address, "ann", password);
  }

  private Account logInFrom(String address, String username, String password) {
    return portal.login.authenticate(username, password, Channel.FTP, PortalParts.address(address));
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
