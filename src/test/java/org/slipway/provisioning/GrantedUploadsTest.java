package org.slipway.provisioning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slipway.accounts.Refusal.Kind;
import org.slipway.accounts.RefusedException;
import org.slipway.audit.Who;
import org.slipway.leases.Network;
import org.slipway.leases.TftpRules;
import org.slipway.leases.TftpRules.WriteGrant;
import org.slipway.portal.PortalParts;
import org.slipway.settings.CidrBlock;
import org.slipway.storage.VirtualPath;

/** Who may write by TFTP, and where it goes. */
class GrantedUploadsTest {
  private static final HardwareAddress MAC = new HardwareAddress("52:54:00:00:00:01");
  private static final InetAddress DEVICE = InetAddress.ofLiteral("10.0.0.11");
  private static final InetAddress NEIGHBOUR = InetAddress.ofLiteral("10.0.0.12");
  private static final InetAddress STRANGER = InetAddress.ofLiteral("192.0.2.1");

  @TempDir Path folder;
  private PortalParts portal;

  @AfterEach
  void close() {
    portal.close();
  }

  private void open(String mode) {
    portal =
        PortalParts.open(folder, java.time.Clock.systemUTC(), Map.of("slipway.tftp.write", mode));
  }

  private static TftpRules rules(WriteGrant grant, String uploadFolder) {
    return new TftpRules(
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.ofNullable(grant),
        Optional.ofNullable(uploadFolder).map(VirtualPath::parse));
  }

  private void device(boolean enabled, TftpRules rules) {
    portal.devices.put(
        new Device(
            MAC,
            "d",
            Optional.of(DEVICE),
            Optional.empty(),
            Optional.empty(),
            enabled,
            Map.of(),
            Map.of(),
            rules,
            0),
        OptionalLong.empty(),
        Who.SYSTEM);
  }

