package org.slipway.signin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
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
import org.slipway.accounts.InvalidInputException;
import org.slipway.accounts.Refusal;
import org.slipway.accounts.RefusedException;
import org.slipway.accounts.Role;
import org.slipway.audit.Who;
import org.slipway.portal.AuthenticatorApp;
import org.slipway.portal.MovableClock;
import org.slipway.portal.PortalParts;

/** A password alone is not enough, a code counts once, and few guesses are taken. */
class SecondFactorTest {
  private static final String PASSWORD = "a long password";
  private static final InetAddress HERE = PortalParts.address("192.0.2.1");
  private static final InetAddress THERE = PortalParts.address("192.0.2.2");
  private static final Duration STEP = Duration.ofSeconds(30);

  @TempDir Path folder;
  private final MovableClock clock = new MovableClock();
  private final Map<String, String> settings = new HashMap<>();
  private PortalParts portal;
  private Account ann;
  private AuthenticatorApp app;
  private List<String> recoveryCodes;

  @BeforeEach
  void open() {
    portal = PortalParts.open(folder, clock, settings);
    ann = portal.user("ann", PASSWORD, Optional.empty());
  }

  @AfterEach
  void close() {
    portal.close();
  }

  private void setUp() {
    app = new AuthenticatorApp(portal.secondFactorSetup.begin(ann, Who.SYSTEM).secret(), clock);
    recoveryCodes = portal.secondFactorSetup.confirm(ann, app.code(), Who.SYSTEM);
    clock.advance(STEP);
  }

  private Account logIn(Channel channel, String typed, InetAddress from) {
    return portal.login.authenticate("ann", typed, channel, from);
  }

  private Refusal.Kind refusal(Runnable attempt) {
    Refusal[] refusal = new Refusal[1];
    assertThatThrownBy(attempt::run)
        .isInstanceOfSatisfying(RefusedException.class, e -> refusal[0] = e.refusal());
    return refusal[0].kind();
  }

  @Test
  void itCountsOnlyAfterAFirstRightCode() {
    var enrolment = portal.secondFactorSetup.begin(ann, Who.SYSTEM);
    app = new AuthenticatorApp(enrolment.secret(), clock);
    assertThat(enrolment.uri())
        .startsWith("otpauth://totp/Slipway:ann?secret=" + enrolment.secret())
        .contains("issuer=Slipway");
    logIn(Channel.FTP, PASSWORD, HERE);
    assertThatThrownBy(() -> portal.secondFactorSetup.confirm(ann, app.wrongCode(), Who.SYSTEM))
        .isInstanceOf(InvalidInputException.class);
    assertThat(portal.secondFactor.isActive(ann.id())).isFalse();
    assertThat(portal.secondFactorSetup.confirm(ann, app.code(), Who.SYSTEM)).hasSize(10);
    assertThat(portal.secondFactor.isActive(ann.id())).isTrue();
    assertThat(refusal(() -> portal.secondFactorSetup.begin(ann, Who.SYSTEM)))
        .isEqualTo(Refusal.Kind.CONFLICT);
  }

  @ParameterizedTest
  @EnumSource(
      value = Channel.class,
      names = {"FTP", "API"})
  void theCodeFollowsThePasswordWhereNobodyCanAsk(Channel channel) {
    setUp();
    assertThat(refusal(() -> logIn(channel, PASSWORD, HERE)))
        .isEqualTo(Refusal.Kind.SECOND_FACTOR_NEEDED);
    assertThat(refusal(() -> logIn(channel, PASSWORD + app.wrongCode(), HERE)))
        .isEqualTo(Refusal.Kind.SECOND_FACTOR_NEEDED);
    assertThat(refusal(() -> logIn(channel, "wrong" + app.code(), HERE)))
        .isEqualTo(Refusal.Kind.WRONG_CREDENTIALS);
    assertThat(refusal(() -> logIn(channel, app.code(), HERE)))
        .isEqualTo(Refusal.Kind.WRONG_CREDENTIALS);
    assertThat(refusal(() -> logIn(channel, PASSWORD + recoveryCodes.getFirst(), HERE)))
        .isEqualTo(Refusal.Kind.WRONG_CREDENTIALS);
    assertThat(logIn(channel, PASSWORD + app.code(), HERE).id()).isEqualTo(ann.id());
  }

