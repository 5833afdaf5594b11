package org.slipway.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slipway.accounts.Account;
import org.slipway.accounts.AccountStatus;
import org.slipway.accounts.Channel;
import org.slipway.accounts.OnConflict;
import org.slipway.accounts.RefusedException;
import org.slipway.accounts.Registrations;
import org.slipway.accounts.Role;
import org.slipway.audit.AuditAction;
import org.slipway.audit.AuditEntry;
import org.slipway.audit.AuditExport;
import org.slipway.audit.AuditQuery;
import org.slipway.audit.AuditRetention;
import org.slipway.audit.HostileText;
import org.slipway.audit.Who;
import org.slipway.bootfiles.KnownRules;
import org.slipway.bootfiles.RemapRule;
import org.slipway.leases.Network;
import org.slipway.leases.TftpRules;
import org.slipway.portal.PortalParts;
import org.slipway.provisioning.BootContent;
import org.slipway.provisioning.BootDecision;
import org.slipway.provisioning.BootRequest;
import org.slipway.provisioning.Device;
import org.slipway.provisioning.HardwareAddress;
import org.slipway.provisioning.Manifest;
import org.slipway.provisioning.ManifestDraft;
import org.slipway.provisioning.RunTimeline;
import org.slipway.settings.CidrBlock;
import org.slipway.storage.Upload;
import org.slipway.storage.VirtualPath;
import org.slipway.transfers.ActiveTransfer;
import org.slipway.transfers.TransferDescription;
import org.slipway.transfers.TransferRecord;
import org.slipway.transfers.TransferRetention;

/**
 * The same SQL on a real PostgreSQL: every table is written and read once by the parts that own it.
 */
class PostgresTest {
  private static final HardwareAddress MAC = new HardwareAddress("52:54:00:00:00:01");

  @TempDir Path folder;
  private EmbeddedPostgres postgres;
  private PortalParts portal;

  @BeforeEach
  void open() throws Exception {
    postgres = EmbeddedPostgres.builder().setServerConfig("listen_addresses", "127.0.0.1").start();
    portal = start();
  }

  @AfterEach
  void close() throws Exception {
    portal.close();
    postgres.close();
  }

  private PortalParts start() {
    return start(Map.of());
  }

  private PortalParts start(Map<String, String> moreSettings) {
    Map<String, String> settings = new java.util.HashMap<>(moreSettings);
    settings.put("slipway.db.url", postgres.getJdbcUrl("postgres", "postgres"));
    settings.put("slipway.db.user", "postgres");
    return PortalParts.open(folder, Clock.systemUTC(), settings);
  }

  @Test
  void accountsAndQuota() throws Exception {
    assertThat(portal.database.product()).startsWith("PostgreSQL");
    portal.registrations.register(
        new Registrations.Application(
            "ann", "a long password", Optional.of("ann@example.org"), Optional.empty()),
        Who.SYSTEM);
    portal.accounts.approve(
        "ann", Optional.of(1000L), Optional.of(5L), Set.of(Role.USER), Who.SYSTEM);
    Account ann =
        portal.login.authenticate(
            "ann", "a long password", Channel.API, PortalParts.address("127.0.0.1"));
    store(ann, "a", 1000);
    assertThatThrownBy(() -> store(ann, "b", 1)).isInstanceOf(RefusedException.class);
    portal.accounts.setStatus("ann", AccountStatus.SUSPENDED, Optional.of("why"), Who.SYSTEM);
    portal.settle();
    portal.crash();
    portal = start();
    int knownSources =
        portal.jdbi.withHandle(
            h -> h.createQuery("SELECT COUNT(*) FROM known_source").mapTo(int.class).one());
    assertThat(knownSources).isOne();
    assertThat(portal.ledger.usage(ann.id()).usedBytes()).isEqualTo(1000);
    assertThat(portal.directory.byId(ann.id()).orElseThrow().statusReason()).contains("why");
    portal.accounts.delete("ann", true, Who.SYSTEM);
    assertThat(portal.directory.byUsername("ann")).isEmpty();
    portal.settle();
    assertThat(portal.audit.page("ann", 0, 100))
        .extracting(e -> e.action())
        .contains("REGISTERED", "ACCOUNT_APPROVED", "SIGN_IN", "ACCOUNT_DELETED");
    assertThat(portal.audit.count("")).isGreaterThanOrEqualTo(4);
  }

