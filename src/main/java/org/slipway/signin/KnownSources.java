package org.slipway.signin;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.slipway.database.GroupCommit;
import org.slipway.settings.Settings;
import org.slipway.settings.SignInSettings;

/**
 * From where each account signed in lately. Whoever comes from there again goes first, and comes in
 * while strangers are slowed down. Kept in the database: a restart in the midst of a flood must not
 * make strangers of all.
 */
@Singleton
public final class KnownSources {
  static final int MOST = 100_000;

  /** A source that is used every day is written once a day. */
  private static final Duration WRITTEN_EVERY = Duration.ofDays(1);

  private final Settings settings;
  private final Jdbi jdbi;
  private final GroupCommit writer;
  private final Clock clock;
  private final BoundedTable<Key, Instant> seen = new BoundedTable<>(MOST, Instant::getEpochSecond);

  private record Key(UUID account, Source source) {}

  @Inject
  public KnownSources(Settings settings, Jdbi jdbi, GroupCommit writer, Clock clock) {
    this.settings = settings;
    this.jdbi = jdbi;
    this.writer = writer;
    this.clock = clock;
    refresh();
  }

  synchronized boolean contains(UUID account, Source source) {
    return seen.get(new Key(account, source))
        .filter(at -> at.plus(keptFor()).isAfter(clock.instant()))
        .isPresent();
  }

  /** Remembers a sign-in. */
  void remember(UUID account, Source source) {
    Instant now = clock.instant();
    synchronized (this) {
      Key key = new Key(account, source);
      if (seen.get(key).filter(at -> at.plus(WRITTEN_EVERY).isAfter(now)).isPresent()) {
        return;
      }
      seen.put(key, now);
    }
    writer.offer(h -> write(h, account, source, now));
  }

  /** Reads what other instances learned, and forgets what is too old; called now and then. */
  public void refresh() {
    OffsetDateTime oldest =
        settings
            .keptSince(SignInSettings.LOGIN_KNOWN_FOR, clock.instant())
            .atOffset(ZoneOffset.UTC);
    jdbi.useTransaction(h -> {
      h.execute("DELETE FROM known_source WHERE seen_at < ?", oldest);
      h.createQuery(
              "SELECT account_id, source, seen_at FROM known_source ORDER BY seen_at DESC"
                  + " FETCH FIRST :most ROWS ONLY")
          .bind("most", MOST)
          .map((r, c) -> {
            Key key =
                new Key(r.getObject("account_id", UUID.class), new Source(r.getString("source")));
            take(key, r.getObject("seen_at", OffsetDateTime.class).toInstant());
            return key;
          })
          .list();
    });
  }

  private synchronized void take(Key key, Instant at) {
    if (seen.get(key).filter(own -> !own.isBefore(at)).isEmpty()) {
      seen.put(key, at);
    }
  }

  private static void write(Handle h, UUID account, Source source, Instant now) {
    OffsetDateTime at = now.atOffset(ZoneOffset.UTC);
    int changed =
        h.execute(
            "UPDATE known_source SET seen_at = ? WHERE account_id = ? AND source = ?",
            at,
            account,
            source.text());
    if (changed == 0) {
      h.execute(
          "INSERT INTO known_source (account_id, source, seen_at) VALUES (?, ?, ?)",
          account,
          source.text(),
          at);
    }
  }

  private Duration keptFor() {
    return settings.get(SignInSettings.LOGIN_KNOWN_FOR);
  }
}
