package org.slipway.accounts;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;
import org.slipway.settings.Settings;

/** Names this instance among those on one database; kept in the data directory. */
@Singleton
public final class InstanceId {
  private static final Duration SILENT_WHEN_DEAD = Duration.ofSeconds(30);

  private final Jdbi jdbi;
  private final Clock clock;
  private final String text;

  @Inject
  public InstanceId(Settings settings, Jdbi jdbi, Clock clock) {
    this.jdbi = jdbi;
    this.clock = clock;
    this.text = readOrMake(settings.dataDirectory().resolve("instance-id"));
  }

  public String text() {
    return text;
  }

  /** Says that this instance lives; called about once a second. */
  public void heartbeat() {
    OffsetDateTime now = clock.instant().atOffset(ZoneOffset.UTC);
    jdbi.useTransaction(h -> {
      if (h.execute("UPDATE instance SET alive_at = ? WHERE id = ?", now, text) == 0) {
        h.execute("INSERT INTO instance (id, alive_at) VALUES (?, ?)", text, now);
      }
    });
  }

  /** An instance that was last alive before this is dead. */
  OffsetDateTime deadBefore() {
    return clock.instant().minus(SILENT_WHEN_DEAD).atOffset(ZoneOffset.UTC);
  }

  private static String readOrMake(Path file) {
    try {
      if (Files.exists(file)) {
        return UUID.fromString(Files.readString(file).strip()).toString();
      }
      String made = UUID.randomUUID().toString();
      Files.writeString(file, made + "\n");
      return made;
    } catch (IOException e) {
      throw new UncheckedIOException("the data directory cannot be used", e);
    }
  }
}
