package org.slipway.bootp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slipway.portal.FreePorts;
import org.slipway.provisioning.HardwareAddress;
import org.slipway.provisioning.Manifest.Advance;
import org.slipway.provisioning.Manifest.End;
import org.slipway.provisioning.RunEvent;
import org.slipway.provisioning.SilenceReason;
import org.slipway.provisioning.UnknownDevices;
import org.slipway.tftp.RequestJournal;
import org.slipway.tftp.TftpListener;

/** A device walks its boot sequence: real listeners, real rules, a real database. */
class BootpSequenceTest {
  private static final String MAC = "52:54:00:00:00:01";
  private static final String ADDRESS = "127.0.0.71";
  private static final String WITNESS = "52:54:00:00:00:ff";
  private static final byte[] LOADER = "loader".repeat(300).getBytes(StandardCharsets.UTF_8);
  private static final byte[] KERNEL = new byte[1024];

  @TempDir Path folder;
  private final AdjustableClock clock = new AdjustableClock();
  private BootPortal portal;
  private BootpListener bootp;
  private TftpListener tftp;
  private RfcClient client;
  private RfcTftp device;
  private int nextXid = 100;

  @BeforeEach
  void start() throws IOException {
    open();
    portal.bootFile("boot/loader", LOADER);
    portal.bootFile("boot/kernel", KERNEL);
    portal.manifest("lab", Advance.DELIVERY, End.SILENCE, "boot/loader", "boot/kernel", "lab.rc");
    portal.device(MAC, ADDRESS, "lab", null);
    portal.device(WITNESS, "127.0.0.72", null, "boot/kernel");
  }

  private void open() throws IOException {
    portal =
        new BootPortal(
            folder,
            clock,
            Map.of(
                "slipway.bind.address",
                "127.0.0.1",
                "slipway.bootp.port",
                String.valueOf(FreePorts.next()),
                "slipway.tftp.port",
                String.valueOf(FreePorts.next())));
    bootp =
        new BootpListener(
            portal.settings,
            new ServerAddress(portal.settings),
            portal.assignments,
            portal.threads);
    tftp =
        new TftpListener(
            portal.settings,
            portal.content,
            portal.uploads,
            portal.transfers,
            new RequestJournal(portal.transfers),
            portal.threads);
    client = new RfcClient(InetAddress.ofLiteral("127.0.0.1"), portal.serve(bootp));
    device = new RfcTftp(InetAddress.ofLiteral(ADDRESS), portal.serve(tftp));
  }

  @AfterEach
  void stop() {
    client.close();
    tftp.stop();
    bootp.stop();
    portal.close();
  }

  @Test
  void aDeviceIsOfferedStepAfterStepAndThenNothing() throws Exception {
    RfcReply offer = client.ask(request().cookie().end());
    assertThat(offer.file()).isEqualTo("boot/loader");
    assertThat(offer.yiaddr()).isEqualTo(ADDRESS);
    assertThat(offer.siaddr()).isEqualTo("127.0.0.1");
    assertThat(offer.tags()).containsEntry(13, "0004");
    assertThat(device.fetch("boot/loader")).isEqualTo(LOADER);
    nextOfferIs("boot/kernel");
    assertThat(device.fetch("boot/kernel")).isEqualTo(KERNEL);
    nextOfferIs("lab.rc");
    assertThat(new String(device.fetch("lab.rc"), StandardCharsets.UTF_8))
        .startsWith("# slipway manifest lab version 1\n");

    untilSilent();
    client.askInVain(request(), witness());
    assertThat(portal.timeline.of(new HardwareAddress(MAC)))
        .singleElement()
        .satisfies(run ->
            assertThat(run.events())
                .extracting(RunEvent::kind)
                .contains("OFFER", "STEP_DELIVERED", "SEQUENCE_COMPLETE", "SILENCE"));
  }

  @Test
  void aLostReplyOrANewXidDoesNotSkipAStep() throws Exception {
    RfcReply first = client.ask(RfcRequest.of(MAC, 1).secs(0));
    RfcReply repeated = client.ask(RfcRequest.of(MAC, 1).secs(2));
    RfcReply anew = client.ask(RfcRequest.of(MAC, 2));

    assertThat(repeated.octets()).isEqualTo(first.octets());
    assertThat(anew.file()).isEqualTo("boot/loader");
  }

