package org.slipway.accounts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slipway.audit.AuditEntry;
import org.slipway.audit.Who;
import org.slipway.mail.MailServer;
import org.slipway.portal.MovableClock;
import org.slipway.portal.PortalParts;

/** Registration and forgotten passwords with a real mail server. */
class RegistrationMailTest {
  private static final Who SOMEBODY = new Who("", "192.0.2.7", "WEB");
  private static final String PASSWORD = "a long password";
  private static final String OTHER_PASSWORD = "another long secret";

  @TempDir Path folder;
  private final MovableClock clock = new MovableClock();
  private final MailServer server = MailServer.start();
  private PortalParts portal;

  @BeforeEach
  void open() {
    open(Map.of("slipway.public-url", "https://boot.example.net"));
  }

  private void open(Map<String, String> settings) {
    Map<String, String> all = new HashMap<>(server.settings());
    all.putAll(settings);
    portal = PortalParts.open(folder, clock, all);
    portal.accounts.create(
        AccountEdit.fresh("boss", PASSWORD, clock.instant())
            .status(AccountStatus.ACTIVE, Optional.empty())
            .roles(EnumSet.of(Role.ADMIN))
            .email(Optional.of("boss@example.org"))
            .account(),
        Who.SYSTEM);
  }

  @AfterEach
  void close() {
    portal.close();
    server.close();
  }

  private Registrations.State register(String username) {
    return portal.registrations.register(
        new Registrations.Application(
            username,
            PASSWORD,
            Optional.of(username + "@example.org"),
            Optional.empty(),
            Optional.of("zh-CN"),
            Optional.empty()),
        SOMEBODY);
  }

  private String lastTo(String username) {
    portal.settle();
    portal.delivery.sendDue();
    return MailServer.text(server.to(username + "@example.org").getLast());
  }

  private String codeTo(String username) {
    lastTo(username);
    return MailServer.code(server.to(username + "@example.org").getLast());
  }

  private int mailsTo(String username) {
    portal.settle();
    portal.delivery.sendDue();
    return server.to(username + "@example.org").size();
  }

