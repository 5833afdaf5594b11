package org.slipway.provisioning;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.slipway.audit.Who;
import org.slipway.leases.TftpRules;
import org.slipway.portal.PortalParts;

/** When a run begins, what it is pinned to, when it is over, and what is kept of it. */
class RunLifeTest extends SequenceFixture {
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
  void aStepThatIsDeliveredAgainLateTakesNothingBack() {
    ask();
    BootContent.BootTransfer late = open("one.bin");
    fetch("one.bin");
    ask();
    fetch("two.bin");
    late.delivered();
    late.close();
    assertThat(ask()).isEqualTo("m.rc");
    assertThat(portal.timeline.of(MAC).getFirst().run().deliveredSteps()).isEqualTo(2);
    portal.crash();
    portal = PortalParts.open(folder, clock, Map.of());
    assertThat(ask()).isEqualTo("m.rc");
  }

  @Test
  void aRunOfWhatADeviceWasGivenBeforeIsOverAtOnce() {
    Device before = portal.devices.find(MAC).orElseThrow();
    Manifest manifest = portal.manifests.find("m").orElseThrow();
    device(true, Optional.empty());
    portal.runs.begin(before, manifest, BootProtocol.BOOTP);
    assertThat(portal.runs.openRuns()).isEmpty();
    portal.devices.delete(MAC, OptionalLong.empty(), Who.SYSTEM);
    portal.runs.begin(before, manifest, BootProtocol.BOOTP);
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
  void anAddressOfItsOwnContradictsOnlyAnEnteredOne() {
    put(withBootFile(Optional.of(PortalParts.address(ADDRESS))));
    assertThat(text(settled(asksFrom("10.0.0.99")))).isEqualTo("ADDRESS_MISMATCH");
    assertThat(text(settled(asksFrom(ADDRESS)))).isEqualTo("one.bin");
    put(withBootFile(Optional.empty()));
    BootDecision.Offer offer = offer(asksFrom("10.0.0.99"));
    assertThat(offer.file()).isEqualTo("one.bin");
    assertThat(offer.address()).isEmpty();
    assertThat(portal.explanation.explain(MAC).offer()).isTrue();
  }

  private static Device withBootFile(Optional<InetAddress> address) {
    return new Device(
        MAC,
        "d",
        address,
        Optional.empty(),
        Optional.of("one.bin"),
        true,
        Map.of(),
        Map.of(),
        TftpRules.NONE,
        0);
  }

  private BootRequest asksFrom(String own) {
    return new BootRequest(
        MAC,
        ++xid,
        Optional.of(PortalParts.address(own)),
        Optional.empty(),
        new InetSocketAddress(PortalParts.address("127.0.0.1"), 68),
        "");
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
  void anExplanationNamesTheRuleAndChangesNothing() {
    DeviceExplanation.Explanation e = portal.explanation.explain(MAC);
    assertThat(e.offer()).isTrue();
    assertThat(e.step()).contains("one.bin");
    assertThat(portal.runs.openRuns()).isEmpty();
    assertThat(portal.explanation.explain(new HardwareAddress("02:00:00:00:00:98")).reason())
        .contains(SilenceReason.UNKNOWN_DEVICE);
  }
}
