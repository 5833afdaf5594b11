package org.slipway.audit;

import static org.assertj.core.api.Assertions.assertThat;

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
import org.slipway.audit.AuditEntry.Outcome;
import org.slipway.portal.MovableClock;
import org.slipway.portal.PortalParts;

/** The audit trail on a real database. */
class AuditTrailTest {
  private static final Who ANN = new Who("ann", "10.0.0.1", "FTP");
  private static final String DENIED = "WRONG_CREDENTIALS";

  @TempDir Path folder;
  private final MovableClock clock = new MovableClock();
  private PortalParts portal;
  private AuditTrail trail;

  @BeforeEach
  void open() {
    portal = PortalParts.open(folder, clock, Map.of());
    trail = portal.audit;
  }

  @AfterEach
  void close() {
    portal.close();
  }

  private List<AuditEntry> all() {
    portal.settle();
    return trail.page("", 0, 100_000);
  }

  @Test
  void everyTextIsStoredAsItCameAndFound() {
    for (String text : HostileText.all().toList()) {
      String name = text.substring(0, Math.min(text.length(), 200));
      Who who = new Who(name, "::1", "API");
      trail.done(who, AuditAction.ACCOUNT_CHANGED, text, text, text);
      AuditEntry entry = all().getFirst();
      assertThat(entry.actor()).isEqualTo(name);
      assertThat(entry.subject()).isEqualTo(text);
      assertThat(entry.before()).isEqualTo(text);
      assertThat(entry.after()).isEqualTo(text);
      assertThat(entry.cut()).isEmpty();
      assertThat(trail.page(text, 0, 1).getFirst().id()).isEqualTo(entry.id());
      AuditQuery exactly = actor(name);
      assertThat(trail.page(exactly, 0, 1).getFirst().id()).isEqualTo(entry.id());
      assertThat(trail.count(exactly)).isEqualTo(1);
    }
  }

  private static AuditQuery actor(String name) {
    AuditQuery all = AuditQuery.ALL;
    return new AuditQuery(
        "",
        Optional.of(name),
        all.address(),
        all.channel(),
        all.action(),
        all.outcome(),
        all.from(),
        all.to());
  }

  @Test
  void aVeryLongTextIsMarkedAsCut() {
    String text = "\0".repeat(100_000);
    trail.done(new Who(text, text, "API"), AuditAction.ACCOUNT_CHANGED, text, text, text);
    AuditEntry entry = all().getFirst();
    assertThat(entry.cut()).containsOnlyKeys("actor", "address", "subject", "before", "after");
    assertThat(entry.cut().values()).allMatch(cut -> cut.length() == 100_000);
    assertThat(entry.subject()).isEqualTo("\0".repeat(2000));
    trail.done(new Who("x", "y", "API"), AuditAction.ACCOUNT_CHANGED, "s", "b", "a");
    assertThat(all().getFirst().cut()).isEmpty();
  }

  @Test
  void theSameAgainIsCountedInOneRow() {
    for (int i = 0; i < 1000; i++) {
      trail.refused(ANN, AuditAction.SIGN_IN, "ann", DENIED);
      trail.done(ANN, AuditAction.SIGN_IN, "ann", null, null);
    }
    clock.advance(Duration.ofSeconds(3));
    trail.refused(ANN, AuditAction.SIGN_IN, "ann", DENIED);
    assertThat(all()).hasSize(2);
    AuditEntry refused =
        all().stream().filter(e -> e.outcome() == Outcome.REFUSED).findFirst().orElseThrow();
    assertThat(refused.repeats()).isEqualTo(1001);
    assertThat(refused.last()).isEqualTo(refused.at().plusSeconds(3));
  }

  @Test
  void afterTheWindowARepeatIsANewRow() {
    trail.refused(ANN, AuditAction.SIGN_IN, "ann", DENIED);
    clock.advance(OpenRows.WINDOW);
    trail.refused(ANN, AuditAction.SIGN_IN, "ann", DENIED);
    assertThat(all()).extracting(AuditEntry::repeats).containsExactly(1L, 1L);
  }

  @Test
  void whatDiffersInAnythingIsNotTheSame() {
    trail.refused(ANN, AuditAction.SIGN_IN, "ann", DENIED);
    trail.refused(ANN, AuditAction.SIGN_IN, "bob", DENIED);
    trail.refused(ANN, AuditAction.SIGN_IN, "ann", "LOCKED_OUT");
    trail.refused(new Who("ann", "10.0.0.2", "FTP"), AuditAction.SIGN_IN, "ann", DENIED);
    trail.refused(new Who("ann", "10.0.0.1", "API"), AuditAction.SIGN_IN, "ann", DENIED);
    trail.happened(ANN, AuditAction.DOWNLOAD, "/a", Outcome.DONE, null, "{\"bytes\":1}");
    trail.happened(ANN, AuditAction.DOWNLOAD, "/a", Outcome.DONE, null, "{\"bytes\":2}");
    assertThat(all()).hasSize(7);
  }

