package org.slipway.provisioning;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slipway.accounts.OnConflict;
import org.slipway.audit.Who;
import org.slipway.portal.MovableClock;
import org.slipway.portal.PortalParts;
import org.slipway.storage.VirtualPath;

/** The boot sequence by its rules, on a clock that the test moves. */
class BootSequenceTest {
  private static final HardwareAddress MAC = new HardwareAddress("52:54:00:00:00:01");
  private static final String ADDRESS = "10.0.0.11";

  @TempDir Path folder;
  private final MovableClock clock = new MovableClock();
  private PortalParts portal;
  private int xid;

  @BeforeEach
  void open() {
    portal = PortalParts.open(folder, clock, Map.of());
    store("one.bin", "first");
    store("two.bin", "second");
    portal.user("lab", "a long password", Optional.empty());
    manifest(Manifest.Advance.DELIVERY, Manifest.End.SILENCE, "one.bin", "two.bin", "m.rc");
    device(true, Optional.of("m"));
  }

  @AfterEach
  void close() {
    portal.close();
  }

  @Test
  void walksEveryStepAndIsSilentAtTheEnd() {
    assertThat(ask()).isEqualTo("one.bin");
    fetch("one.bin");
    assertThat(ask()).isEqualTo("two.bin");
    fetch("two.bin");
    assertThat(ask()).isEqualTo("m.rc");
    fetch("m.rc");
    assertThat(ask()).isEqualTo("SEQUENCE_COMPLETE");
    assertThat(ask()).isEqualTo("SEQUENCE_COMPLETE");
  }

  @Test
  void aNewTransactionIdSkipsNothing() {
    assertThat(ask()).isEqualTo("one.bin");
    assertThat(ask()).isEqualTo("one.bin");
    fetch("one.bin");
    assertThat(ask()).isEqualTo("two.bin");
    assertThat(ask()).isEqualTo("two.bin");
  }

  @Test
  void anAbortedFetchAndASizeProbeSkipNothing() {
    ask();
    try (BootContent.BootTransfer t = open("one.bin")) {
      t.lastBlockSent();
      t.aborted(3, "gave up");
    }
    assertThat(ask()).isEqualTo("one.bin");
    try (BootContent.BootTransfer t = open("one.bin")) {
      t.sizeProbed();
    }
    assertThat(ask()).isEqualTo("one.bin");
  }

  @Test
  void anotherFileOrAnotherAddressProvesNothing() {
    ask();
    fetch("two.bin");
    assertThat(ask()).isEqualTo("one.bin");
    try (BootContent.BootTransfer t =
        portal.content.open(
            "TFTP", PortalParts.address("10.0.0.99"), VirtualPath.parse("one.bin"))) {
      t.delivered();
    }
    assertThat(ask()).isEqualTo("one.bin");
  }

  @Test
  void twoFetchesOfOneStepAdvanceOnce() {
    ask();
    try (BootContent.BootTransfer a = open("one.bin");
        BootContent.BootTransfer b = open("one.bin")) {
      a.delivered();
      b.delivered();
    }
    assertThat(ask()).isEqualTo("two.bin");
  }

  @Test
  void aRequestWaitsForTheAcknowledgementOfTheLastBlock() throws Exception {
    ask();
    try (BootContent.BootTransfer t = open("one.bin")) {
      t.lastBlockSent();
      BootDecision decision = portal.sequence.decide(request(++xid, "one.bin"));
      assertThat(decision).isInstanceOf(BootDecision.Wait.class);
      assertThat(text(portal.sequence.decideNow(request(xid, "one.bin")))).isEqualTo("one.bin");
      t.delivered();
      ((BootDecision.Wait) decision).settled().get(5, TimeUnit.SECONDS);
      assertThat(text(portal.sequence.decideNow(request(xid, "one.bin")))).isEqualTo("two.bin");
    }
  }

  @Test
  void theSameStampMeansTheSameReply() {
    long first = offer(request(7, "")).stamp();
    assertThat(offer(request(7, "")).stamp()).isEqualTo(first);
    device(true, Optional.of("m"));
    long changed = offer(request(7, "")).stamp();
    assertThat(changed).isNotEqualTo(first);
    fetch("one.bin");
    assertThat(offer(request(7, "")).stamp()).isNotEqualTo(changed);
  }

  @Test
  void aChangedManifestDoesNotTouchAnOpenRun() {
    ask();
    fetch("one.bin");
    store("other.bin", "other");
    manifest(Manifest.Advance.DELIVERY, Manifest.End.SILENCE, "other.bin", "m.rc");
    assertThat(ask()).isEqualTo("two.bin");
    assertThat(read("m.rc")).contains("manifest m version 1");
    portal.runs.rearm(MAC, Who.SYSTEM);
    assertThat(ask()).isEqualTo("other.bin");
    assertThat(read("m.rc")).contains("manifest m version 2");
  }

