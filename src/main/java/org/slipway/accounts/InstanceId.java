package org.slipway.accounts;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;
import org.slipway.settings.Settings;

/** Names this instance among those on one database; kept in the data directory. */
@Singleton
public final class InstanceId {
  private final Jdbi jdbi;
  private final String text;

  @Inject
  public InstanceId(Settings settings, Jdbi jdbi) {
    this.jdbi = jdbi;
    this.text = readOrMake(settings.dataDirectory().resolve("instance-id"));
  }

  public String text() {
    return text;
  }

  /** Says that this instance lives; called about once a second. */
  public void heartbeat() {
    jdbi.useTransaction(h -> {
      if (h.execute("UPDATE instance SET alive_at = CURRENT_TIMESTAMP WHERE id = ?", text) == 0) {
        h.execute("INSERT INTO instance (id, alive_at) VALUES (?, CURRENT_TIMESTAMP)", text);
      }
    });
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
