package org.slipway.tftp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slipway.audit.Who;
import org.slipway.bootfiles.KnownRules;
import org.slipway.leases.TftpRules;
import org.slipway.listeners.ListenerSupervisor;
import org.slipway.portal.FreePorts;
import org.slipway.portal.PortalParts;
import org.slipway.provisioning.Device;
import org.slipway.provisioning.HardwareAddress;
import org.slipway.storage.VirtualPath;
import org.slipway.tftp.wire.ErrorCode;
import org.slipway.tftp.wire.TftpPacket;
import org.slipway.tftp.wire.TftpPacket.Data;
import org.slipway.tftp.wire.TftpPacket.Failure;
import org.slipway.tftp.wire.TftpPacket.OptionAcknowledgement;

/** Remap rules and templates on the wire. */
class TftpRenderedFilesTest {
  private static final HardwareAddress MAC = new HardwareAddress("52:54:00:00:00:69");
  private static final InetAddress CLIENT = InetAddress.ofLiteral("127.0.0.1");
  private static final String ASKED = "pxelinux.cfg/01-52-54-00-00-00-69";

  @TempDir Path folder;
  private PortalParts portal;
  private ListenerSupervisor supervisor;
  private InetSocketAddress server;

  @BeforeEach
  void start() throws IOException {
    int port = FreePorts.next();
    portal = PortalParts.open(folder, Clock.systemUTC(), Map.of("slipway.tftp.port", "" + port));
    RequestJournal journal = new RequestJournal(portal.transfers);
    TftpListener listener =
        new TftpListener(
            portal.settings,
            portal.content,
            portal.uploads,
            portal.transfers,
            journal,
            portal.threads);
    supervisor = new ListenerSupervisor(List.of(listener), portal.threads, portal.clock);
    supervisor.startEnabled();
    server = new InetSocketAddress(CLIENT, port);
    template("DEFAULT {{name}} at {{server_address}}\n");
    portal.remapRules.add(KnownRules.PXELINUX, Who.SYSTEM);
    device("lab-1", true);
  }

  @AfterEach
  void stop() {
    supervisor.stopAll();
    portal.close();
  }

  private void template(String text) throws IOException {
    Files.createDirectories(folder.resolve("boot/templates"));
    Files.writeString(folder.resolve("boot/templates/pxelinux.cfg"), text);
    portal.templates.mark(VirtualPath.parse("templates/pxelinux.cfg"), true, Who.SYSTEM);
  }

  private void device(String name, boolean enabled) {
    portal.devices.put(
        new Device(
            MAC,
            name,
            Optional.of(CLIENT),
            Optional.empty(),
            Optional.empty(),
            enabled,
            Map.of(),
            Map.of(),
            TftpRules.NONE,
            0),
        OptionalLong.empty(),
        Who.SYSTEM);
  }

  @Test
  void theTextOfADeviceIsServedUnderTheNameThatItLooksFor() throws IOException {
    try (Probe probe = new Probe(server)) {
      assertThat(new String(probe.fetch(ASKED), StandardCharsets.UTF_8))
          .isEqualTo("DEFAULT lab-1 at 127.0.0.1\n");
    }
  }

  @Test
  void tsizeIsThatOfTheText() throws IOException {
    try (Probe probe = new Probe(server)) {
      probe.request(ASKED, "tsize", "0");
      assertThat(probe.next())
          .isInstanceOfSatisfying(
              OptionAcknowledgement.class,
              granted ->
                  assertThat(granted.options())
                      .containsEntry("tsize", "" + "DEFAULT lab-1 at 127.0.0.1\n".length()));
    }
  }

  @Test
  void aTransferGoesOnWithTheTextThatItBeganWith() throws IOException {
    template("{{name}}".repeat(200));
    try (Probe probe = new Probe(server)) {
      probe.request(ASKED);
      Data first = probe.nextData();
      device("another", true);
      template("short");
      probe.ack(1);
      Data second = probe.nextData();
      assertThat(first.content().remaining() + second.content().remaining()).isEqualTo(1_000);
      byte[] rest = new byte[second.content().remaining()];
      second.content().get(rest);
      assertThat(new String(rest, StandardCharsets.UTF_8))
          .endsWith("lab-1")
          .doesNotContain("other");
    }
  }

  @Test
  void aMissingVariableIsAnErrorAndNeverAnEmptyText() throws IOException {
    template("hostname {{hostname}}");
    try (Probe probe = new Probe(server)) {
      probe.request(ASKED);
      assertThat(probe.next())
          .isEqualTo(new Failure(ErrorCode.ACCESS_VIOLATION, "Access violation"));
    }
    assertThat(portal.timeline.outsideOfRuns(MAC))
        .anySatisfy(e -> assertThat(e.reason().orElse("")).contains("no value for hostname"));
  }

  @Test
  void aDeviceThatIsDisabledMeanwhileGetsNoMore() throws IOException {
    Files.write(folder.resolve("boot/large.bin"), new byte[1 << 20]);
    try (Probe probe = new Probe(server)) {
      probe.request("large.bin");
      probe.nextData();
      device("lab-1", false);
      probe.ack(1);
      TftpPacket packet = probe.next();
      while (packet instanceof Data data) {
        probe.ack(data.block());
        packet = probe.next();
      }
      assertThat(packet).isInstanceOf(Failure.class);
    }
    long patience = System.nanoTime() + 60_000_000_000L;
    while (!portal.transfers.active().isEmpty() && System.nanoTime() < patience) {
      Thread.onSpinWait();
    }
    assertThat(portal.transfers.active()).isEmpty();
  }
}
