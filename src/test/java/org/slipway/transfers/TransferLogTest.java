package org.slipway.transfers;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slipway.audit.AuditEntry;
import org.slipway.audit.HostileText;
import org.slipway.audit.Who;
import org.slipway.portal.MovableClock;
import org.slipway.portal.PortalParts;
import org.slipway.transfers.TransferDescription.Direction;

/** The history of transfers on a real database. */
class TransferLogTest {
  @TempDir Path folder;
  private final MovableClock clock = new MovableClock();
  private PortalParts portal;

  @BeforeEach
  void open() {
    portal = PortalParts.open(folder, clock, Map.of());
  }

  @AfterEach
  void close() {
    portal.close();
  }

  private ActiveTransfer transfer(String protocol, String account, String device, String path) {
    return portal.transfers.start(
        new TransferDescription(
            protocol,
            Direction.DOWN,
            Optional.ofNullable(account),
            Optional.ofNullable(device),
            "10.0.0.1",
            path,
            Optional.empty()),
        () -> {});
  }

  @Test
  void whatHasJustEndedIsInTheHistory() {
    for (int i = 0; i < 20; i++) {
      transfer("HTTP", "ann", null, "f" + i).complete();
      assertThat(portal.transferLog.count("f" + i, Optional.empty())).isEqualTo(1);
    }
  }

  private List<TransferRecord> found(TransferQuery query) {
    portal.settle();
    List<TransferRecord> page = portal.transferLog.page(query, 0, 10_000);
    assertThat(portal.transferLog.count(query)).isEqualTo(page.size());
    return page;
  }

  @Test
  void everyTransferIsInTheAuditTrailToo() {
    ActiveTransfer transfer = transfer("TFTP", null, "02:00:00:00:00:01", "/kernel");
    transfer.progressed(1000);
    transfer.lengthVerified(true);
    transfer.complete("ab".repeat(32));
    transfer("FTP", "ann", null, "/a").end(TransferOutcome.ABORTED, "the connection broke");
    transfer("TFTP", null, null, "/x").end(TransferOutcome.REFUSED, "NO_PERMISSION");
    transfer("TFTP", null, null, "/x").end(TransferOutcome.REFUSED, TransferLog.NO_SUCH_FILE);
    assertThat(found(TransferQuery.of("", Optional.empty())))
        .extracting(TransferRecord::lengthVerified)
        .containsExactlyInAnyOrder(
            Optional.of(true), Optional.empty(), Optional.empty(), Optional.empty());
    List<AuditEntry> entries = portal.audit.page("", 0, 10);
    assertThat(entries)
        .extracting(e -> e.actor() + " " + e.channel() + " " + e.action() + " " + e.outcome())
        .containsExactly(
            " TFTP DOWNLOAD REFUSED",
            "ann FTP DOWNLOAD FAILED",
            "02:00:00:00:00:01 TFTP DOWNLOAD DONE");
    assertThat(entries.getLast().after())
        .isEqualTo("{\"bytes\":1000,\"sha256\":\"" + "ab".repeat(32) + "\"}");
    assertThat(entries.get(1).reason()).isEqualTo("the connection broke");
  }

  @Test
  void aBootStormSharesRowsOfTheTrail() {
    for (int i = 0; i < 500; i++) {
      transfer("TFTP", null, "02:00:00:00:00:0" + i % 5, "/kernel").complete();
    }
    assertThat(found(TransferQuery.of("", Optional.empty()))).hasSize(500);
    assertThat(portal.audit.page("", 0, 100)).hasSize(5).allMatch(e -> e.repeats() == 100);
  }

  @Test
  void pathsAreKeptAsTheyCame() throws IOException {
    List<String> paths = HostileText.all().toList();
    paths.forEach(p -> transfer("FTP", "ann", null, p).complete());
    for (String path : paths) {
      TransferQuery query =
          new TransferQuery(
              path.toUpperCase(java.util.Locale.ROOT),
              Optional.of("ann"),
              Optional.empty(),
              Optional.of(path),
              Optional.of("FTP"),
              Optional.of(Direction.DOWN),
              Optional.of(TransferOutcome.COMPLETE),
              Optional.of(clock.instant()),
              Optional.of(clock.instant().plusSeconds(1)));
      assertThat(found(query)).extracting(t -> t.description().path()).contains(path);
    }
  }

