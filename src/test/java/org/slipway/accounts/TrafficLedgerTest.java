package org.slipway.accounts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slipway.accounts.TrafficLedger.Meter;
import org.slipway.audit.Who;
import org.slipway.portal.MovableClock;
import org.slipway.portal.PortalParts;

/** Traffic over the day, the month, many at once, a crash. */
class TrafficLedgerTest {
  @TempDir Path folder;
  private final MovableClock clock = new MovableClock();
  private PortalParts portal;
  private Account account;

  @BeforeEach
  void open() {
    portal = PortalParts.open(folder, clock, Map.of());
    account = portal.user("ann", "a long password", Optional.empty());
  }

  @AfterEach
  void close() {
    portal.close();
  }

  @Test
  void withoutAQuotaItIsCountedOnly() {
    move(Optional.of(5_000_000L), 5_000_000);
    move(Optional.empty(), 7);
    portal.traffic.open(account.id(), Bandwidth.Direction.UP, Optional.of(Long.MAX_VALUE)).close();
    assertMoved(5_000_007, 5_000_007);
  }

  @Test
  void exactlyTheQuotaOfTheDayIsMoved() {
    limit(Optional.of(1000L), Optional.empty());
    move(Optional.of(400L), 400);
    refused(() -> move(Optional.of(601L), 0));
    try (Meter meter =
        portal.traffic.open(account.id(), Bandwidth.Direction.UP, Optional.empty())) {
      assertThat(meter.grant(10_000)).isOne();
      meter.moved(1);
      assertThat(meter.grant(10_000)).isEqualTo(599);
      meter.moved(599);
      assertThat(meter.grant(1)).isZero();
    }
    assertMoved(1000, 1000);
    refused(() -> portal.traffic.open(account.id(), Bandwidth.Direction.UP, Optional.empty()));
    portal.traffic.open(account.id(), Bandwidth.Direction.UP, Optional.of(0L)).close();
  }

  @Test
  void itStartsAnewAtMidnightOfUtc() {
    limit(Optional.of(1000L), Optional.empty());
    moveClockTo("2026-01-02T23:59:50Z");
    move(Optional.of(1000L), 1000);
    Refusal refusal =
        refused(() -> portal.traffic.open(account.id(), Bandwidth.Direction.UP, Optional.of(1L)));
    assertThat(refusal.detail()).contains("of this day", "of 1000", "2026-01-03T00:00:00Z");
    assertThat(refusal.retryAfter()).contains(Duration.ofSeconds(10));
    clock.advance(Duration.ofSeconds(10));
    move(Optional.of(1000L), 1000);
    assertMoved(1000, 2000);
  }

  @Test
  void aTransferOverMidnightCountsOnTheDayThatItMovesOn() {
    limit(Optional.of(1000L), Optional.empty());
    moveClockTo("2026-01-02T23:59:59Z");
    try (Meter meter =
        portal.traffic.open(account.id(), Bandwidth.Direction.UP, Optional.of(1000L))) {
      meter.moved(300);
      clock.advance(Duration.ofSeconds(1));
      refused(() -> portal.traffic.open(account.id(), Bandwidth.Direction.UP, Optional.of(301L)));
      meter.moved(700);
    }
    assertMoved(700, 1000);
    settle();
    portal.crash();
    portal = PortalParts.open(folder, clock, Map.of());
    assertMoved(700, 1000);
  }

  @Test
  void itStartsAnewWithTheMonth() {
    limit(Optional.empty(), Optional.of(1500L));
    moveClockTo("2026-01-30T12:00:00Z");
    move(Optional.of(1000L), 1000);
    clock.advance(Duration.ofDays(1));
    Refusal refusal =
        refused(() -> portal.traffic.open(account.id(), Bandwidth.Direction.UP, Optional.of(501L)));
    assertThat(refusal.detail()).contains("of this month", "500 bytes are left of 1500");
    assertThat(refusal.retryAfter()).contains(Duration.ofHours(12));
    move(Optional.of(500L), 500);
    assertMoved(500, 1500);
    clock.advance(Duration.ofHours(12));
    assertMoved(0, 0);
    move(Optional.of(1500L), 1500);
    settle();
    clock.advance(Duration.ofDays(31));
    assertMoved(0, 0);
  }

  @Test
  void aGroupLimitsItsMembers() {
    portal.groups.put(
        new Group(
            "limited", "", policy(Optional.of(10L), Optional.empty()), Group.Template.EMPTY, 0),
        OptionalLong.empty(),
        Who.SYSTEM);
    portal.accounts.change(
        "ann",
        OptionalLong.empty(),
        a -> AccountEdit.of(a).access(List.of("limited"), AccessPolicy.EMPTY).account(),
        Who.SYSTEM);
    refused(() -> portal.traffic.open(account.id(), Bandwidth.Direction.UP, Optional.of(11L)));
    move(Optional.of(10L), 10);
  }

  @Test
  void aLoweredQuotaStopsATransferUnderWay() {
    limit(Optional.of(1000L), Optional.empty());
    try (Meter meter =
        portal.traffic.open(account.id(), Bandwidth.Direction.UP, Optional.of(1000L))) {
      meter.moved(500);
      limit(Optional.of(600L), Optional.empty());
      meter.moved(100);
      refused(() -> meter.moved(1));
    }
    assertMoved(601, 601);
  }