  private static void refused(Refusal.Kind kind, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            RefusedException.class, e -> assertThat(e.refusal().kind()).isEqualTo(kind));
  }

  @Test
  void nobodySeesAnApplicationBeforeItsAddressIsConfirmed() {
    Registrations.State state = register("ann");
    assertThat(state.status()).isEqualTo(AccountStatus.PENDING);
    assertThat(state.waiting()).contains(Registrations.Waiting.CONFIRMATION);
    assertThat(portal.registrations.waiting()).isEmpty();
    String mail = lastTo("ann");
    assertThat(mail)
        .contains("https://boot.example.net/registration.xhtml?id=" + state.id() + "&code=")
        .contains("请确认");
    assertThat(mailsTo("boss")).isZero();
    assertThatThrownBy(() -> portal.registrations.confirm(state.id(), "guessed", SOMEBODY))
        .isInstanceOf(InvalidInputException.class);
    Registrations.State confirmed =
        portal.registrations.confirm(state.id(), codeTo("ann"), SOMEBODY);
    assertThat(confirmed.waiting()).contains(Registrations.Waiting.APPROVAL);
    assertThat(portal.registrations.waiting()).extracting(Account::username).containsExactly("ann");
    assertThat(mailsTo("boss")).isEqualTo(1);
    refused(
        Refusal.Kind.NO_SUCH_THING,
        () -> portal.registrations.confirm(state.id(), codeTo("ann"), SOMEBODY));
    portal.accounts.approve("ann", Optional.of(1L), Optional.of(1L), Set.of(Role.USER), Who.SYSTEM);
    assertThat(lastTo("ann")).contains("已批准").contains("https://boot.example.net/signin.xhtml");
    assertThat(portal.registrations.state(state.id()).orElseThrow().status())
        .isEqualTo(AccountStatus.ACTIVE);
    assertThat(
            portal.login.authenticate(
                "ann", PASSWORD, Channel.API, PortalParts.address("192.0.2.7")))
        .isNotNull();
  }

  @Test
  void aRejectionTellsItsReason() {
    confirmed("ann");
    portal.accounts.setStatus(
        "ann", AccountStatus.REJECTED, Optional.of("not\r\nBcc: x@example.org {0}"), Who.SYSTEM);
    assertThat(lastTo("ann")).contains("not\nBcc: x@example.org {0}");
    assertThat(server.all()).hasSize(3);
  }

  private void confirmed(String username) {
    String id = register(username).id();
    portal.registrations.confirm(id, codeTo(username), SOMEBODY);
  }

  @Test
  void severalRegistrationsAreOneMailToAnAdministrator() {
    confirmed("ann");
    assertThat(mailsTo("boss")).isEqualTo(1);
    confirmed("bob");
    confirmed("carl");
    assertThat(mailsTo("boss")).isEqualTo(1);
    clock.advance(Duration.ofMinutes(5));
    assertThat(mailsTo("boss")).isEqualTo(2);
  }

  @Test
  void whatIsNotConfirmedIsForgottenAndItsNameFree() {
    String id = register("ann").id();
    refused(Refusal.Kind.ALREADY_EXISTS, () -> register("ann"));
    refused(Refusal.Kind.ALREADY_EXISTS, () -> register("an-n".replace("-", "") + "-"));
    String code = codeTo("ann");
    clock.advance(Duration.ofHours(24));
    refused(Refusal.Kind.NO_SUCH_THING, () -> portal.registrations.confirm(id, code, SOMEBODY));
    assertThat(portal.registrations.state(id)).isEmpty();
    portal.expiredCodes.sweep();
    assertThat(count("application")).isZero();
    register("ann");
  }

  private long count(String table) {
    return portal.jdbi.withHandle(
        h -> h.createQuery("SELECT COUNT(*) FROM " + table).mapTo(long.class).one());
  }

  @Test
  void anAddressThatCouldBeTwoIsRefused() {
    assertThatThrownBy(() ->
            portal.registrations.register(
                new Registrations.Application(
                    "ann", PASSWORD, Optional.of("a,b@example.org"), Optional.empty()),
                SOMEBODY))
        .isInstanceOf(InvalidInputException.class);
    assertThat(count("outbox_mail")).isZero();
  }

  @Test
  void whereRegistrationIsOpenTheConfirmationMakesTheAccount() {
    portal.close();
    folder.resolve("open").toFile().mkdirs();
    folder = folder.resolve("open");
    open(Map.of("slipway.registration", "open"));
    String id = register("ann").id();
    assertThat(portal.directory.byUsername("ann")).isEmpty();
    assertThat(portal.registrations.confirm(id, codeTo("ann"), SOMEBODY).status())
        .isEqualTo(AccountStatus.ACTIVE);
  }

  private Account user(String username) {
    Account account = portal.user(username, PASSWORD, Optional.empty());
    return portal.accounts.change(
        username,
        java.util.OptionalLong.empty(),
        a -> AccountEdit.of(a).email(Optional.of(account.username() + "@example.org")).account(),
        Who.SYSTEM);
  }

  @Test
  void aForgottenPasswordIsSetAnewOnce() {
    Account ann = user("ann");
    portal.resets.request("ann", SOMEBODY);
    assertThat(lastTo("ann")).contains("https://boot.example.net/reset.xhtml?code=");
    String code = codeTo("ann");
    assertThat(portal.resets.opens(code)).contains("ann");
    assertThat(portal.resets.opens("guessed")).isEmpty();
    assertThatThrownBy(() -> portal.resets.reset(code, "short", SOMEBODY))
        .isInstanceOf(InvalidInputException.class);
    portal.resets.reset(code, OTHER_PASSWORD, SOMEBODY);
    Account changed = portal.directory.byId(ann.id()).orElseThrow();
    assertThat(changed.passwordGeneration()).isGreaterThan(ann.passwordGeneration());
    assertThat(
            portal.login.isPasswordOf(changed, OTHER_PASSWORD, new Who("ann", "127.0.0.1", "WEB")))
        .isTrue();
    assertThat(portal.login.isPasswordOf(changed, PASSWORD, new Who("ann", "127.0.0.1", "WEB")))
        .isFalse();
    refused(Refusal.Kind.NO_SUCH_THING, () -> portal.resets.reset(code, OTHER_PASSWORD, SOMEBODY));
    assertThat(lastTo("ann")).contains("was changed");
    portal.settle();
    assertThat(portal.audit.page("ann", 0, 100))
        .extracting(e -> e.action())
        .contains("PASSWORD_RESET_ASKED", "PASSWORD_CHANGED", "PASSWORD_RESET");
    assertThat(portal.audit.page("", 0, 100)).noneMatch(e -> e.toString().contains(code));
    assertThat(portal.audit.page("PASSWORD_RESET_ASKED", 0, 10))
        .singleElement()
        .matches(e -> e.outcome() == AuditEntry.Outcome.DONE && e.after().equals("{\"mails\":1}"));
  }

  @Test
  void aLinkEndsWithANewerOneAPasswordAndTime() {
    user("ann");
    portal.resets.request("ann", SOMEBODY);
    String first = codeTo("ann");
    clock.advance(PasswordResets.APART);
    portal.resets.request("ann@EXAMPLE.org", SOMEBODY);
    String second = codeTo("ann");
    assertThat(portal.resets.opens(first)).isEmpty();
    portal.accounts.setPassword("ann", OTHER_PASSWORD, Who.SYSTEM);
    assertThat(portal.resets.opens(second)).isEmpty();
    clock.advance(PasswordResets.APART);
    portal.resets.request("ann", SOMEBODY);
    mailsTo("ann");
    String third = MailServer.code(server.to("ann@example.org").getLast());
    assertThat(portal.resets.opens(third)).isPresent();
    clock.advance(PasswordResets.LASTS);
    assertThat(portal.resets.opens(third)).isEmpty();
    portal.expiredCodes.sweep();
    assertThat(count("password_reset")).isZero();
  }

  @Test
  void aNewAddressEndsTheLinkAndIsToldToTheOldOne() {
    user("ann");
    portal.resets.request("ann", SOMEBODY);
    String code = codeTo("ann");
    portal.accounts.change(
        "ann",
        java.util.OptionalLong.empty(),
        a -> AccountEdit.of(a).email(Optional.of("eve@example.org")).account(),
        Who.SYSTEM);
    assertThat(portal.resets.opens(code)).isEmpty();
    assertThat(lastTo("ann")).contains("was changed");
    assertThat(mailsTo("eve")).isZero();
  }

  @Test
  void onlyAnActiveAccountGetsALink() {
    user("ann");
    confirmed("waiting");
    portal.accounts.setStatus("ann", AccountStatus.SUSPENDED, Optional.empty(), Who.SYSTEM);
    mailsTo("boss");
    int before = server.all().size();
    portal.resets.request("ann", SOMEBODY);
    portal.resets.request("waiting", SOMEBODY);
    portal.resets.request("nobody", SOMEBODY);
    portal.resets.request("nobody@example.org", SOMEBODY);
    portal.settle();
    portal.delivery.sendDue();
    assertThat(server.all()).hasSize(before);
    assertThat(count("password_reset")).isZero();
    user("eve");
    portal.resets.request("eve", SOMEBODY);
    String code = codeTo("eve");
    portal.accounts.setStatus("eve", AccountStatus.SUSPENDED, Optional.empty(), Who.SYSTEM);
    refused(Refusal.Kind.NO_SUCH_THING, () -> portal.resets.reset(code, OTHER_PASSWORD, SOMEBODY));
  }

  @Test
  void oneAccountIsMailedOnlySoOftenAndOneAddressAsksOnlySoOften() {
    user("ann");
    for (int i = 0; i < 30; i++) {
      portal.resets.request("ann", SOMEBODY);
    }
    assertThat(mailsTo("ann")).isEqualTo(1);
    refused(Refusal.Kind.LOCKED_OUT, () -> portal.resets.request("ann", SOMEBODY));
  }

  @Test
  void ofTwoUsesAtOnceOneCounts() throws Exception {
    user("ann");
    portal.resets.request("ann", SOMEBODY);
    String code = codeTo("ann");
    try (var threads = java.util.concurrent.Executors.newFixedThreadPool(4)) {
      int done = 0;
      java.util.concurrent.Callable<Boolean> use = () -> isReset(code);
      for (var each : threads.invokeAll(java.util.Collections.nCopies(4, use))) {
        done += each.get() ? 1 : 0;
      }
      assertThat(done).isEqualTo(1);
    }
  }

  private boolean isReset(String code) {
    try {
      portal.resets.reset(code, OTHER_PASSWORD, SOMEBODY);
      return true;
    } catch (RefusedException e) {
      return false;
    }
  }
}