  @Test
  void everythingThatIsAskedForMustHold() {
    Instant start = clock.instant();
    transfer("FTP", "ann", null, "/A").complete();
    clock.advance(Duration.ofSeconds(60));
    transfer("TFTP", null, "02:00:00:00:00:01", "/b").end(TransferOutcome.FAILED, "why");
    TransferQuery any = TransferQuery.of("", Optional.empty());
    assertThat(found(TransferQuery.of("/a", Optional.empty()))).hasSize(1);
    assertThat(found(any.ofAccount("ann"))).hasSize(1);
    assertThat(found(any.ofAccount("bob"))).isEmpty();
    assertThat(found(since(start.plusSeconds(1))))
        .extracting(t -> t.description().protocol())
        .containsExactly("TFTP");
    assertThat(found(since(start))).hasSize(2);
  }

  @Test
  void eachFilterLeavesOutWhatItDoesNotName() {
    transfer("TFTP", "ann", "02:00:00:00:00:01", "/kernel").complete();
    assertThat(found(filter("02:00:00:00:00:01", "/ker", "TFTP", "DOWN", "COMPLETE", 1)))
        .hasSize(1);
    assertThat(found(filter("02:00:00:00:00:02", "/ker", "TFTP", "DOWN", "COMPLETE", 1))).isEmpty();
    assertThat(found(filter("02:00:00:00:00:01", "/x", "TFTP", "DOWN", "COMPLETE", 1))).isEmpty();
    assertThat(found(filter("02:00:00:00:00:01", "/ker", "FTP", "DOWN", "COMPLETE", 1))).isEmpty();
    assertThat(found(filter("02:00:00:00:00:01", "/ker", "TFTP", "UP", "COMPLETE", 1))).isEmpty();
    assertThat(found(filter("02:00:00:00:00:01", "/ker", "TFTP", "DOWN", "FAILED", 1))).isEmpty();
    assertThat(found(filter("02:00:00:00:00:01", "/ker", "TFTP", "DOWN", "COMPLETE", 0))).isEmpty();
  }

  private TransferQuery filter(
      String device, String path, String protocol, String direction, String outcome, int seconds) {
    return new TransferQuery(
        "",
        Optional.of("ann"),
        Optional.of(device),
        Optional.of(path),
        Optional.of(protocol),
        Optional.of(Direction.valueOf(direction)),
        Optional.of(TransferOutcome.valueOf(outcome)),
        Optional.empty(),
        Optional.of(clock.instant().plusSeconds(seconds)));
  }

  private static TransferQuery since(Instant from) {
    return new TransferQuery(
        "",
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.of(from),
        Optional.empty());
  }

  @Test
  void whatStrangersFailAtIsBounded() {
    for (int i = 0; i < 10_000; i++) {
      transfer("TFTP", null, null, "/n" + i).end(TransferOutcome.REFUSED, "NO_PERMISSION");
    }
    transfer("TFTP", null, "02:00:00:00:00:01", "/kernel").complete();
    assertThat(found(TransferQuery.of("", Optional.empty()))).hasSize(3001);
    assertThat(portal.transferLog.lost()).isEqualTo(7000);
    assertThat(portal.audit.count("")).isLessThan(300);
  }

  @Test
  void anExportIsWholeAndAnEntry() throws IOException {
    for (int i = 0; i < 2500; i++) {
      transfer("FTP", "ann", null, "/n" + i).complete();
      clock.advance(Duration.ofSeconds(i % 2));
    }
    portal.settle();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    new TransferExport(portal.transferLog, portal.audit)
        .write(TransferQuery.of("", Optional.of("ann")), new Who("op", "::1", "API"), out);
    String[] lines = out.toString(StandardCharsets.UTF_8).split("\r\n");
    assertThat(lines).hasSize(2501).doesNotHaveDuplicates();
    assertThat(lines[0])
        .startsWith("\"id\",\"protocol\",\"account\"")
        .endsWith("\"sha256\",\"lengthVerified\"");
    assertThat(lines[1]).contains("\"FTP\",\"ann\",\"\",\"10.0.0.1\",\"DOWN\",\"/n249");
    portal.settle();
    assertThat(portal.audit.page("", 0, 1).getFirst().action()).isEqualTo("TRANSFERS_EXPORTED");
  }

  @Test
  void whatIsTooOldGoesAndThatIsAnEntry() {
    for (int i = 0; i < TransferRetention.BATCH + 5; i++) {
      transfer("FTP", "ann", null, "/a").complete();
    }
    clock.advance(Duration.ofSeconds(90L * 24 * 3600));
    transfer("FTP", "ann", null, "/b").complete();
    portal.settle();
    clock.advance(Duration.ofSeconds(1));
    new TransferRetention(portal.settings, portal.jdbi, portal.audit, clock).trim();
    assertThat(found(TransferQuery.of("", Optional.empty()))).hasSize(1);
    assertThat(portal.audit.page("", 0, 1).getFirst().action()).isEqualTo("TRANSFERS_TRIMMED");
  }
}
