package org.slipway.accounts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slipway.audit.Who;
import org.slipway.portal.MovableClock;
import org.slipway.portal.PortalParts;
import org.slipway.settings.CidrBlock;

/** What an account may do where, from where and when, and who says so. */
class AuthorizationTest {
  private static final Set<Permission> ALL = EnumSet.allOf(Permission.class);
  private static final Set<Permission> LOOK = EnumSet.of(Permission.LIST, Permission.READ);
  private static final InetAddress HERE = PortalParts.address("10.1.2.3");

  @TempDir Path folder;
  private final MovableClock clock = new MovableClock();
  private PortalParts portal;
  private Account ann;
  private Account bob;

  @BeforeEach
  void open() {
    portal = PortalParts.open(folder, clock, Map.of());
    ann = portal.user("ann", "a long password", Optional.empty());
    bob = portal.user("bob", "another password", Optional.empty());
  }

  @AfterEach
  void close() {
    portal.close();
  }

  private void policy(AccessPolicy policy, String... groups) {
    change(edit -> edit.access(List.of(groups), policy));
  }

  private void change(UnaryOperator<AccountEdit> edit) {
    ann =
        portal.accounts.change(
            "ann", OptionalLong.empty(), a -> edit.apply(AccountEdit.of(a)).account(), Who.SYSTEM);
  }

  private static AccessPolicy folders(FolderRule... rules) {
    return saying(List.of(rules), Optional.empty(), List.of(), List.of());
  }

  private static AccessPolicy networks(List<String> allowed, List<String> denied) {
    return saying(List.of(), Optional.empty(), allowed, denied);
  }

