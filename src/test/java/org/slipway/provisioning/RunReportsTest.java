package org.slipway.provisioning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.slipway.accounts.Refusal;
import org.slipway.accounts.RefusedException;
import org.slipway.audit.Who;

/** What a device says at the end of its run. */
class RunReportsTest extends SequenceFixture {

  private void report(RunReports.Outcome outcome, String text) {
    portal.reports.report(MAC, outcome, Optional.of(text));
  }

  private RunEvent last() {
    return portal.timeline.of(MAC).getFirst().events().getLast();
  }

  @Test
  void theTimelineEndsWithWhatTheDeviceSays() {
    complete();
    clock.advance(Duration.ofSeconds(1));
    report(RunReports.Outcome.PROVISIONED, "6 files");
    assertThat(last().kind()).isEqualTo("PROVISIONED");
    assertThat(last().reason()).contains("6 files");
    assertThat(last().protocol()).isEqualTo("HTTP");
  }

  @Test
  void aRunThatIsOverIsReportedOnToo() {
    ask();
    portal.runs.rearm(MAC, Who.SYSTEM);
    clock.advance(Duration.ofSeconds(1));
    report(RunReports.Outcome.NOT_PROVISIONED, "exit 5: the FTP server cannot be used");
    assertThat(last().kind()).isEqualTo("NOT_PROVISIONED");
    assertThat(portal.timeline.of(MAC)).hasSize(1);
  }

  @Test
  void theAccountOfTheRunsManifestMayReport() {
    var lab = portal.directory.byUsername("lab").orElseThrow().id();
    var other = portal.user("other", "a long password", Optional.empty()).id();
    assertThat(portal.reports.isOf(MAC, lab)).isFalse();
    ask();
    assertThat(portal.reports.isOf(MAC, lab)).isTrue();
    assertThat(portal.reports.isOf(MAC, other)).isFalse();
    assertThat(portal.reports.isOf(new HardwareAddress("52:54:00:99:99:99"), lab)).isFalse();
  }

  @Test
  void withoutARunAndForAnUnknownDeviceItIsRefused() {
    assertRefused(MAC, Refusal.Kind.CONFLICT);
    assertRefused(new HardwareAddress("52:54:00:99:99:99"), Refusal.Kind.NO_SUCH_THING);
  }

  @Test
  void whoeverMayReportCannotFillTheDatabase() {
    ask();
    for (int i = 0; i < RunReports.MOST; i++) {
      report(RunReports.Outcome.NOT_PROVISIONED, "attempt " + i % 3);
    }
    assertRefused(MAC, Refusal.Kind.CONFLICT);
  }

  private void assertRefused(HardwareAddress mac, Refusal.Kind kind) {
    assertThatThrownBy(
            () -> portal.reports.report(mac, RunReports.Outcome.PROVISIONED, Optional.empty()))
        .isInstanceOfSatisfying(
            RefusedException.class, e -> assertThat(e.refusal().kind()).isEqualTo(kind));
  }
}
