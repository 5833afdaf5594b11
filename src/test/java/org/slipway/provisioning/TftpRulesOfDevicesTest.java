package org.slipway.provisioning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slipway.accounts.InvalidInputException;
import org.slipway.accounts.OnConflict;
import org.slipway.accounts.Violation;
import org.slipway.audit.Who;
import org.slipway.leases.Network;
import org.slipway.leases.TftpRules;
import org.slipway.leases.TftpRules.WriteGrant;
import org.slipway.portal.PortalParts;
import org.slipway.settings.CidrBlock;
import org.slipway.storage.VirtualPath;

/** What devices and networks may do by TFTP: kept, checked, the narrower before the wider. */
class TftpRulesOfDevicesTest {
  private static final HardwareAddress MAC = new HardwareAddress("52:54:00:00:00:01");
  private static final TftpRules ALL =
      new TftpRules(
          Optional.of(1468),
          Optional.of(8),
          Optional.of(false),
          Optional.of(1),
          Optional.of(WriteGrant.RENAME),
          Optional.of(VirtualPath.parse("/uploads/lab")));

  @TempDir Path folder;

  @Test
  void areReadBackAfterARestartAsTheyWereSaid() {
    try (PortalParts portal = PortalParts.open(folder)) {
      assertThat(put(portal, ALL).tftp()).isEqualTo(ALL);
      assertThat(putNetwork(portal, ALL).tftp()).isEqualTo(ALL);
      portal.settle();
      String audited =
          portal.jdbi.withHandle(h ->
              h.createQuery("SELECT value_after FROM audit_entry WHERE action = 'DEVICE_ADDED'")
                  .mapTo(String.class)
                  .one());
      assertThat(audited).contains("maxBlksize=1468", "write=RENAME", "uploadFolder=/uploads/lab");
    }
    try (PortalParts portal = PortalParts.open(folder)) {
      assertThat(portal.devices.find(MAC).orElseThrow().tftp()).isEqualTo(ALL);
      assertThat(portal.networks.find("lab").orElseThrow().tftp()).isEqualTo(ALL);
      assertThat(put(portal, TftpRules.NONE).tftp()).isEqualTo(TftpRules.NONE);
      assertThat(putNetwork(portal, TftpRules.NONE).tftp()).isEqualTo(TftpRules.NONE);
    }
  }

  @Test
  void aNetworkThatWasStoredBeforeThereWereRulesSaysNothing() {
    try (PortalParts portal = PortalParts.open(folder)) {
      putNetwork(portal, TftpRules.NONE);
      portal.jdbi.useHandle(
          h -> h.execute("UPDATE network SET content = REPLACE(content, ',\"tftp\":', ',\"x\":')"));
      String content =
          portal.jdbi.withHandle(
              h -> h.createQuery("SELECT content FROM network").mapTo(String.class).one());
      portal.jdbi.useHandle(h ->
          h.execute(
              "UPDATE network SET content = ?",
              content.substring(0, content.indexOf(",\"x\":")) + "}"));
    }
    try (PortalParts portal = PortalParts.open(folder)) {
      assertThat(portal.networks.find("lab").orElseThrow().tftp()).isEqualTo(TftpRules.NONE);
    }
  }

  @Test
  void aBadValueIsNamed() {
    try (PortalParts portal = PortalParts.open(folder)) {
      for (int blksize : List.of(Integer.MIN_VALUE, 7, 65465)) {
        assertThat(refused(portal, rules(blksize, 1, 0))).containsExactly("tftp.maxBlksize");
      }
      for (int windowsize : List.of(-1, 0, 65536)) {
        assertThat(refused(portal, rules(8, windowsize, 0))).containsExactly("tftp.maxWindowsize");
      }
      for (int rollover : List.of(-1, 2)) {
        assertThat(refused(portal, rules(8, 1, rollover))).containsExactly("tftp.rollover");
      }
      assertThat(refused(portal, rules(0, 0, 9))).hasSize(3);
      put(portal, rules(8, 1, 0));
      put(portal, rules(65464, 65535, 1));
    }
  }

  @Test
  void theDeviceIsHeardBeforeItsNetwork() {
    TftpRules device =
        new TftpRules(
            Optional.of(512),
            Optional.empty(),
            Optional.of(true),
            Optional.empty(),
            Optional.of(WriteGrant.NONE),
            Optional.empty());
    TftpRules both = device.over(ALL);
    assertThat(both.maxBlksize()).contains(512);
    assertThat(both.maxWindowsize()).contains(8);
    assertThat(both.options()).contains(true);
    assertThat(both.rollover()).contains(1);
    assertThat(both.write()).contains(WriteGrant.NONE);
    assertThat(both.uploadFolder()).isEqualTo(ALL.uploadFolder());
    assertThat(TftpRules.NONE.over(ALL)).isEqualTo(ALL);
    assertThat(WriteGrant.NONE.onConflict()).isEmpty();
    assertThat(WriteGrant.RENAME.onConflict()).contains(OnConflict.RENAME);
  }

  private static List<String> refused(PortalParts portal, TftpRules rules) {
    List<List<String>> fields = new java.util.ArrayList<>();
    for (Runnable put :
        List.<Runnable>of(() -> put(portal, rules), () -> putNetwork(portal, rules))) {
      assertThatThrownBy(put::run)
          .isInstanceOfSatisfying(
              InvalidInputException.class,
              e -> fields.add(e.violations().stream().map(Violation::field).toList()));
    }
    assertThat(fields.getFirst()).isEqualTo(fields.getLast());
    return fields.getFirst();
  }

  private static TftpRules rules(int blksize, int windowsize, int rollover) {
    return new TftpRules(
        Optional.of(blksize),
        Optional.of(windowsize),
        Optional.empty(),
        Optional.of(rollover),
        Optional.empty(),
        Optional.empty());
  }

  private static Device put(PortalParts portal, TftpRules rules) {
    return portal.devices.put(
        new Device(
            MAC,
            "d",
            Optional.of(PortalParts.address("10.0.0.11")),
            Optional.empty(),
            Optional.empty(),
            true,
            Map.of(),
            Map.of(),
            rules,
            0),
        OptionalLong.empty(),
        Who.SYSTEM);
  }

  private static Network putNetwork(PortalParts portal, TftpRules rules) {
    return portal.networks.put(
        new Network(
            "lab",
            CidrBlock.parse("10.0.0.0/24"),
            Optional.empty(),
            Optional.empty(),
            List.of(),
            List.of(),
            Optional.empty(),
            List.of(),
            List.of(),
            Network.UnknownDevices.IGNORE,
            Map.of(),
            Map.of(),
            rules,
            0),
        OptionalLong.empty(),
        Who.SYSTEM);
  }
}