  @Test
  void devicesManifestsRunsAndNetworks() {
    Account lab = portal.user("lab", "a long password", Optional.empty());
    store(lab, "x", 3);
    try (Upload upload =
        portal
            .areas
            .bootFiles()
            .upload(VirtualPath.parse("k"), OnConflict.OVERWRITE, Optional.empty(), true)) {
      upload.publish();
    }
    portal.manifests.put(draft(), OptionalLong.empty(), Who.SYSTEM);
    portal.devices.put(device(), OptionalLong.empty(), Who.SYSTEM);
    portal.networks.put(network(), OptionalLong.empty(), Who.SYSTEM);
    assertThat(ask(MAC)).isInstanceOf(BootDecision.Offer.class);
    try (BootContent.BootTransfer t =
        portal.content.open("TFTP", PortalParts.address("10.0.0.11"), VirtualPath.parse("k"))) {
      t.delivered();
    }
    ask(new HardwareAddress("02:00:00:00:00:77"));
    portal.unknown.flush();
    assertThat(portal.timeline.of(MAC).getFirst().state()).isEqualTo(RunTimeline.State.RUNNING);
    portal.crash();
    portal = start();
    assertThat(((BootDecision.Offer) ask(MAC)).file()).isEqualTo("m.rc");
    assertThat(portal.unknown.newestFirst()).hasSize(1);
    assertThat(portal.networks.of(PortalParts.address("10.0.0.11"))).isPresent();
    assertThat(portal.manifests.find("m").orElseThrow().files().getFirst().sha256()).isPresent();
    portal.devices.delete(MAC, OptionalLong.empty(), Who.SYSTEM);
    portal.manifests.delete("m", OptionalLong.empty(), Who.SYSTEM);
    portal.networks.delete("n", OptionalLong.empty(), Who.SYSTEM);
    assertThat(portal.devices.all()).isEmpty();
  }

  @Test
  void transfers() {
    ActiveTransfer transfer =
        portal.transfers.start(
            new TransferDescription(
                "FTP",
                TransferDescription.Direction.UP,
                Optional.of("ann"),
                Optional.empty(),
                "127.0.0.1",
                "/a",
                Optional.empty()),
            () -> {});
    transfer.lengthVerified(false);
    transfer.complete();
    portal.settle();
    assertThat(portal.transferLog.page("", Optional.of("ann"), 0, 10))
        .extracting(TransferRecord::lengthVerified)
        .containsExactly(Optional.of(false));
    assertThat(portal.transferLog.page("", Optional.of("bob"), 0, 10)).isEmpty();
    assertThat(portal.transferLog.count("/a", Optional.empty())).isEqualTo(1);
    Clock later = Clock.offset(Clock.systemUTC(), java.time.Duration.ofDays(91));
    new TransferRetention(portal.settings, portal.jdbi, portal.audit, later).trim();
    assertThat(portal.transferLog.count("", Optional.empty())).isZero();
  }

  @Test
  void auditTrail() throws Exception {
    for (String text : HostileText.all().toList()) {
      portal.audit.done(Who.SYSTEM, AuditAction.ACCOUNT_CHANGED, text, text, text);
      portal.settle();
      AuditEntry entry = portal.audit.page(text, 0, 1).getFirst();
      assertThat(entry.subject()).isEqualTo(text);
      assertThat(entry.after()).isEqualTo(text);
    }
    String huge = "\0\ud800".repeat(50_000);
    portal.audit.done(new Who(huge, huge, "API"), AuditAction.SIGN_IN, huge, huge, huge);
    for (int i = 0; i < 1000; i++) {
      portal.audit.refused(new Who("n" + i, "::1", "FTP"), AuditAction.SIGN_IN, "n" + i, huge);
      portal.audit.refused(new Who("same", "::1", "WEB"), AuditAction.SIGN_IN, "", "WRONG");
    }
    portal.settle();
    AuditQuery same = AuditQuery.of("wrong");
    assertThat(portal.audit.count(same)).isEqualTo(1);
    assertThat(portal.audit.page(same, 0, 5).getFirst().repeats()).isEqualTo(1000);
    assertThat(portal.audit.count("")).isLessThan(300);
    java.io.ByteArrayOutputStream file = new java.io.ByteArrayOutputStream();
    new AuditExport(portal.audit).write(AuditQuery.ALL, AuditExport.Format.CSV, Who.SYSTEM, file);
    assertThat(file.size()).isGreaterThan(10_000);
    Clock later = Clock.offset(Clock.systemUTC(), java.time.Duration.ofDays(366));
    new AuditRetention(portal.settings, portal.jdbi, portal.audit, later).trim();
    portal.settle();
    assertThat(portal.audit.page("", 0, 10))
        .extracting(AuditEntry::action)
        .containsExactly("AUDIT_TRIMMED");
  }

