package org.slipway.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.JdbiException;
import org.jdbi.v3.core.statement.UnableToExecuteStatementException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slipway.settings.Settings;

class ChangesTest {
  @TempDir Path folder;
  private final AtomicInteger attempts = new AtomicInteger();
  private Database database;
  private Changes changes;

  @BeforeEach
  void open() {
    Map<String, String> values = Map.of("slipway.data.dir", folder.toString());
    database = MigratedDatabase.open(new Settings(values::get, name -> null));
    changes = new Changes(database.jdbi());
  }

  @AfterEach
  void close() {
    database.close();
  }

  /** As H2 does it when a write of another connection has failed. */
  private void closeUnderEverybody() {
    try {
      database.jdbi().useHandle(other -> other.execute("SHUTDOWN IMMEDIATELY"));
    } catch (JdbiException e) {
      // Its own connection is gone too.
    }
  }

  private int insert(Handle handle, long revision) {
    return handle.execute(
        "INSERT INTO deleted_row (topic, row_key, revision) VALUES (?, ?, ?)",
        Topic.values()[0].name(),
        "key",
        revision);
  }

  @Test
  void aChangeUnderWhichTheDatabaseWasClosedIsMadeAfterAll() {
    changes.make(
        Topic.values()[0],
        (handle, revision) -> {
          if (attempts.incrementAndGet() == 1) {
            closeUnderEverybody();
          }
          return insert(handle, revision);
        });
    assertThat(attempts).hasValueGreaterThan(1);
    long rows =
        database
            .jdbi()
            .withHandle(h ->
                h.createQuery("SELECT COUNT(*) FROM deleted_row WHERE row_key = 'key'")
                    .mapTo(long.class)
                    .one());
    assertThat(rows).isOne();
  }

  @Test
  void whatFailsByItselfIsTriedOnce() {
    assertThatThrownBy(() ->
            changes.make(
                Topic.values()[0],
                (handle, revision) -> {
                  attempts.incrementAndGet();
                  insert(handle, revision);
                  return insert(handle, revision);
                }))
        .isInstanceOf(UnableToExecuteStatementException.class);
    assertThat(attempts).hasValue(1);
  }
}
