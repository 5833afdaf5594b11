package org.slipway.provisioning;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.slipway.database.GroupCommit;

/**
 * What happens in runs. The same event of the same run is stored once and counted; counting costs
 * no write, {@link #flush} writes all that has gathered.
 */
@Singleton
public final class RunEvents {
  private static final int MOST_GATHERED = 50_000;

  private final Jdbi jdbi;
  private final GroupCommit writer;
  private final Clock clock;
  private final AtomicLong lost = new AtomicLong();
  private final Map<Key, Gathered> gathered = new ConcurrentHashMap<>();

  /** Of what was handed over last, which the writer writes last. */
  private CompletableFuture<Void> handedOver = CompletableFuture.completedFuture(null);

  @Inject
  public RunEvents(Jdbi jdbi, GroupCommit writer, Clock clock) {
    this.jdbi = jdbi;
    this.writer = writer;
    this.clock = clock;
  }

  private record Key(
      UUID run, HardwareAddress mac, String protocol, String kind, String path, String reason) {
    UUID id() {
      String text = String.join("\n", "" + run, mac.text(), protocol, kind, "" + path, "" + reason);
      return UUID.nameUUIDFromBytes(text.getBytes(StandardCharsets.UTF_8));
    }
  }

  private record Gathered(Instant first, Instant last, long bytes, long count) {
    Gathered plus(Gathered newer) {
      return new Gathered(first, newer.last, newer.bytes, count + newer.count);
    }
  }

  void record(OpenRun run, String protocol, String kind, String path, long bytes, String reason) {
    record(clock.instant(), run, protocol, kind, path, bytes, reason);
  }

  /** What happened at a moment that is past already, so that it stands before what followed it. */
  void record(
      Instant at,
      OpenRun run,
      String protocol,
      String kind,
      String path,
      long bytes,
      String reason) {
    gather(new Key(run.id, run.mac, protocol, kind, path, reason), at, bytes);
  }

  /** In a run that may be over. */
  void record(UUID run, HardwareAddress mac, String kind, String reason) {
    gather(new Key(run, mac, "HTTP", kind, null, reason), clock.instant(), 0);
  }

  /** Outside of any run. */
  void record(HardwareAddress mac, String protocol, String kind, String path, String reason) {
    gather(new Key(null, mac, protocol, kind, path, reason), clock.instant(), 0);
  }

  private void gather(Key key, Instant now, long bytes) {
    if (gathered.size() >= MOST_GATHERED && !gathered.containsKey(key)) {
      lost.incrementAndGet();
      return;
    }
    gathered.merge(key, new Gathered(now, now, bytes, 1), Gathered::plus);
  }

  /** How many did not fit. */
  public long lost() {
    return lost.get();
  }

  /**
   * Hands what has gathered to the writer.
   *
   * @return completes when everything that was recorded before is written, also what another thread
   *     has handed over a moment ago: whoever reads then has all of it
   */
  public synchronized CompletableFuture<Void> flush() {
    if (handedOver.isDone()) {
      handedOver = CompletableFuture.completedFuture(null);
    }
    for (Key key : gathered.keySet()) {
      Gathered g = gathered.remove(key);
      if (g != null) {
        handedOver = writer.submit(h -> write(h, key, g));
      }
    }
    return handedOver;
  }

  private static void write(Handle h, Key key, Gathered g) {
    UUID id = key.id();
    int updated =
        h.execute(
            "UPDATE run_event SET last_at = ?, bytes = ?, repeats = repeats + ? WHERE id = ?",
            RunRows.utc(g.last()),
            g.bytes(),
            g.count(),
            id);
    if (updated == 0) {
      h.execute(
          """
          INSERT INTO run_event (id, run_id, hardware_address, at, last_at, protocol, kind, path,
            bytes, repeats, reason) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
          """,
          id,
          key.run(),
          key.mac().text(),
          RunRows.utc(g.first()),
          RunRows.utc(g.last()),
          key.protocol(),
          key.kind(),
          key.path(),
          g.bytes(),
          g.count(),
          key.reason());
    }
  }

  /** The events of a run in their order. */
  List<RunEvent> of(UUID run) {
    return jdbi.withHandle(h ->
        h.createQuery("SELECT * FROM run_event WHERE run_id = :run ORDER BY at, last_at")
            .bind("run", run)
            .map((r, c) -> read(r))
            .list());
  }

  /** What happened to a device outside of any run, newest first. */
  List<RunEvent> outsideOfRuns(HardwareAddress mac, int limit) {
    return jdbi.withHandle(h ->
        h.createQuery(
                """
                SELECT * FROM run_event WHERE hardware_address = :mac AND run_id IS NULL
                ORDER BY last_at DESC FETCH FIRST :limit ROWS ONLY
                """)
            .bind("mac", mac.text())
            .bind("limit", limit)
            .map((r, c) -> read(r))
            .list());
  }

  private static RunEvent read(ResultSet r) throws SQLException {
    return new RunEvent(
        Optional.ofNullable(r.getObject("run_id", UUID.class)),
        new HardwareAddress(r.getString("hardware_address")),
        r.getObject("at", OffsetDateTime.class).toInstant(),
        r.getObject("last_at", OffsetDateTime.class).toInstant(),
        r.getString("protocol"),
        r.getString("kind"),
        Optional.ofNullable(r.getString("path")),
        r.getLong("bytes"),
        r.getLong("repeats"),
        Optional.ofNullable(r.getString("reason")));
  }
}