  @Test
  void silenceEndsARunAndAskingKeepsItAtTheEnd() {
    complete();
    for (int i = 0; i < 10; i++) {
      clock.advance(Duration.ofMinutes(4));
      portal.runs.sweep();
      assertThat(ask()).isEqualTo("SEQUENCE_COMPLETE");
    }
    clock.advance(Duration.ofMinutes(5));
    assertThat(ask()).isEqualTo("one.bin");
  }

  @Test
  void manualRearmOutlastsAnySilence() {
    portal.manifests.put(
        draft(Manifest.Advance.DELIVERY, Manifest.End.SILENCE, Manifest.Rearm.MANUAL, "one.bin"),
        OptionalLong.empty(),
        Who.SYSTEM);
    ask();
    fetch("one.bin");
    clock.advance(Duration.ofDays(3));
    portal.runs.sweep();
    assertThat(ask()).isEqualTo("SEQUENCE_COMPLETE");
    portal.runs.rearm(MAC, Who.SYSTEM);
    assertThat(ask()).isEqualTo("one.bin");
  }

  @Test
  void theEndMayBeAnEmptyFile() {
    manifest(Manifest.Advance.DELIVERY, Manifest.End.EMPTY_FILE, "one.bin");
    ask();
    fetch("one.bin");
    assertThat(ask()).isEqualTo("");
    assertThat(ask()).isEqualTo("");
  }

  @Test
  void byRequestEachNewTransactionTakesTheNextFile() {
    manifest(Manifest.Advance.REQUEST, Manifest.End.SILENCE, "one.bin", "two.bin");
    assertThat(ask()).isEqualTo("one.bin");
    assertThat(text(settled(request(xid, "")))).isEqualTo("one.bin");
    assertThat(ask()).isEqualTo("two.bin");
    assertThat(ask()).isEqualTo("SEQUENCE_COMPLETE");
  }

  @Test
  void byRequestAFileInFlightIsARetry() {
    manifest(Manifest.Advance.REQUEST, Manifest.End.SILENCE, "one.bin", "two.bin");
    ask();
    try (BootContent.BootTransfer t = open("one.bin")) {
      assertThat(ask()).isEqualTo("one.bin");
      t.delivered();
    }
    assertThat(ask()).isEqualTo("two.bin");
  }

  @Test
  void aRestartGoesOnAtTheRightStepAndItsTimeDoesNotCount() {
    ask();
    fetch("one.bin");
    portal.crash();
    clock.advance(Duration.ofHours(9));
    portal = PortalParts.open(folder, clock, Map.of());
    assertThat(ask()).isEqualTo("two.bin");
  }

  @Test
  void anotherManifestEndsTheRunAndSoDoesDeletion() {
    ask();
    fetch("one.bin");
    portal.manifests.put(
        new ManifestDraft(
            "n",
            "",
            Optional.empty(),
            Manifest.Advance.DELIVERY,
            Manifest.End.SILENCE,
            Manifest.Rearm.SILENCE,
            Optional.empty(),
            List.of(new Manifest.Step("two.bin")),
            List.of()),
        OptionalLong.empty(),
        Who.SYSTEM);
    device(true, Optional.of("n"));
    assertThat(ask()).isEqualTo("two.bin");
    device(true, Optional.of("m"));
    assertThat(ask()).isEqualTo("one.bin");
    portal.devices.delete(MAC, OptionalLong.empty(), Who.SYSTEM);
    assertThat(portal.runs.openRuns()).isEmpty();
  }

  @Test
  void everySilenceHasAReason() {
    device(false, Optional.of("m"));
    assertThat(ask()).isEqualTo("DISABLED");
    device(true, Optional.of("nowhere"));
    assertThat(ask()).isEqualTo("NO_MANIFEST");
    manifest(Manifest.Advance.DELIVERY, Manifest.End.SILENCE, "missing.bin");
    device(true, Optional.of("m"));
    assertThat(ask()).isEqualTo("FILE_MISSING");
    assertThat(ask(new HardwareAddress("02:00:00:00:00:99"))).isEqualTo("UNKNOWN_DEVICE");
    assertThat(portal.unknown.newestFirst())
        .extracting(UnknownDevices.Seen::hardwareAddress)
        .containsExactly(new HardwareAddress("02:00:00:00:00:99"));
    assertThat(portal.timeline.outsideOfRuns(MAC))
        .extracting(e -> e.reason().orElse(""))
        .contains("DISABLED", "NO_MANIFEST");
  }

  @Test
  void repeatsAreCountedNotStored() {
    for (int i = 0; i < 500; i++) {
      ask();
    }
    RunTimeline.Entry run = portal.timeline.of(MAC).getFirst();
    assertThat(run.state()).isEqualTo(RunTimeline.State.RUNNING);
    assertThat(run.events())
        .filteredOn(e -> e.kind().equals("OFFER"))
        .singleElement()
        .satisfies(e -> assertThat(e.count()).isEqualTo(500));
  }

