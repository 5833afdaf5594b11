package org.slipway.provisioning;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.slipway.database.GroupCommit;

/**
 * Hardware addresses that asked and that nobody has entered. Only the newest {@value #MOST} are
 * kept, however many a flood invents.
 */
@Singleton
public final class UnknownDevices {
  static final int MOST = 1000;

  private final GroupCommit writer;
  private final Clock clock;
  private final Devices devices;
  private final Map<HardwareAddress, Seen> seen =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<HardwareAddress, Seen> eldest) {
          return size() > MOST;
        }
      };
  private boolean changed;

  @Inject
  public UnknownDevices(Jdbi jdbi, GroupCommit writer, Clock clock, Devices devices) {
    this.writer = writer;
    this.clock = clock;
    this.devices = devices;
    jdbi.withHandle(UnknownDevices::stored).forEach(s -> seen.put(s.hardwareAddress(), s));
  }

  /**
   * An address that asked.
   *
   * @param from numeric address of the sender or of its relay
   */
  public record Seen(
      HardwareAddress hardwareAddress,
      Instant firstSeen,
      Instant lastSeen,
      long count,
      String from) {}

  synchronized void record(HardwareAddress mac, String from) {
    Instant now = clock.instant();
    Seen old = seen.get(mac);
    seen.put(
        mac,
        new Seen(
            mac,
            old == null ? now : old.firstSeen(),
            now,
            old == null ? 1 : old.count() + 1,
            from));
    changed = true;
  }

  /** Newest first; without those that were entered meanwhile. */
  public synchronized List<Seen> newestFirst() {
    return seen.values().stream()
        .filter(s -> devices.find(s.hardwareAddress()).isEmpty())
        .sorted(Comparator.comparing(Seen::lastSeen).reversed())
        .toList();
  }

  /** Hands them to the writer if something changed; called every few seconds. */
  public synchronized void flush() {
    if (changed) {
      Map<HardwareAddress, Seen> now = new HashMap<>(seen);
      changed = !writer.offer(h -> replace(h, now));
    }
  }

  private static void replace(Handle h, Map<HardwareAddress, Seen> all) {
    h.execute("DELETE FROM unknown_device");
    var batch =
        h.prepareBatch(
            """
            INSERT INTO unknown_device (hardware_address, first_seen, last_seen, requests, seen_from)
            VALUES (:mac, :first, :last, :requests, :from)
            """);
    all.values()
        .forEach(s ->
            batch
                .bind("mac", s.hardwareAddress().text())
                .bind("first", RunRows.utc(s.firstSeen()))
                .bind("last", RunRows.utc(s.lastSeen()))
                .bind("requests", s.count())
                .bind("from", s.from())
                .add());
    if (batch.size() > 0) {
      batch.execute();
    }
  }

  private static List<Seen> stored(Handle h) {
    return h.createQuery("SELECT * FROM unknown_device ORDER BY last_seen")
        .map((r, c) ->
            new Seen(
                new HardwareAddress(r.getString("hardware_address")),
                r.getObject("first_seen", OffsetDateTime.class).toInstant(),
                r.getObject("last_seen", OffsetDateTime.class).toInstant(),
                r.getLong("requests"),
                r.getString("seen_from")))
        .list();
  }
}