  private BootDecision ask(HardwareAddress mac) {
    return portal.sequence.decideNow(
        new BootRequest(
            mac,
            1,
            Optional.empty(),
            Optional.empty(),
            new InetSocketAddress(PortalParts.address("127.0.0.1"), 68),
            ""));
  }

  private void store(Account account, String path, int size) {
    try (Upload upload =
        portal
            .areas
            .home(account.id())
            .upload(VirtualPath.parse(path), OnConflict.OVERWRITE, Optional.empty(), true)) {
      upload.write(ByteBuffer.allocate(size));
      upload.publish();
    }
  }

  private static Device device() {
    return new Device(
        MAC,
        "d",
        Optional.of(PortalParts.address("10.0.0.11")),
        Optional.of("m"),
        Optional.empty(),
        true,
        Map.of("a", "b"),
        Map.of(),
        TftpRules.NONE,
        0);
  }

  private static ManifestDraft draft() {
    return new ManifestDraft(
        "m",
        "",
        Optional.of("lab"),
        Manifest.Advance.DELIVERY,
        Manifest.End.SILENCE,
        Manifest.Rearm.SILENCE,
        Optional.empty(),
        List.of(new Manifest.Step("k"), new Manifest.Step("m.rc")),
        List.of(new Manifest.ListedFile("x", "x", Optional.empty())));
  }

  @Test
  void remapRulesAndTemplates() {
    try (Upload upload =
        portal
            .areas
            .bootFiles()
            .upload(VirtualPath.parse("t"), OnConflict.OVERWRITE, Optional.empty(), true)) {
      upload.publish();
    }
    portal.remapRules.add(KnownRules.GRUB, Who.SYSTEM);
    RemapRule rule = portal.remapRules.find("grub-address").orElseThrow();
    portal.remapRules.put(rule, OptionalInt.of(1), OptionalLong.of(rule.revision()), Who.SYSTEM);
    assertThat(portal.remapRules.all())
        .extracting(RemapRule::name)
        .containsExactly("grub-address", "grub-mac");
    portal.remapRules.delete("grub-address", OptionalLong.empty(), Who.SYSTEM);
    portal.remapRules.add(KnownRules.GRUB, Who.SYSTEM);
    assertThat(portal.remapRules.all()).extracting(RemapRule::position).containsExactly(1, 2);
    portal.templates.mark(VirtualPath.parse("t"), true, Who.SYSTEM);
    portal.templates.renamed(VirtualPath.parse("t"), VirtualPath.parse("u"));
    assertThat(portal.templates.isTemplate(VirtualPath.parse("u"))).isTrue();
    assertThat(portal.templates.isTemplate(VirtualPath.parse("t"))).isFalse();
  }

  private static Network network() {
    return new Network(
        "n",
        CidrBlock.parse("10.0.0.0/24"),
        Optional.empty(),
        Optional.of(PortalParts.address("10.0.0.1")),
        List.of(PortalParts.address("10.0.0.2")),
        List.of(),
        Optional.of("example.org"),
        List.of(),
        List.of(),
        Network.UnknownDevices.IGNORE,
        Map.of(),
        Map.of("domain", "lab"),
        TftpRules.NONE,
        0);
  }
}