  private static AccessPolicy saying(
      List<FolderRule> folders,
      Optional<Set<Channel>> channels,
      List<String> allowed,
      List<String> denied) {
    return new AccessPolicy(
        Optional.empty(),
        folders,
        channels,
        allowed.stream().map(CidrBlock::parse).toList(),
        denied.stream().map(CidrBlock::parse).toList(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  private void group(String name, AccessPolicy policy) {
    portal.groups.put(
        new Group(name, "", policy, Group.Template.EMPTY, 0), OptionalLong.empty(), Who.SYSTEM);
  }

  private boolean may(Permission permission, String path) {
    return portal.authorization.check(ann.id(), Channel.FTP, permission, path).isEmpty();
  }

  private String refusal(Permission permission, String path) {
    return portal
        .authorization
        .check(ann.id(), Channel.FTP, permission, path)
        .orElseThrow()
        .detail();
  }

  private boolean mayMove(String from, String to) {
    return portal.authorization.checkMove(ann.id(), Channel.FTP, from, to, false).isEmpty();
  }

  private Optional<Refusal.Kind> entry(String address) {
    return portal
        .authorization
        .entryRefusal(ann, Channel.FTP, PortalParts.address(address))
        .map(Refusal::kind);
  }

  @Test
  void withoutAnyRuleEverythingIsAllowedInTheHome() {
    assertThat(ALL).allMatch(p -> may(p, "/a/b"));
  }

  @Test
  void theLongestFolderRuleDecides() {
    policy(
        folders(
            new FolderRule("/", LOOK, Set.of()),
            new FolderRule("/in", ALL, Set.of()),
            new FolderRule("/in/sealed", Set.of(), Set.of())));
    assertThat(may(Permission.WRITE, "/x")).isFalse();
    assertThat(may(Permission.WRITE, "/in/x")).isTrue();
    assertThat(may(Permission.READ, "/in/sealed/x")).isFalse();
    assertThat(may(Permission.WRITE, "/inside")).isFalse();
    assertThat(refusal(Permission.READ, "/in/sealed/x"))
        .contains("READ")
        .contains("/in/sealed of the account");
  }

  @Test
  void aRuleMayCountForOneWayOnly() {
    policy(folders(new FolderRule("/pub", LOOK, Set.of(Channel.FTP))));
    assertThat(may(Permission.WRITE, "/pub/x")).isFalse();
    assertThat(portal.authorization.check(ann.id(), Channel.API, Permission.WRITE, "/pub/x"))
        .isEmpty();
  }

  @Test
  void theAccountSpeaksBeforeItsGroupsAndThoseInTheirOrder() {
    group("readers", AccessPolicy.EMPTY.permitting(LOOK));
    group("writers", AccessPolicy.EMPTY.permitting(ALL));
    policy(AccessPolicy.EMPTY, "readers", "writers");
    assertThat(may(Permission.WRITE, "/x")).isFalse();
    assertThat(refusal(Permission.WRITE, "/x")).contains("group readers");
    policy(AccessPolicy.EMPTY, "writers", "readers");
    assertThat(may(Permission.WRITE, "/x")).isTrue();
    policy(AccessPolicy.EMPTY.permitting(Set.of()), "writers");
    assertThat(may(Permission.LIST, "/x")).isFalse();
  }

  @Test
  void aFolderCannotBeMovedOrDeletedAroundARuleBelowIt() {
    policy(folders(new FolderRule("/a/sealed", LOOK, Set.of())));
    assertThat(may(Permission.DELETE, "/a")).isFalse();
    assertThat(may(Permission.RENAME, "/a")).isFalse();
    assertThat(may(Permission.RENAME, "/a/sealed/x")).isFalse();
    assertThat(may(Permission.DELETE, "/b")).isTrue();
  }

  @Test
  void aMoveGainsNothing() {
    Set<Permission> blind = EnumSet.complementOf(EnumSet.of(Permission.READ));
    policy(
        folders(
            new FolderRule("/drop", blind, Set.of()),
            new FolderRule("/shown", EnumSet.of(Permission.READ, Permission.RENAME), Set.of())));
    assertThat(mayMove("/drop/x", "/drop/y")).isTrue();
    assertThat(mayMove("/drop/x", "/y")).as("it could be read there").isFalse();
    assertThat(mayMove("/y", "/shown/y")).as("nothing may be stored there").isFalse();
    assertThat(mayMove("/y", "/z")).isTrue();
  }

  @Test
  void addressesAreAllowedAndDenied() {
    policy(networks(List.of("10.0.0.0/8"), List.of("10.9.0.0/16")));
    assertThat(entry("10.1.2.3")).isEmpty();
    assertThat(entry("192.0.2.1")).contains(Refusal.Kind.ADDRESS_NOT_ALLOWED);
    assertThat(entry("10.9.1.1")).contains(Refusal.Kind.ADDRESS_NOT_ALLOWED);
    assertThat(entry("2001:db8::1")).contains(Refusal.Kind.ADDRESS_NOT_ALLOWED);
  }

  @Test
  void whatAGroupDeniesNoMemberAllows() {
    group("lab", networks(List.of(), List.of("10.1.0.0/16")));
    policy(networks(List.of("10.0.0.0/8"), List.of()), "lab");
    assertThat(entry("10.1.2.3")).contains(Refusal.Kind.ADDRESS_NOT_ALLOWED);
    assertThat(entry("10.2.2.3")).isEmpty();
  }

  @Test
  void hoursAreOfTheirTimeZoneAndMayCrossMidnight() {
    AccessHours nights =
        new AccessHours(
            ZoneId.of("Asia/Shanghai"),
            List.of(
                new AccessHours.Span(
                    Set.of(DayOfWeek.FRIDAY), LocalTime.of(22, 0), LocalTime.of(6, 0))));
    assertThat(nights.contain(Instant.parse("2026-11-27T13:59:59Z"))).isFalse();
    assertThat(nights.contain(Instant.parse("2026-11-27T14:00:00Z"))).isTrue();
    assertThat(nights.contain(Instant.parse("2026-11-27T21:59:59Z"))).isTrue();
    assertThat(nights.contain(Instant.parse("2026-11-27T22:00:00Z"))).isFalse();
    assertThat(nights.contain(Instant.parse("2026-11-26T15:00:00Z"))).isFalse();
  }

  @Test
  void aWayThatIsNotAllowedLetsNobodyIn() {
    policy(saying(List.of(), Optional.of(Set.of(Channel.WEB)), List.of(), List.of()));
    assertThat(entry("10.1.2.3")).contains(Refusal.Kind.CHANNEL_NOT_ALLOWED);
    assertThat(portal.authorization.entryRefusal(ann, Channel.WEB, HERE)).isEmpty();
    assertThatThrownBy(() -> portal.login.authenticate("ann", "a long password", Channel.FTP, HERE))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("CHANNEL_NOT_ALLOWED");
  }

  @Test
  void aSharedFolderGivesWhatItSaysAndTheMemberMayNarrowIt() {
    share("/common", LOOK, "ann");
    assertThat(may(Permission.READ, "/team/x")).isTrue();
    assertThat(may(Permission.WRITE, "/team/x")).isFalse();
    assertThat(refusal(Permission.WRITE, "/team/x")).contains("shared folder team");
    share("/common", ALL, "ann");
    policy(
        folders(new FolderRule("/", LOOK, Set.of()), new FolderRule("/team/old", LOOK, Set.of())));
    assertThat(may(Permission.WRITE, "/team/x"))
        .as("a rule for the home says nothing of what is shared")
        .isTrue();
    assertThat(may(Permission.WRITE, "/team/old/x")).isFalse();
    assertThat(may(Permission.RENAME, "/team")).as("the shared folder itself").isFalse();
    assertThat(may(Permission.DELETE, "/team")).isFalse();
  }

  @Test
  void aGroupShares() {
    group("ops", AccessPolicy.EMPTY);
    portal.shared.put(
        new SharedFolder(
            "team",
            "",
            bob.id(),
            "/common",
            List.of(new SharedFolder.Member(Optional.empty(), Optional.of("ops"), ALL)),
            0),
        OptionalLong.empty(),
        Who.SYSTEM);
    assertThat(portal.authorization.policy(ann).mounts()).isEmpty();
    policy(AccessPolicy.EMPTY, "ops");
    assertThat(portal.authorization.policy(ann).mounts()).hasSize(1);
    assertThat(portal.authorization.policy(bob).mounts()).as("its owner's own").isEmpty();
  }

  @Test
  void whatIsUsedCannotBeDeleted() {
    group("ops", AccessPolicy.EMPTY);
    policy(AccessPolicy.EMPTY, "ops");
    share("/common", ALL, "ann");
    assertThatThrownBy(() -> portal.groups.delete("ops", OptionalLong.empty(), Who.SYSTEM))
        .hasMessageContaining("CONFLICT");
    assertThatThrownBy(() -> portal.accounts.delete("bob", false, Who.SYSTEM))
        .hasMessageContaining("CONFLICT");
    assertThatThrownBy(() -> policy(AccessPolicy.EMPTY, "nobody"))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("group.unknown");
  }

  @Test
  void aPolicyIsReadBackAsItWasStored() {
    AccessPolicy said =
        new AccessPolicy(
            Optional.of(Set.of()),
            List.of(new FolderRule("/镜像 a", LOOK, Set.of(Channel.FTP))),
            Optional.of(Set.of(Channel.FTP, Channel.API)),
            List.of(CidrBlock.parse("10.0.0.0/8")),
            List.of(CidrBlock.parse("2001:db8::/32")),
            Optional.of(
                new AccessHours(
                    ZoneId.of("Europe/Berlin"),
                    List.of(
                        new AccessHours.Span(
                            EnumSet.allOf(DayOfWeek.class),
                            LocalTime.of(8, 0),
                            LocalTime.of(18, 30))))),
            Optional.of(5L),
            Optional.of(0L));
    policy(said);
    assertThat(portal.directory.byId(ann.id()).orElseThrow().policy()).isEqualTo(said);
    policy(AccessPolicy.EMPTY);
    assertThat(portal.directory.byId(ann.id()).orElseThrow().policy())
        .isEqualTo(AccessPolicy.EMPTY);
  }

  @Test
  void badRulesAreRefusedByName() {
    for (String path : List.of("", "a", "/a/", "/a//b", "/../b", "/a/.", "/a\\b", "/a\nb")) {
      assertThatThrownBy(() -> policy(folders(new FolderRule(path, LOOK, Set.of()))))
          .as(path)
          .isInstanceOf(InvalidInputException.class)
          .hasMessageContaining("folders[0].path");
    }
    assertThatThrownBy(() ->
            policy(
                folders(new FolderRule("/a", LOOK, Set.of()), new FolderRule("/a", ALL, Set.of()))))
        .hasMessageContaining("path.twice");
  }

  private void share(String path, Set<Permission> permissions, String member) {
    portal.shared.put(
        new SharedFolder(
            "team",
            "",
            bob.id(),
            path,
            List.of(
                new SharedFolder.Member(
                    portal.directory.byUsername(member).map(Account::id),
                    Optional.empty(),
                    permissions)),
            0),
        OptionalLong.empty(),
        Who.SYSTEM);
  }
}
