package org.slipway.audit;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.slipway.audit.AuditEntry.Outcome;

/**
 * Decides whether an entry is a row of its own. What is seen again within a window is counted in
 * its row; of different entries that were not done (anybody can be refused as often as he likes)
 * only so many a minute and channel get a row, and one row stands for the rest. What was done
 * always gets its row.
 */
final class OpenRows {
  /** After it a repeat begins a new row, so that a row stands where its time is. */
  static final Duration WINDOW = Duration.ofMinutes(5);

  /** So many rows may be counted on; beyond it the one not seen for longest is closed. */
  static final int MOST_OPEN = 2048;

  /** So many rows a channel gets at once, and so many a minute after that. */
  static final int BURST = 200;

  static final int PER_MINUTE = 20;

  private final Map<Key, OpenRow> open =
      new LinkedHashMap<>(64, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, OpenRow> eldest) {
          return size() > MOST_OPEN;
        }
      };
  private final Map<Kind, OpenRow> summaries = new HashMap<>();
  private final Map<String, Allowance> allowances = new HashMap<>();

  private record Key(
      Who who, AuditAction action, String subject, Outcome outcome, String reason, String after) {}

  private record Kind(String channel, AuditAction action, Outcome outcome) {}

  /** The row that the entry belongs to; it is not counted yet. */
  synchronized OpenRow of(AuditRows.Fixed entry, Instant now) {
    boolean done = entry.outcome() == Outcome.DONE;
    Key key = done && !entry.action().isFrequent() ? null : key(entry, done);
    OpenRow known = key == null ? null : open.get(key);
    if (known != null && isOpen(known, now)) {
      return known;
    }
    if (!done && !allowance(entry.who().channel(), now).take(now)) {
      return summary(entry, now);
    }
    OpenRow row = OpenRow.of(entry, now);
    if (key != null) {
      open.put(key, row);
    }
    return row;
  }

  /** Two transfers are the same only if they moved the same; two refusals whatever they moved. */
  private static Key key(AuditRows.Fixed entry, boolean done) {
    return new Key(
        entry.who(),
        entry.action(),
        entry.subject(),
        entry.outcome(),
        entry.reason(),
        done ? entry.before() + " " + entry.after() : null);
  }

  private static boolean isOpen(OpenRow row, Instant now) {
    return now.isBefore(row.first().plus(WINDOW));
  }

  private Allowance allowance(String channel, Instant now) {
    return allowances.computeIfAbsent(channel, c -> new Allowance(BURST, PER_MINUTE, now));
  }

  private OpenRow summary(AuditRows.Fixed entry, Instant now) {
    Kind kind = new Kind(entry.who().channel(), entry.action(), entry.outcome());
    OpenRow known = summaries.get(kind);
    if (known != null && isOpen(known, now)) {
      return known;
    }
    OpenRow row =
        OpenRow.summary(
            new AuditRows.Fixed(
                new Who("", "", kind.channel()),
                kind.action(),
                null,
                kind.outcome(),
                AuditEntry.FLOOD,
                null,
                null),
            now);
    summaries.put(kind, row);
    return row;
  }
}