  private void network(TftpRules rules) {
    portal.networks.put(
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

  private String place(InetAddress client, String name) {
    return portal.uploads.grant(client, VirtualPath.parse(name)).path().toString();
  }

  private void assertForbidden(InetAddress client, String name) {
    assertThatThrownBy(() -> place(client, name))
        .isInstanceOfSatisfying(
            RefusedException.class,
            e -> assertThat(e.refusal().kind()).isEqualTo(Kind.NO_PERMISSION));
  }

  private String store(InetAddress client, String name, String content) {
    try (BootUploads.BootUpload upload =
        portal.uploads.grant(client, VirtualPath.parse(name)).open(OptionalLong.empty())) {
      upload.write(ByteBuffer.wrap(content.getBytes()));
      return upload.publish().toString();
    }
  }

  @Test
  void nobodyWritesWhereItIsOff() {
    open("off");
    device(true, rules(WriteGrant.OVERWRITE, null));
    network(rules(WriteGrant.OVERWRITE, null));
    assertForbidden(DEVICE, "file");
    assertForbidden(NEIGHBOUR, "file");
    assertForbidden(STRANGER, "file");
  }

  @Test
  void withoutAGrantNobodyWritesByDefault() {
    portal = PortalParts.open(folder);
    device(true, TftpRules.NONE);
    network(TftpRules.NONE);
    assertForbidden(DEVICE, "file");
    assertForbidden(NEIGHBOUR, "file");
    assertForbidden(STRANGER, "file");
  }

  @Test
  void aDeviceWritesIntoAFolderOfItsOwn() {
    open("granted");
    device(true, rules(WriteGrant.OVERWRITE, null));
    assertThat(place(DEVICE, "a/config")).isEqualTo("/uploads/52-54-00-00-00-01/a/config");
    assertThat(place(DEVICE, "uploads/52-54-00-00-00-01/config"))
        .isEqualTo("/uploads/52-54-00-00-00-01/config");
    assertThat(place(DEVICE, "uploads/52-54-00-00-00-02/config"))
        .isEqualTo("/uploads/52-54-00-00-00-01/uploads/52-54-00-00-00-02/config");
    device(true, rules(WriteGrant.OVERWRITE, "backups/switch 1"));
    assertThat(place(DEVICE, "config")).isEqualTo("/backups/switch 1/config");
    assertForbidden(NEIGHBOUR, "file");
  }

  @Test
  void theFolderItselfIsNoFile() {
    open("granted");
    device(true, rules(WriteGrant.OVERWRITE, "in"));
    assertThatThrownBy(() -> place(DEVICE, "in")).isInstanceOf(RefusedException.class);
  }

  @Test
  void aNetworkGrantsToAllOfItAndADeviceSaysOtherwise() {
    open("granted");
    network(rules(WriteGrant.OVERWRITE, null));
    assertThat(place(NEIGHBOUR, "dumps/core")).isEqualTo("/dumps/core");
    network(rules(WriteGrant.OVERWRITE, "lab"));
    assertThat(place(NEIGHBOUR, "dumps/core")).isEqualTo("/lab/dumps/core");
    device(true, TftpRules.NONE);
    assertThat(place(DEVICE, "dumps/core")).isEqualTo("/lab/dumps/core");
    device(true, rules(WriteGrant.NONE, null));
    assertForbidden(DEVICE, "dumps/core");
    assertForbidden(STRANGER, "dumps/core");
  }

  @ParameterizedTest
  @ValueSource(strings = {"granted", "create", "overwrite"})
  void aDisabledDeviceWritesNothing(String mode) {
    open(mode);
    network(rules(WriteGrant.OVERWRITE, null));
    device(false, rules(WriteGrant.OVERWRITE, null));
    assertForbidden(DEVICE, "file");
  }

  @Test
  void aGrantThatIsTakenAwayHoldsForNoFurtherByte() {
    open("granted");
    device(true, rules(WriteGrant.OVERWRITE, null));
    try (BootUploads.BootUpload upload =
        portal.uploads.grant(DEVICE, VirtualPath.parse("file")).open(OptionalLong.empty())) {
      upload.write(ByteBuffer.allocate(10));
      device(false, rules(WriteGrant.OVERWRITE, null));
      assertThatThrownBy(() -> upload.write(ByteBuffer.allocate(10)))
          .isInstanceOf(RefusedException.class);
      assertThatThrownBy(upload::publish).isInstanceOf(RefusedException.class);
    }
    assertThat(folder.resolve("boot/uploads")).doesNotExist();
  }

  @ParameterizedTest
  @CsvSource({"create, ALREADY_EXISTS", "overwrite, "})
  void anybodyWritesWhereItIsNamed(String mode, Kind second) {
    open(mode);
    assertThat(store(STRANGER, "a/file", "one")).isEqualTo("/a/file");
    if (second == null) {
      store(STRANGER, "a/file", "two");
      assertThat(folder.resolve("boot/a/file")).hasContent("two");
    } else {
      assertThatThrownBy(() -> store(STRANGER, "a/file", "two"))
          .isInstanceOfSatisfying(
              RefusedException.class, e -> assertThat(e.refusal().kind()).isEqualTo(second));
      assertThat(folder.resolve("boot/a/file")).hasContent("one");
    }
  }

  @Test
  void eachConflictPolicyOfAGrant() {
    open("granted");
    device(true, rules(WriteGrant.RENAME, "in"));
    assertThat(store(DEVICE, "file", "one")).isEqualTo("/in/file");
    assertThat(store(DEVICE, "file", "two")).isEqualTo("/in/file.new");
    assertThat(store(DEVICE, "file", "three")).isEqualTo("/in/file.new.2");
    device(true, rules(WriteGrant.REJECT, "in"));
    assertThatThrownBy(() -> store(DEVICE, "file", "four")).isInstanceOf(RefusedException.class);
    assertThat(folder.resolve("boot/in/file")).hasContent("one");
    device(true, rules(WriteGrant.OVERWRITE, "in"));
    assertThat(store(DEVICE, "file", "five")).isEqualTo("/in/file");
    assertThat(folder.resolve("boot/in/file")).hasContent("five");
  }

  /** A link in the place of an upload folder leads nowhere. */
  @Test
  void nothingIsWrittenThroughALink() throws java.io.IOException {
    open("granted");
    device(true, rules(WriteGrant.OVERWRITE, null));
    Files.createDirectories(folder.resolve("outside"));
    Files.createSymbolicLink(folder.resolve("boot/uploads"), folder.resolve("outside"));
    assertThatThrownBy(() -> store(DEVICE, "file", "secret")).isInstanceOf(RefusedException.class);
    assertThat(folder.resolve("outside")).isEmptyDirectory();
    Files.delete(folder.resolve("boot/uploads"));
    Path own = Files.createDirectories(folder.resolve("boot/uploads/52-54-00-00-00-01"));
    Path target = Files.writeString(folder.resolve("outside/target"), "mine");
    Files.createSymbolicLink(own.resolve("file"), target);
    assertThatThrownBy(() -> store(DEVICE, "file", "theirs")).isInstanceOf(RefusedException.class);
    assertThat(target).hasContent("mine");
  }

  /** A folder that becomes a link while the file comes. */
  @Test
  void aLinkThatIsSwappedInLeadsNowhere() throws java.io.IOException {
    open("granted");
    device(true, rules(WriteGrant.OVERWRITE, null));
    store(DEVICE, "first", "1");
    Files.createDirectories(folder.resolve("outside"));
    try (BootUploads.BootUpload upload =
        portal.uploads.grant(DEVICE, VirtualPath.parse("file")).open(OptionalLong.empty())) {
      upload.write(ByteBuffer.allocate(10));
      Path own = folder.resolve("boot/uploads/52-54-00-00-00-01");
      Files.move(own, folder.resolve("boot/uploads/moved"));
      Files.createSymbolicLink(own, folder.resolve("outside"));
      assertThatThrownBy(upload::publish).isInstanceOf(RefusedException.class);
    }
    assertThat(folder.resolve("outside")).isEmptyDirectory();
  }
}