  @Test
  void aUsedCodeIsNeverTakenAgain() {
    setUp();
    String code = app.code();
    logIn(Channel.API, PASSWORD + code, HERE);
    assertThat(refusal(() -> logIn(Channel.API, PASSWORD + code, HERE)))
        .isEqualTo(Refusal.Kind.SECOND_FACTOR_NEEDED);
    assertThat(refusal(() -> logIn(Channel.FTP, PASSWORD + code, HERE)))
        .isEqualTo(Refusal.Kind.SECOND_FACTOR_NEEDED);
    assertThat(refusal(() -> portal.login.complete(ann, code, HERE)))
        .isEqualTo(Refusal.Kind.SECOND_FACTOR_NEEDED);
    String before = app.code(STEP.negated());
    assertThat(refusal(() -> logIn(Channel.API, PASSWORD + before, HERE)))
        .isEqualTo(Refusal.Kind.SECOND_FACTOR_NEEDED);
    clock.advance(STEP);
    logIn(Channel.API, PASSWORD + app.code(), HERE);
  }

  @Test
  void severalConnectionsOfOneFtpClientShareACodeForAsLongAsItLasts() {
    setUp();
    String typed = PASSWORD + app.code();
    logIn(Channel.FTP, typed, HERE);
    logIn(Channel.FTP, typed, HERE);
    clock.advance(STEP);
    logIn(Channel.FTP, typed, HERE);
    assertThat(refusal(() -> logIn(Channel.FTP, typed, THERE)))
        .isEqualTo(Refusal.Kind.SECOND_FACTOR_NEEDED);
    assertThat(refusal(() -> logIn(Channel.API, typed, HERE)))
        .isEqualTo(Refusal.Kind.SECOND_FACTOR_NEEDED);
    clock.advance(STEP);
    assertThat(refusal(() -> logIn(Channel.FTP, typed, HERE)))
        .isEqualTo(Refusal.Kind.SECOND_FACTOR_NEEDED);
  }