  @Test
  void withoutAManifestTheBootFileIsOfferedEveryTime() {
    put(
        new Device(
            MAC,
            "d",
            Optional.of(PortalParts.address(ADDRESS)),
            Optional.empty(),
            Optional.of("one.bin"),
            true,
            Map.of(),
            Map.of(),
            0));
    assertThat(ask()).isEqualTo("one.bin");
    fetch("one.bin");
    assertThat(ask()).isEqualTo("one.bin");
  }

  @Test
  void theRenderedListWinsOverABootFileForTheDeviceOnly() {
    store("m.rc", "a file of that name");
    ask();
    assertThat(read("m.rc")).startsWith("# slipway manifest m version 1\n");
    portal.runs.rearm(MAC, Who.SYSTEM);
    assertThat(read("m.rc")).isEqualTo("a file of that name");
  }

  @Test
  void anExplanationNamesTheRuleAndChangesNothing() {
    DeviceExplanation.Explanation e = portal.explanation.explain(MAC);
    assertThat(e.offer()).isTrue();
    assertThat(e.step()).contains("one.bin");
    assertThat(portal.runs.openRuns()).isEmpty();
    assertThat(portal.explanation.explain(new HardwareAddress("02:00:00:00:00:98")).reason())
        .contains(SilenceReason.UNKNOWN_DEVICE);
  }

  private void complete() {
    for (String file : List.of("one.bin", "two.bin", "m.rc")) {
      ask();
      fetch(file);
    }
  }

  private String ask() {
    return ask(MAC);
  }

  private String ask(HardwareAddress mac) {
    return text(settled(request(mac, ++xid, "")));
  }

  private BootDecision settled(BootRequest request) {
    BootDecision decision = portal.sequence.decide(request);
    if (decision instanceof BootDecision.Wait wait) {
      wait.settled().orTimeout(5, TimeUnit.SECONDS).join();
      return portal.sequence.decideNow(request);
    }
    return decision;
  }

  private BootDecision.Offer offer(BootRequest request) {
    return (BootDecision.Offer) settled(request);
  }

  private static BootRequest request(int xid, String file) {
    return request(MAC, xid, file);
  }

  private static BootRequest request(HardwareAddress mac, int xid, String file) {
    return new BootRequest(
        mac,
        xid,
        Optional.empty(),
        Optional.empty(),
        new InetSocketAddress(PortalParts.address("127.0.0.1"), 68),
        file);
  }

  private static String text(BootDecision decision) {
    return switch (decision) {
      case BootDecision.Offer o -> o.file();
      case BootDecision.Silence s -> s.reason().name();
      case BootDecision.Wait w -> "WAIT";
    };
  }

  private BootContent.BootTransfer open(String path) {
    return portal.content.open("TFTP", PortalParts.address(ADDRESS), VirtualPath.parse(path));
  }

  private void fetch(String path) {
    try (BootContent.BootTransfer t = open(path)) {
      t.lastBlockSent();
      t.delivered();
    }
  }

  private String read(String path) {
    try (BootContent.BootTransfer t = open(path)) {
      ByteBuffer buffer = ByteBuffer.allocate((int) t.size());
      t.read(buffer, 0);
      return new String(buffer.array(), StandardCharsets.UTF_8);
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private void store(String name, String text) {
    try (var upload =
        portal
            .areas
            .bootFiles()
            .upload(VirtualPath.parse(name), OnConflict.OVERWRITE, Optional.empty(), true)) {
      upload.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
      upload.publish();
    }
  }

  private void device(boolean enabled, Optional<String> manifest) {
    put(
        new Device(
            MAC,
            "d",
            Optional.of(PortalParts.address(ADDRESS)),
            manifest,
            Optional.empty(),
            enabled,
            Map.of(),
            Map.of(),
            0));
  }

  private void put(Device device) {
    portal.devices.put(device, OptionalLong.empty(), Who.SYSTEM);
  }

  private void manifest(Manifest.Advance advance, Manifest.End end, String... steps) {
    portal.manifests.put(
        draft(advance, end, Manifest.Rearm.SILENCE, steps), OptionalLong.empty(), Who.SYSTEM);
  }

  private static ManifestDraft draft(
      Manifest.Advance advance, Manifest.End end, Manifest.Rearm rearm, String... steps) {
    boolean list = List.of(steps).contains("m.rc");
    return new ManifestDraft(
        "m",
        "",
        Optional.of("lab"),
        advance,
        end,
        rearm,
        Optional.empty(),
        java.util.Arrays.stream(steps).map(Manifest.Step::new).toList(),
        list
            ? List.of(new Manifest.ListedFile("rootfs", "images/rootfs.img", Optional.empty()))
            : List.of());
  }
}
