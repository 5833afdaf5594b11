package org.slipway.accounts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slipway.audit.Who;
import org.slipway.portal.MovableClock;
import org.slipway.portal.PortalParts;

/** Registration without a mail server: names, rates, room, invitations. */
class RegistrationsTest {
  private static final Who SOMEBODY = new Who("", "192.0.2.7", "WEB");

  @TempDir Path folder;
  private final MovableClock clock = new MovableClock();
  private PortalParts portal;

  private void open(String... settings) {
    Map<String, String> values = new java.util.HashMap<>();
    for (int i = 0; i < settings.length; i += 2) {
      values.put(settings[i], settings[i + 1]);
    }
    portal = PortalParts.open(folder, clock, values);
  }

  @AfterEach
  void close() {
    portal.close();
  }

  private Registrations.State register(String username, String invitation) {
    return portal.registrations.register(
        new Registrations.Application(
            username,
            "a long password",
            Optional.of("a@example.org"),
            Optional.empty(),
            Optional.of("zh-CN"),
            Optional.ofNullable(invitation)),
        SOMEBODY);
  }

  private Registrations.State register(String username) {
    return register(username, null);
  }

  private static void refused(Refusal.Kind kind, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            RefusedException.class, e -> assertThat(e.refusal().kind()).isEqualTo(kind));
  }

  private static void invalid(String field, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            InvalidInputException.class,
            e -> assertThat(e.violations()).extracting(Violation::field).contains(field));
  }

  @Test
  void aNameThatCouldMisleadIsRefused() throws Exception {
    open();
    for (String username :
        List.of(
            "",
            ".",
            "..",
            "../x",
            "a/b",
            "a\\b",
            "/etc",
            "con",
            "nul",
            "aux.txt",
            "com1",
            "lpt9.x",
            "a.",
            "\u0430nn",
            "a\u200bnn",
            "ann\n",
            "ann\u0000",
            "an\u0000n",
            "ann\r\nx",
            "ANN",
            "a\u202enn",
            "root",
            "r00t",
            "admin",
            "adm1n",
            "admln",
            "a".repeat(33),
            "a".repeat(256))) {
      invalid("username", () -> register(username));
    }
    assertThat(portal.directory.all()).isEmpty();
    assertThat(homes()).isEmpty();
  }

  private List<String> homes() throws IOException {
    try (var homes = Files.list(folder.resolve("homes"))) {
      return homes
          .map(p -> p.getFileName().toString())
          .filter(name -> !name.startsWith("."))
          .toList();
    }
  }

  @Test
  void aTwinByLookAlikeLettersIsRefused() {
    open();
    Map<String, String> twins =
        Map.of(
            "paul", "pau1", "mike", "mlke", "bob", "b0b", "sam", "5am", "barney", "bamey", "wanda",
            "vvanda", "a.b", "a__b", "ann", "ann-", "node10", "nodel0");
    twins.forEach((name, twin) -> {
      register(name);
      refused(Refusal.Kind.ALREADY_EXISTS, () -> register(twin));
    });
    portal.user("pau1", "a long password", Optional.empty());
    assertThat(portal.directory.byUsername("pau1")).as("an administrator may").isPresent();
  }

  @Test
  void numberedNamesAreNoTwins() {
    open();
    for (int i = 0; i < 20; i++) {
      register("lab" + i);
    }
    assertThat(portal.directory.all()).hasSize(20);
  }

  @Test
  void ofTwinsThatRegisterAtOnceOneIsTaken() throws Exception {
    open();
    List<Callable<Boolean>> calls =
        Stream.of("paul", "pau1", "paui")
            .<Callable<Boolean>>map(name -> () -> isLetIn(name, null))
            .toList();
    try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
      int taken = 0;
      for (Future<Boolean> call : threads.invokeAll(calls)) {
        taken += call.get() ? 1 : 0;
      }
      assertThat(taken).isEqualTo(1);
    }
  }

  @Test
  void aDisplayNameHidesAndTurnsNothing() {
    open();
    for (String name :
        List.of(
            "a\u0000b",
            "a\nb",
            "a\u001b[2J",
            "\u202egnp.exe",
            "a\u2066b",
            "a\u2028b",
            "\ufeffa",
            "\u200ba",
            "a".repeat(101))) {
      invalid(
          "displayName",
          () ->
              portal.registrations.register(
                  new Registrations.Application(
                      "ann", "a long password", Optional.of("a@example.org"), Optional.of(name)),
                  SOMEBODY));
    }
  }

  @Test
  void anApprovalMakesTheHomeOfTheAccountAndNothingElse() throws Exception {
    open();
    register("a");
    Account account =
        portal.accounts.approve(
            "a", Optional.of(1000L), Optional.of(10L), Set.of(Role.USER), Who.SYSTEM);
    portal.areas.home(account.id());
    assertThat(homes()).containsExactly(account.id().toString());
  }

  @Test
  void oneAddressRegistersOnlySoOften() {
    open("slipway.registration.per-hour", "2");
    register("one");
    register("two");
    refused(Refusal.Kind.LOCKED_OUT, () -> register("three"));
    clock.advance(Duration.ofHours(1));
    register("three");
    portal.settle();
    assertThat(portal.audit.page("REGISTERED", 0, 10))
        .extracting(e -> e.reason())
        .contains("LOCKED_OUT");
  }

  @Test
  void onlySoManyWaitAtATime() {
    open("slipway.registration.waiting", "2");
    register("one");
    register("two");
    refused(Refusal.Kind.LOCKED_OUT, () -> register("three"));
    portal.accounts.setStatus("one", AccountStatus.REJECTED, Optional.empty(), Who.SYSTEM);
    register("three");
  }

  private Account administrator() {
    return portal.accounts.create(
        AccountEdit.fresh("boss", "a long password", clock.instant())
            .status(AccountStatus.ACTIVE, Optional.empty())
            .roles(EnumSet.of(Role.ADMIN))
            .account(),
        Who.SYSTEM);
  }

  private Invitations.Made invite(Account inviter, int uses) {
    return portal.invitations.create(
        new Invitations.Draft(
            Role.OPERATOR,
            Optional.of(4711L),
            Optional.empty(),
            Optional.of("guest@example.org"),
            uses,
            Duration.ofDays(1)),
        inviter,
        SOMEBODY);
  }

  @Test
  void anInvitationLetsInWhereRegistrationIsClosed() {
    open("slipway.registration", "closed");
    Invitations.Made made = invite(administrator(), 1);
    refused(Refusal.Kind.CLOSED, () -> register("ann"));
    refused(Refusal.Kind.CLOSED, () -> register("ann", "guessed"));
    assertThat(register("ann", made.code()).status()).isEqualTo(AccountStatus.ACTIVE);
    Account ann = portal.directory.byUsername("ann").orElseThrow();
    assertThat(ann.roles()).containsExactly(Role.OPERATOR);
    assertThat(ann.quotaBytes()).contains(4711L);
    assertThat(ann.email()).contains("guest@example.org");
    assertThat(portal.invitations.all().getFirst().uses()).isEqualTo(1);
    refused(Refusal.Kind.CLOSED, () -> register("bob", made.code()));
  }

  @Test
  void anInvitationIsUsedUpExactly() throws Exception {
    open("slipway.registration", "closed");
    Invitations.Made made = invite(administrator(), 3);
    List<Callable<Boolean>> calls =
        List.of("one", "two", "three", "four", "five", "six").stream()
            .<Callable<Boolean>>map(name -> () -> isLetIn(name, made.code()))
            .toList();
    try (ExecutorService threads = Executors.newFixedThreadPool(6)) {
      int in = 0;
      for (Future<Boolean> call : threads.invokeAll(calls)) {
        in += call.get() ? 1 : 0;
      }
      assertThat(in).isEqualTo(3);
    }
    assertThat(portal.directory.all()).hasSize(4);
  }

  private boolean isLetIn(String name, String code) {
    try {
      register(name, code);
      return true;
    } catch (RefusedException e) {
      return false;
    }
  }

  @Test
  void anInvitationThatIsRevokedExpiredOrOfNoAdministratorIsNone() {
    open();
    Account boss = administrator();
    Invitations.Made revoked = invite(boss, 1);
    portal.invitations.revoke(revoked.invitation().id(), SOMEBODY);
    refused(Refusal.Kind.CLOSED, () -> register("ann", revoked.code()));
    Invitations.Made expired = invite(boss, 1);
    clock.advance(Duration.ofDays(1));
    refused(Refusal.Kind.CLOSED, () -> register("ann", expired.code()));
    portal.expiredCodes.sweep();
    assertThat(portal.invitations.all()).isEmpty();
    Invitations.Made demoted = invite(boss, 1);
    portal.accounts.create(
        AccountEdit.fresh("chief", "a long password", clock.instant())
            .status(AccountStatus.ACTIVE, Optional.empty())
            .roles(EnumSet.of(Role.ADMIN))
            .account(),
        Who.SYSTEM);
    portal.accounts.setStatus("boss", AccountStatus.SUSPENDED, Optional.empty(), Who.SYSTEM);
    refused(Refusal.Kind.CLOSED, () -> register("ann", demoted.code()));
  }

  @Test
  void noCodeIsStoredOrWrittenDown() {
    open();
    Invitations.Made made = invite(administrator(), 1);
    portal.settle();
    assertThat(portal.audit.page("", 0, 100)).noneMatch(e -> e.toString().contains(made.code()));
    List<String> stored =
        portal.jdbi.withHandle(
            h -> h.createQuery("SELECT code_hash FROM invitation").mapTo(String.class).list());
    assertThat(stored).doesNotContain(made.code()).hasSize(1);
  }
}