  @Test
  void brokenTransfersDoNotSkipAStep() throws Exception {
    nextOfferIs("boot/loader");
    device.abort("boot/loader");
    stillOffered("boot/loader");
    device.probeSize("boot/loader");
    stillOffered("boot/loader");
    device.fetchWithoutLastAcknowledgement("boot/loader");
    stillOffered("boot/loader");
    device.fetch("boot/kernel");
    stillOffered("boot/loader");
    new RfcTftp(InetAddress.ofLiteral("127.0.0.99"), tftpAddress()).fetch("boot/loader");
    stillOffered("boot/loader");
  }

  @Test
  void theFileThatADeviceAsksForConfusesNothing() throws Exception {
    assertThat(client.ask(request().file("lab.rc")).file()).isEqualTo("boot/loader");
    device.fetch("boot/loader");
    nextOfferIs("boot/kernel");
    assertThat(client.ask(request().file("boot/loader")).file()).isEqualTo("boot/kernel");
    assertThat(client.ask(request().file("lab.rc")).file()).isEqualTo("boot/kernel");
  }

  @Test
  void silenceOfTheDeviceEndsItsRunAndAskingDoesNot() throws Exception {
    nextOfferIs("boot/loader");
    device.fetch("boot/loader");
    nextOfferIs("boot/kernel");
    clock.advance(Duration.ofMinutes(4));
    nextOfferIs("boot/kernel");
    clock.advance(Duration.ofMinutes(4));
    nextOfferIs("boot/kernel");
    clock.advance(Duration.ofMinutes(5));
    nextOfferIs("boot/loader");

    assertThat(portal.timeline.of(new HardwareAddress(MAC))).hasSize(2);
  }

  @Test
  void aNewVersionOfTheManifestDoesNotTouchAnOpenRun() throws Exception {
    nextOfferIs("boot/loader");
    device.fetch("boot/loader");
    nextOfferIs("boot/kernel");
    portal.manifest("lab", Advance.DELIVERY, End.SILENCE, "boot/kernel");
    device.fetch("boot/kernel");
    nextOfferIs("lab.rc");

    clock.advance(Duration.ofMinutes(5));
    nextOfferIs("boot/kernel");
  }

  @Test
  void theEndCanBeAnAnswerWithoutAFile() throws Exception {
    portal.manifest("short", Advance.DELIVERY, End.EMPTY_FILE, "boot/kernel");
    portal.device(MAC, ADDRESS, "short", null);
    nextOfferIs("boot/kernel");
    device.fetch("boot/kernel");
    nextOfferIs("");
    assertThat(client.ask(request()).yiaddr()).isEqualTo(ADDRESS);
  }

  @Test
  void whereItIsAskedForEachNewXidTakesTheNextFile() throws Exception {
    portal.manifest("blind", Advance.REQUEST, End.SILENCE, "boot/loader", "boot/kernel");
    portal.device(MAC, ADDRESS, "blind", null);

    assertThat(client.ask(RfcRequest.of(MAC, 1)).file()).isEqualTo("boot/loader");
    assertThat(client.ask(RfcRequest.of(MAC, 1)).file()).isEqualTo("boot/loader");
    assertThat(client.ask(RfcRequest.of(MAC, 2)).file()).isEqualTo("boot/kernel");
    assertThat(client.ask(RfcRequest.of(MAC, 2)).file()).isEqualTo("boot/kernel");
    client.send(RfcRequest.of(MAC, 3));
    untilSilent();
  }

  @Test
  void aDeviceGoesOnAtItsStepWhenThePortalWasRestarted() throws Exception {
    nextOfferIs("boot/loader");
    device.fetch("boot/loader");
    nextOfferIs("boot/kernel");
    stop();
    clock.advance(Duration.ofHours(3));
    open();

    nextOfferIs("boot/kernel");
  }

