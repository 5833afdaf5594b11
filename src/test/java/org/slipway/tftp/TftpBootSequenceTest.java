package org.slipway.tftp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slipway.audit.Who;
import org.slipway.leases.TftpRules;
import org.slipway.listeners.ListenerSupervisor;
import org.slipway.portal.FreePorts;
import org.slipway.portal.PortalParts;
import org.slipway.provisioning.BootDecision;
import org.slipway.provisioning.BootRequest;
import org.slipway.provisioning.Device;
import org.slipway.provisioning.HardwareAddress;
import org.slipway.provisioning.Manifest;
import org.slipway.provisioning.ManifestDraft;
import org.slipway.tftp.wire.ErrorCode;
import org.slipway.tftp.wire.TftpPacket.Failure;

/** TFTP and the boot sequence together: only a whole transfer is a step. */
class TftpBootSequenceTest {
  private static final HardwareAddress MAC = new HardwareAddress("52:54:00:00:00:69");
  private static final InetAddress CLIENT = InetAddress.ofLiteral("127.0.0.1");

  @TempDir Path folder;
  private PortalParts portal;
  private ListenerSupervisor supervisor;
  private InetSocketAddress server;
  private int xid;

  @BeforeEach
  void start() throws IOException {
    start("any");
    portal.user("lab", "a long password", Optional.empty());
    Files.write(folder.resolve("boot/one.bin"), new byte[1_000]);
    Files.write(folder.resolve("boot/two.bin"), new byte[1_024]);
    portal.manifests.put(draft(), OptionalLong.empty(), Who.SYSTEM);
    device(true);
  }

  private void start(String whoMayRead) throws IOException {
    int port = FreePorts.next();
    portal =
        PortalParts.open(
            folder,
            Clock.systemUTC(),
            Map.of("slipway.tftp.port", "" + port, "slipway.tftp.read", whoMayRead));
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
  }

  @AfterEach
  void stop() {
    supervisor.stopAll();
    portal.close();
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
        Stream.of("one.bin", "two.bin", "m.rc").map(Manifest.Step::new).toList(),
        List.of(new Manifest.ListedFile("rootfs", "rootfs.img", Optional.empty())));
  }

  private void device(boolean enabled) {
    portal.devices.put(
        new Device(
            MAC,
            "d",
            Optional.of(CLIENT),
            Optional.of("m"),
            Optional.empty(),
            enabled,
            Map.of(),
            Map.of(),
            TftpRules.NONE,
            0),
        OptionalLong.empty(),
        Who.SYSTEM);
  }

  /** The file that is offered now; empty for silence. */
  private String offered() {
    BootRequest request =
        new BootRequest(
            MAC, ++xid, Optional.empty(), Optional.empty(), new InetSocketAddress(CLIENT, 68), "");
    BootDecision decision = portal.sequence.decide(request);
    if (decision instanceof BootDecision.Wait wait) {
      wait.settled().orTimeout(10, TimeUnit.SECONDS).join();
      decision = portal.sequence.decideNow(request);
    }
    return decision instanceof BootDecision.Offer offer ? offer.file() : "";
  }

  @Test
  void theFinalAckOfTheOfferedFileIsTheStep() throws IOException {
    try (Probe probe = new Probe(server)) {
      for (String file : new String[] {"one.bin", "two.bin", "m.rc"}) {
        assertThat(offered()).isEqualTo(file);
        probe.fetch(file);
      }
    }
    assertThat(offered()).isEmpty();
  }

  @Test
  void aTransferWithoutItsFinalAckIsNoStep() throws IOException {
    assertThat(offered()).isEqualTo("one.bin");
    try (Probe probe = new Probe(server)) {
      probe.request("one.bin");
      probe.next();
      probe.ack(1);
      probe.next();
      probe.toTransfer(new Failure(ErrorCode.NOT_DEFINED, "flash failed"));
    }
    assertThat(offered()).isEqualTo("one.bin");
  }

  @Test
  void aDeviceThatNeverSendsTheFinalAckIsNamedWithTheRemedy() throws Exception {
    assertThat(offered()).isEqualTo("one.bin");
    for (int i = 0; i < 3; i++) {
      try (Probe probe = new Probe(server)) {
        probe.request("one.bin");
        probe.next();
        probe.ack(1);
        assertThat(probe.nextData().block()).isEqualTo(2);
      }
    }
    assertThat(RunningServer.soon(() -> remedies() > 0)).isTrue();
    assertThat(remedies()).isEqualTo(1);
    assertThat(offered()).isEqualTo("one.bin");
  }

  private long remedies() {
    return portal.timeline.of(MAC).getFirst().events().stream()
        .filter(e -> e.kind().equals("NEVER_ACKNOWLEDGED"))
        .filter(e -> e.reason().orElse("").contains("set advance: REQUEST"))
        .count();
  }

  @Test
  void aSizeProbeIsNoStep() throws IOException {
    assertThat(offered()).isEqualTo("one.bin");
    try (Probe probe = new Probe(server)) {
      probe.request("one.bin", "tsize", "0");
      probe.next();
      probe.toTransfer(new Failure(ErrorCode.OPTION_NEGOTIATION, "User aborted the transfer"));
    }
    assertThat(offered()).isEqualTo("one.bin");
  }

  @Test
  void theRenderedListIsServed() throws IOException {
    offered();
    try (Probe probe = new Probe(server)) {
      assertThat(new String(probe.fetch("m.rc"), java.nio.charset.StandardCharsets.UTF_8))
          .startsWith("# slipway manifest m version 1");
    }
  }

  @Test
  void aDisabledDeviceIsRefused() throws IOException {
    device(false);
    assertRefused("one.bin");
  }

  @Test
  void aLinkOutOfTheFolderIsNotServed() throws IOException {
    Files.createDirectories(folder.resolve("outside"));
    Files.writeString(folder.resolve("outside/secret"), "secret");
    Files.createSymbolicLink(folder.resolve("boot/up"), folder.resolve("outside"));
    Files.createSymbolicLink(folder.resolve("boot/link"), folder.resolve("outside/secret"));
    assertRefused("up/secret");
    assertRefused("link");
  }

  @Test
  void onlyKnownDevicesAreServedWhereTheSettingSaysSo() throws IOException {
    stop();
    start("devices");
    Files.write(folder.resolve("boot/one.bin"), new byte[1_000]);
    try (Probe known = new Probe(server);
        Probe unknown = new Probe(new InetSocketAddress("::1", server.getPort()))) {
      assertThat(known.fetch("one.bin")).hasSize(1_000);
      unknown.request("one.bin");
      assertThat(unknown.next())
          .isEqualTo(new Failure(ErrorCode.ACCESS_VIOLATION, "Access violation"));
    }
  }

  private void assertRefused(String file) throws IOException {
    try (Probe probe = new Probe(server)) {
      probe.request(file);
      assertThat(probe.next())
          .isEqualTo(new Failure(ErrorCode.ACCESS_VIOLATION, "Access violation"));
    }
  }
}
