package org.slipway.provisioning;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.slipway.audit.Who;
import org.slipway.leases.TftpRules;
import org.slipway.portal.PortalParts;
import org.slipway.storage.VirtualPath;

/** Which file a device is offered next: never one too few, never one too many. */
class BootSequenceTest extends SequenceFixture {
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
      ((BootDecision.Wait) decision).settled().get(30, TimeUnit.SECONDS);
      assertThat(text(portal.sequence.decideNow(request(xid, "one.bin")))).isEqualTo("two.bin");
    }
  }

  @Test
  void aDeviceThatTakesAllThreeTimesAndAcknowledgesNothingIsNamed() {
    ask();
    fetchWithoutLastAcknowledgement("one.bin");
    fetchWithoutLastAcknowledgement("one.bin");
    assertThat(neverAcknowledged()).isEmpty();
    fetchWithoutLastAcknowledgement("one.bin");
    assertThat(neverAcknowledged())
        .singleElement()
        .satisfies(e -> {
          assertThat(e.path()).contains("one.bin");
          assertThat(e.reason().orElse("")).contains("set advance: REQUEST");
        });
    assertThat(ask()).isEqualTo("one.bin");
  }

  @Test
  void onlyFetchesOfOneStepThatProveNothingAreCountedTogether() {
    ask();
    fetchWithoutLastAcknowledgement("one.bin");
    fetchWithoutLastAcknowledgement("one.bin");
    fetch("one.bin");
    ask();
    fetchWithoutLastAcknowledgement("two.bin");
    fetchWithoutLastAcknowledgement("one.bin");
    fetchWithoutLastAcknowledgement("two.bin");
    assertThat(neverAcknowledged()).isEmpty();
  }

  @Test
  void whereStepsAreTakenByRequestNobodyNeedsToAcknowledge() {
    manifest(Manifest.Advance.REQUEST, Manifest.End.SILENCE, "one.bin", "two.bin");
    ask();
    for (int i = 0; i < 4; i++) {
      fetchWithoutLastAcknowledgement("one.bin");
    }
    assertThat(neverAcknowledged()).isEmpty();
  }

  private void fetchWithoutLastAcknowledgement(String path) {
    try (BootContent.BootTransfer t = open(path)) {
      t.lastBlockSent();
      t.unacknowledged("the client's port is closed");
    }
  }

  private List<RunEvent> neverAcknowledged() {
    return portal.timeline.of(MAC).getFirst().events().stream()
        .filter(e -> e.kind().equals("NEVER_ACKNOWLEDGED"))
        .toList();
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
    assertThat(text(settled(request(xid - 1, "")))).as("a step was proven").isEqualTo("two.bin");
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
            TftpRules.NONE,
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
}