  @Test
  void aDeviceWithoutAManifestGetsItsFileEveryTime() throws Exception {
    for (int i = 0; i < 3; i++) {
      assertThat(client.ask(witness()).file()).isEqualTo("boot/kernel");
    }
  }

  @Test
  void everySilenceHasItsReason() throws Exception {
    client.askInVain(RfcRequest.of("52:54:00:00:00:77", 1), witness());
    assertThat(portal.unknown.newestFirst())
        .extracting(UnknownDevices.Seen::hardwareAddress)
        .containsExactly(new HardwareAddress("52:54:00:00:00:77"));
    client.askInVain(RfcRequest.of("52:54:00:00:00:78", 1).sname("other"), witness());
    client.askInVain(RfcRequest.of("52:54:00:00:00:79", 1).length(134), witness());
    assertThat(portal.unknown.newestFirst())
        .extracting(s -> s.hardwareAddress().text())
        .contains("52:54:00:00:00:79");
    client.askInVain(new byte[0], witness());

    client.askInVain(RfcRequest.of(WITNESS, 9).sname("other"), witness());
    client.askInVain(RfcRequest.of(WITNESS, 9).ciaddr("127.0.0.200"), witness());
    client.askInVain(RfcRequest.of(WITNESS, 9).cookie().vendor(53, 1, 1).end(), witness());
    client.askInVain(RfcRequest.of(WITNESS, 9).length(134), witness());
    assertThat(portal.timeline.outsideOfRuns(new HardwareAddress(WITNESS)))
        .extracting(e -> e.reason().orElse(""))
        .containsExactlyInAnyOrder("OTHER_SERVER", "ADDRESS_MISMATCH", "DHCP_MESSAGE", "MALFORMED");
    assertThat(portal.assignments.unansweredSoFar())
        .isEqualTo(
            Map.of(
                SilenceReason.UNKNOWN_DEVICE, 1L,
                SilenceReason.OTHER_SERVER, 2L,
                SilenceReason.ADDRESS_MISMATCH, 1L,
                SilenceReason.DHCP_MESSAGE, 1L,
                SilenceReason.MALFORMED, 3L));
  }

  @Test
  void aFileThatIsMissingIsNotOffered() throws Exception {
    portal.device(MAC, ADDRESS, null, "boot/later");
    client.askInVain(request(), witness());
    assertThat(portal.timeline.outsideOfRuns(new HardwareAddress(MAC)))
        .singleElement()
        .satisfies(e -> assertThat(e.reason()).contains("FILE_MISSING"));

    portal.bootFile("boot/later", KERNEL);
    assertThat(client.ask(request()).file()).isEqualTo("boot/later");
  }

  @Test
  void theListIsForTheDeviceOfTheRunOnly() throws Exception {
    nextOfferIs("boot/loader");

    assertThat(device.fetch("lab.rc")).isNotEmpty();
    assertThat(new RfcTftp(InetAddress.ofLiteral("127.0.0.99"), tftpAddress()).isRefused("lab.rc"))
        .isTrue();
  }

  /** Asks as a device does until the delivery before is written. */
  private void nextOfferIs(String file) throws IOException {
    long end = System.nanoTime() + Duration.ofMinutes(1).toNanos();
    RfcReply reply;
    do {
      reply = client.ask(request());
    } while (!reply.file().equals(file) && System.nanoTime() < end);
    assertThat(reply.file()).isEqualTo(file);
  }

  private void stillOffered(String file) throws IOException {
    assertThat(client.ask(request()).file()).isEqualTo(file);
  }

  private void untilSilent() throws IOException {
    long end = System.nanoTime() + Duration.ofMinutes(1).toNanos();
    Optional<RfcReply> reply;
    do {
      client.send(request());
      reply = client.receive(Duration.ofMillis(1500));
    } while (reply.isPresent() && System.nanoTime() < end);
    assertThat(reply).isEmpty();
  }

  private InetSocketAddress tftpAddress() {
    return new InetSocketAddress("127.0.0.1", tftp.configuredPort());
  }

  private RfcRequest request() {
    return RfcRequest.of(MAC, nextXid++);
  }

  private RfcRequest witness() {
    return RfcRequest.of(WITNESS, nextXid++);
  }
}