  @Test
  void whatAnAdministratorDoesIsNeverCounted() {
    for (int i = 0; i < 5; i++) {
      trail.done(ANN, AuditAction.LISTENER_STARTED, "ftp", null, null);
      trail.done(ANN, AuditAction.LISTENER_STOPPED, "ftp", null, null);
    }
    assertThat(all()).hasSize(10).allMatch(e -> e.repeats() == 1);
  }

  @Test
  void aFloodOfNamesAndAddressesIsBoundedAndHidesNoChange() {
    int flood = 300_000;
    for (int i = 0; i < flood; i++) {
      Who who = new Who("user" + i, "10.1." + i % 200 + ".1", "FTP");
      trail.refused(who, AuditAction.SIGN_IN, "user" + i, DENIED);
      if (i == flood / 2) {
        trail.done(ANN, AuditAction.ACCOUNT_SUSPENDED, "bob", null, null);
        trail.refused(new Who("eve", "::1", "WEB"), AuditAction.PAGE, "/a", "NO_PERMISSION");
      }
    }
    List<AuditEntry> entries = all();
    assertThat(entries).hasSize(OpenRows.BURST + 3);
    AuditEntry rest =
        entries.stream().filter(e -> AuditEntry.FLOOD.equals(e.reason())).findFirst().orElseThrow();
    assertThat(rest.repeats()).isEqualTo(flood - OpenRows.BURST);
    assertThat(rest.after())
        .isEqualTo("{\"entries\":%d,\"addresses\":200}".formatted(flood - OpenRows.BURST));
    assertThat(entries)
        .extracting(AuditEntry::action)
        .contains(AuditAction.ACCOUNT_SUSPENDED.name(), AuditAction.PAGE.name());
    assertThat(trail.lost()).isZero();
  }

  @Test
  void aFloodThatDoesNotEndGrowsSlowly() {
    int hours = 3;
    for (int minute = 0; minute < hours * 60; minute++) {
      for (int i = 0; i < 500; i++) {
        trail.refused(new Who(minute + "-" + i, "::1", "FTP"), AuditAction.SIGN_IN, "", DENIED);
      }
      clock.advance(Duration.ofSeconds(60));
    }
    int minutes = hours * 60;
    assertThat(all())
        .hasSizeBetween(
            OpenRows.BURST + (minutes - 1) * OpenRows.PER_MINUTE,
            OpenRows.BURST + minutes * OpenRows.PER_MINUTE + minutes / 5 + 1);
  }

  @Test
  void everythingThatIsAskedForMustHold() {
    Instant start = clock.instant();
    trail.refused(ANN, AuditAction.SIGN_IN, "ann", DENIED);
    clock.advance(Duration.ofSeconds(60));
    trail.done(new Who("Bob", "10.0.0.2", "API"), AuditAction.DEVICE_ADDED, "m", null, "{}");
    assertThat(all()).hasSize(2);
    assertThat(found(query("BOB", null, null, null))).containsExactly("DEVICE_ADDED");
    assertThat(found(query("", "FTP", null, null))).containsExactly("SIGN_IN");
    assertThat(found(query("", "ftp", null, null))).isEmpty();
    assertThat(found(query("", null, start.plusSeconds(1), null))).containsExactly("DEVICE_ADDED");
    assertThat(found(query("", null, null, start.plusSeconds(1)))).containsExactly("SIGN_IN");
    assertThat(found(query("wrong_cred", "FTP", start, start.plusSeconds(1))))
        .containsExactly("SIGN_IN");
    assertThat(found(query("wrong%", null, null, null))).isEmpty();
  }

  private static AuditQuery query(String text, String channel, Instant from, Instant to) {
    return new AuditQuery(
        text,
        Optional.empty(),
        Optional.empty(),
        Optional.ofNullable(channel),
        Optional.empty(),
        Optional.empty(),
        Optional.ofNullable(from),
        Optional.ofNullable(to));
  }

  private List<String> found(AuditQuery query) {
    List<String> actions = trail.page(query, 0, 10).stream().map(AuditEntry::action).toList();
    assertThat(trail.count(query)).isEqualTo(actions.size());
    return actions;
  }

  @Test
  void whatIsTooOldGoesAndThatIsAnEntry() {
    for (int i = 0; i < AuditRetention.BATCH + 5; i++) {
      trail.done(ANN, AuditAction.DEVICE_ADDED, "d" + i, null, null);
    }
    clock.advance(Duration.ofSeconds(365L * 24 * 3600 - 1));
    trail.done(ANN, AuditAction.DEVICE_DELETED, "d1", null, null);
    portal.settle();
    AuditRetention retention = new AuditRetention(portal.settings, portal.jdbi, trail, clock);
    retention.trim();
    assertThat(all()).hasSize(AuditRetention.BATCH + 6);
    clock.advance(Duration.ofSeconds(2));
    retention.trim();
    assertThat(all())
        .extracting(AuditEntry::action)
        .containsExactly("AUDIT_TRIMMED", "DEVICE_DELETED");
    assertThat(all().getFirst().before())
        .startsWith("{\"entries\":" + (AuditRetention.BATCH + 5) + ",\"until\":");
  }
}
