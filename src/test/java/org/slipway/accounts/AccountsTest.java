package org.slipway.accounts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slipway.audit.Who;
import org.slipway.portal.PortalParts;

/** Registration, approval and change of accounts. */
class AccountsTest {
  @TempDir Path folder;
  private PortalParts portal;

  @BeforeEach
  void open() {
    portal = PortalParts.open(folder);
  }

  @AfterEach
  void close() {
    portal.close();
  }

  @Test
  void aRegistrationWaitsAndIsApprovedWithAQuota() {
    Registrations.State waiting = register("ann");
    assertThat(waiting.status()).isEqualTo(AccountStatus.PENDING);
    assertThat(waiting.id()).hasSizeGreaterThan(20);
    portal.accounts.approve(
        "ann", Optional.of(1000L), Optional.of(10L), Set.of(Role.USER), Who.SYSTEM);
    assertThat(portal.registrations.state(waiting.id()).orElseThrow().status())
        .isEqualTo(AccountStatus.ACTIVE);
    assertThat(portal.directory.byUsername("ann").orElseThrow().quotaBytes()).contains(1000L);
  }

  @Test
  void aRejectionTellsItsReason() {
    String id = register("ann").id();
    portal.accounts.setStatus(
        "ann", AccountStatus.REJECTED, Optional.of("not from here"), Who.SYSTEM);
    assertThat(portal.registrations.state(id).orElseThrow().reason()).contains("not from here");
    assertThat(portal.registrations.state("guessed")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "Ann", "a b", "../x", "-a", ".a", "a/b", "\u0430nn", "a\nb", "<script>"})
  void aNameThatCannotBeIsRefused(String username) {
    assertThatThrownBy(() -> register(username))
        .isInstanceOfSatisfying(
            InvalidInputException.class,
            e -> assertThat(e.violations()).extracting(Violation::field).contains("username"));
    assertThat(portal.directory.all()).isEmpty();
  }

  @Test
  void aTakenNameIsRefused() {
    register("ann");
    assertThatThrownBy(() -> register("ann"))
        .isInstanceOfSatisfying(
            RefusedException.class,
            e -> assertThat(e.refusal().kind()).isEqualTo(Refusal.Kind.ALREADY_EXISTS));
  }

  @Test
  void everyBadFieldIsNamed() {
    assertThatThrownBy(() ->
            portal.registrations.register(
                new Registrations.Application(
                    "A", "short", Optional.of("nowhere"), Optional.of("x\u0007")),
                Who.SYSTEM))
        .isInstanceOfSatisfying(
            InvalidInputException.class,
            e ->
                assertThat(e.violations())
                    .extracting(Violation::field)
                    .containsExactlyInAnyOrder("username", "password", "email", "displayName"));
  }

  @Test
  void theLastActiveAdministratorStays() {
    administrator("root");
    conflict(() -> portal.accounts.delete("root", false, Who.SYSTEM));
    conflict(() ->
        portal.accounts.setStatus("root", AccountStatus.SUSPENDED, Optional.empty(), Who.SYSTEM));
    conflict(() ->
        portal.accounts.change(
            "root",
            OptionalLong.empty(),
            a -> AccountEdit.of(a).roles(Set.of(Role.USER)).account(),
            Who.SYSTEM));
    administrator("second");
    portal.accounts.delete("root", false, Who.SYSTEM);
    conflict(() -> portal.accounts.delete("second", false, Who.SYSTEM));
  }

  @Test
  void anAdministratorWhoExpiresIsNotTheOneWhoIsLeft() {
    administrator("first");
    Optional<Instant> past = Optional.of(Instant.EPOCH);
    conflict(() -> expire("first", past));
    conflict(() -> expire("first", Optional.of(portal.clock.instant().plusSeconds(3600))));
    administrator("second");
    expire("second", past);
    conflict(() -> portal.accounts.delete("first", false, Who.SYSTEM));
    conflict(() -> expire("first", past));
    expire("second", Optional.empty());
    expire("first", past);
    assertThat(portal.directory.byUsername("first").orElseThrow().expiresAt()).isEqualTo(past);
  }

  private void expire(String username, Optional<Instant> at) {
    portal.accounts.change(
        username,
        OptionalLong.empty(),
        a -> AccountEdit.of(a).use(a.maxSessions(), a.onConflict(), at).account(),
        Who.SYSTEM);
  }

  @Test
  void aNameThatIsKeptForThePortalIsTakenWhereSomebodyHasIt() {
    assertThatThrownBy(() -> register("admin")).isInstanceOf(InvalidInputException.class);
    administrator("admin");
    assertThatThrownBy(() -> register("admin"))
        .isInstanceOfSatisfying(
            RefusedException.class,
            e -> assertThat(e.refusal().kind()).isEqualTo(Refusal.Kind.ALREADY_EXISTS));
  }

  @Test
  void aChangeOnAnOldRevisionIsRefused() {
    Account ann = portal.user("ann", "a long password", Optional.empty());
    OptionalLong old = OptionalLong.of(ann.revision());
    portal.accounts.change(
        "ann", old, a -> AccountEdit.of(a).displayName("A").account(), Who.SYSTEM);
    assertThatThrownBy(() ->
            portal.accounts.change(
                "ann", old, a -> AccountEdit.of(a).displayName("B").account(), Who.SYSTEM))
        .isInstanceOfSatisfying(
            RefusedException.class,
            e -> assertThat(e.refusal().kind()).isEqualTo(Refusal.Kind.CHANGED_MEANWHILE));
    assertThat(portal.directory.byUsername("ann").orElseThrow().displayName()).isEqualTo("A");
  }

  @Test
  void deletionKeepsOrRemovesTheFiles() throws Exception {
    Path kept = homeWithAFile("ann");
    Path gone = homeWithAFile("bob");
    portal.accounts.delete("ann", false, Who.SYSTEM);
    portal.accounts.delete("bob", true, Who.SYSTEM);
    assertThat(kept.resolve("f")).exists();
    assertThat(gone).doesNotExist();
  }

  private Path homeWithAFile(String username) throws Exception {
    Account account = portal.user(username, "a long password", Optional.empty());
    portal.areas.home(account.id());
    Path home = folder.resolve("homes").resolve(account.id().toString());
    Files.writeString(home.resolve("f"), "x");
    return home;
  }

  private void administrator(String username) {
    portal.accounts.create(
        AccountEdit.fresh(username, "a long password", portal.clock.instant())
            .status(AccountStatus.ACTIVE, Optional.empty())
            .roles(Set.of(Role.ADMIN))
            .account(),
        Who.SYSTEM);
  }

  private Registrations.State register(String username) {
    return portal.registrations.register(
        new Registrations.Application(
            username, "a long password", Optional.of("a@example.org"), Optional.empty()),
        Who.SYSTEM);
  }

  private static void conflict(org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            RefusedException.class,
            e -> assertThat(e.refusal().kind()).isEqualTo(Refusal.Kind.CONFLICT));
  }
}