  @Test
  void manyAtOnceMoveExactlyTheQuota() throws Exception {
    long quota = 10_000_000;
    limit(Optional.of(quota), Optional.empty());
    AtomicLong moved = new AtomicLong();
    long seed = System.nanoTime();
    try (ExecutorService threads = Executors.newFixedThreadPool(64)) {
      List<Future<?>> all = new ArrayList<>();
      for (int i = 0; i < 64; i++) {
        Random random = new Random(seed + i);
        all.add(threads.submit(() -> moveUntilRefused(random, moved)));
      }
      for (Future<?> each : all) {
        each.get();
      }
    }
    assertThat(moved).as("seed " + seed).hasValue(quota);
    assertMoved(quota, quota);
    settle();
    assertMoved(quota, quota);
  }

  private void moveUntilRefused(Random random, AtomicLong moved) {
    while (true) {
      boolean known = random.nextBoolean();
      long size = 1 + random.nextInt(20_000);
      try (Meter meter =
          portal.traffic.open(
              account.id(), Bandwidth.Direction.UP, known ? Optional.of(size) : Optional.empty())) {
        long left = random.nextInt(4) == 0 ? size / 2 : size;
        long granted;
        while (left > 0 && (granted = meter.grant(Math.min(left, 4096))) > 0) {
          meter.moved(granted);
          moved.addAndGet(granted);
          left -= granted;
        }
        if (random.nextInt(50) == 0) {
          portal.traffic.flush();
        }
      } catch (RefusedException e) {
        if (!known && portal.traffic.usage(account.id()).dayBytes() == 10_000_000) {
          return;
        }
      }
    }
  }

  @Test
  void aCrashLosesAtMostWhatWasNotFlushed() {
    move(Optional.of(1000L), 1000);
    settle();
    move(Optional.of(50L), 50);
    portal.crash();
    portal = PortalParts.open(folder, clock, Map.of());
    assertMoved(1000, 1000);
    move(Optional.of(1L), 1);
    portal.close();
    portal = PortalParts.open(folder, clock, Map.of());
    assertMoved(1001, 1001);
  }

  @Test
  void anotherInstanceCountsToo(@TempDir Path other) {
    Map<String, String> same =
        Map.of("slipway.db.url", "jdbc:h2:mem:traffic" + account.id() + ";DB_CLOSE_DELAY=-1");
    try (PortalParts one = PortalParts.open(folder.resolve("one"), clock, same);
        PortalParts two = PortalParts.open(other, clock, same)) {
      account = one.user("bob", "a long password", Optional.empty());
      two.changes.poll();
      moveAt(one, 100);
      moveAt(two, 20);
      settle(one);
      settle(two);
      clock.advance(Duration.ofSeconds(2));
      moveAt(one, 3);
      settle(one);
      assertThat(one.traffic.usage(account.id()).dayBytes()).isEqualTo(123);
    }
  }

  @Test
  void whatIsOldOrOfADeletedAccountGoes() {
    move(Optional.of(10L), 10);
    settle();
    clock.advance(Duration.ofDays(390));
    settle();
    assertThat(rows()).isOne();
    clock.advance(Duration.ofDays(10));
    settle();
    assertThat(rows()).isZero();
    move(Optional.of(10L), 10);
    settle();
    assertThat(rows()).isOne();
    move(Optional.of(10L), 10);
    portal.accounts.delete("ann", true, Who.SYSTEM);
    settle();
    assertThat(rows()).isZero();
  }

  private void move(Optional<Long> expected, long bytes) {
    try (Meter meter = portal.traffic.open(account.id(), Bandwidth.Direction.UP, expected)) {
      meter.moved(bytes);
    }
  }

  private void moveAt(PortalParts at, long bytes) {
    try (Meter meter = at.traffic.open(account.id(), Bandwidth.Direction.UP, Optional.of(bytes))) {
      meter.moved(bytes);
    }
  }

  private void settle() {
    settle(portal);
  }

  private static void settle(PortalParts at) {
    at.traffic.flush();
    at.settle();
  }

  private void limit(Optional<Long> perDay, Optional<Long> perMonth) {
    portal.accounts.change(
        "ann",
        OptionalLong.empty(),
        a -> AccountEdit.of(a).access(List.of(), policy(perDay, perMonth)).account(),
        Who.SYSTEM);
  }

  private static AccessPolicy policy(Optional<Long> perDay, Optional<Long> perMonth) {
    return new AccessPolicy(
        Optional.empty(),
        List.of(),
        Optional.empty(),
        List.of(),
        List.of(),
        Optional.empty(),
        perDay,
        perMonth);
  }

  private void moveClockTo(String instant) {
    clock.advance(Duration.between(clock.instant(), Instant.parse(instant)));
    assertThat(clock.getZone()).isEqualTo(ZoneOffset.UTC);
  }

  private static Refusal refused(ThrowingCallable call) {
    Refusal[] refusal = new Refusal[1];
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(RefusedException.class, e -> refusal[0] = e.refusal());
    assertThat(refusal[0].kind()).isEqualTo(Refusal.Kind.OVER_TRAFFIC);
    return refusal[0];
  }

  private long rows() {
    return portal.jdbi.withHandle(
        h -> h.createQuery("SELECT COUNT(*) FROM traffic").mapTo(long.class).one());
  }

  private void assertMoved(long day, long month) {
    TrafficLedger.Usage usage = portal.traffic.usage(account.id());
    assertThat(usage.dayBytes()).isEqualTo(day);
    assertThat(usage.monthBytes()).isEqualTo(month);
  }
}