  @Test
  void ofManyAtOnceOneGetsInWithACode() throws Exception {
    setUp();
    logIn(Channel.WEB, PASSWORD, HERE);
    String code = app.code();
    AtomicInteger in = new AtomicInteger();
    List<Future<?>> ends = new ArrayList<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
      for (int i = 0; i < 9; i++) {
        Runnable attempt =
            () -> {
              try {
                portal.login.complete(ann, code, HERE);
                in.incrementAndGet();
              } catch (RefusedException e) {
                assertThat(e.refusal().kind()).isEqualTo(Refusal.Kind.SECOND_FACTOR_NEEDED);
              }
            };
        ends.add(threads.submit(attempt));
      }
    }
    for (Future<?> end : ends) {
      end.get();
    }
    assertThat(in).hasValue(1);
  }

  @Test
  void onTheConsoleTheCodeIsAskedForAfterThePassword() {
    setUp();
    Account first = logIn(Channel.WEB, PASSWORD, HERE);
    portal.settle();
    assertThat(portal.audit.signIns("ann", 10)).isEmpty();
    assertThat(refusal(() -> logIn(Channel.WEB, PASSWORD + app.code(), HERE)))
        .isEqualTo(Refusal.Kind.WRONG_CREDENTIALS);
    assertThat(portal.login.complete(first, " " + app.code().replaceAll("(...)", "$1 "), HERE).id())
        .isEqualTo(ann.id());
    portal.accounts.setPassword("ann", "another password", Who.SYSTEM);
    clock.advance(STEP);
    assertThat(refusal(() -> portal.login.complete(first, app.code(), HERE)))
        .isEqualTo(Refusal.Kind.NOT_LOGGED_IN);
  }

  @Test
  void asOneIsSuspendedBetweenTheStepsTheSecondIsRefused() {
    setUp();
    Account first = logIn(Channel.WEB, PASSWORD, HERE);
    portal.accounts.setStatus("ann", AccountStatus.SUSPENDED, Optional.empty(), Who.SYSTEM);
    assertThat(refusal(() -> portal.login.complete(first, app.code(), HERE)))
        .isEqualTo(Refusal.Kind.ACCOUNT_SUSPENDED);
  }

  @Test
  void aRecoveryCodeWorksOnce() {
    setUp();
    String code = recoveryCodes.getFirst();
    portal.login.complete(ann, code, HERE);
    assertThat(refusal(() -> portal.login.complete(ann, code, HERE)))
        .isEqualTo(Refusal.Kind.SECOND_FACTOR_NEEDED);
    portal.login.complete(ann, recoveryCodes.get(1).toUpperCase().replace("-", " "), HERE);
    assertThat(portal.secondFactor.recoveryCodesLeft(ann.id())).isEqualTo(8);
    assertThat(portal.secondFactorSetup.newRecoveryCodes(ann, app.code(), Who.SYSTEM)).hasSize(10);
    assertThat(refusal(() -> portal.login.complete(ann, recoveryCodes.get(2), HERE)))
        .isEqualTo(Refusal.Kind.SECOND_FACTOR_NEEDED);
  }

  @Test
  void guessingEndsAfterTenWrongCodesWhicheverTheWay() {
    setUp();
    for (int i = 0; i < 10; i++) {
      int turn = i;
      refusal(() -> {
        if (turn % 2 == 0) {
          logIn(Channel.FTP, PASSWORD + app.wrongCode(), THERE);
        } else {
          portal.login.complete(ann, "no-such-code", THERE);
        }
      });
    }
    assertThat(refusal(() -> portal.login.complete(ann, app.code(), HERE)))
        .isEqualTo(Refusal.Kind.LOCKED_OUT);
    assertThat(refusal(() -> logIn(Channel.FTP, PASSWORD + app.code(), HERE)))
        .isEqualTo(Refusal.Kind.LOCKED_OUT);
    clock.advance(CodeAttempts.WITHIN.plusSeconds(1));
    logIn(Channel.FTP, PASSWORD + app.code(), HERE);
  }

  @Test
  void aWrongPasswordUsesUpNoCodes() {
    setUp();
    for (int i = 0; i < 12; i++) {
      InetAddress elsewhere = PortalParts.address("198.51.100." + i);
      assertThat(refusal(() -> logIn(Channel.FTP, "guess" + app.wrongCode(), elsewhere)))
          .isEqualTo(Refusal.Kind.WRONG_CREDENTIALS);
    }
    logIn(Channel.FTP, PASSWORD + app.code(), HERE);
  }

  @Test
  void turningItOffNeedsPasswordAndCode() {
    setUp();
    assertThatThrownBy(() ->
            portal.secondFactorSetup.turnOff(
                ann, "wrong", app.code(), new Who("ann", "127.0.0.1", "WEB")))
        .isInstanceOf(InvalidInputException.class);
    assertThatThrownBy(() ->
            portal.secondFactorSetup.turnOff(
                ann, PASSWORD, app.wrongCode(), new Who("ann", "127.0.0.1", "WEB")))
        .isInstanceOf(InvalidInputException.class);
    portal.secondFactorSetup.turnOff(ann, PASSWORD, app.code(), new Who("ann", "127.0.0.1", "WEB"));
    logIn(Channel.FTP, PASSWORD, HERE);
    assertThat(portal.secondFactor.recoveryCodesLeft(ann.id())).isZero();
  }

  @Test
  void anAdministratorResetsItAndItIsWrittenDown() {
    setUp();
    portal.secondFactorSetup.reset(ann, new Who("root", "192.0.2.9", "WEB"));
    logIn(Channel.FTP, PASSWORD, HERE);
    portal.settle();
    assertThat(portal.audit.page("second_factor_reset", 0, 10))
        .extracting(e -> e.actor() + " " + e.subject())
        .containsExactly("root ann");
  }

  @Test
  void neitherSecretNorCodeIsInTheDatabaseAsItIs() {
    var enrolment = portal.secondFactorSetup.begin(ann, Who.SYSTEM);
    app = new AuthenticatorApp(enrolment.secret(), clock);
    recoveryCodes = portal.secondFactorSetup.confirm(ann, app.code(), Who.SYSTEM);
    portal.settle();
    List<String> rows =
        portal.jdbi.withHandle(h -> h.createQuery("SCRIPT").mapTo(String.class).list());
    String dump = rows.toString();
    assertThat(dump)
        .contains("SECOND_FACTOR_ON")
        .doesNotContain(enrolment.secret(), recoveryCodes.getFirst(), app.code());
  }

  @Test
  void whoMustHaveOneIsLedToIt() {
    Account admin =
        AccountEdit.of(portal.user("root", PASSWORD, Optional.empty()))
            .roles(Set.of(Role.ADMIN))
            .account();
    assertThat(portal.secondFactor.isMissing(admin)).isFalse();
    settings.put("slipway.second-factor", "required-for-admins");
    portal.settings.readFile();
    assertThat(portal.secondFactor.isMissing(admin)).isTrue();
    assertThat(portal.secondFactor.isMissing(ann)).isFalse();
    settings.put("slipway.second-factor", "required");
    portal.settings.readFile();
    assertThat(portal.secondFactor.isMissing(ann)).isTrue();
    assertThat(refusal(() -> logIn(Channel.FTP, PASSWORD, HERE)))
        .isEqualTo(Refusal.Kind.SECOND_FACTOR_NEEDED);
    setUp();
    assertThat(portal.secondFactor.isMissing(ann)).isFalse();
    logIn(Channel.FTP, PASSWORD + app.code(), HERE);
  }
}
