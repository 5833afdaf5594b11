package org.slipway.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slipway.settings.Settings;

/** Who is told of a change, whatever becomes of the connection that read it. */
class SnapshotTest {
  @TempDir Path folder;
  private final AtomicReference<Connection> used = new AtomicReference<>();
  private final List<Set<String>> told = new ArrayList<>();
  private Database database;
  private Changes changes;
  private boolean breaks;

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

  private List<String> load(Handle handle, long revision) {
    used.set(handle.getConnection());
    return List.of();
  }

  /** Called when everything is read, before the transaction ends. */
  private String key(String text) {
    if (breaks) {
      breaks = false;
      try {
        used.get().unwrap(org.h2.jdbc.JdbcConnection.class).close();
      } catch (SQLException e) {
        throw new IllegalStateException(e);
      }
    }
    return text;
  }

  @Test
  void aChangeIsToldThoughTheConnectionBrokeWhileItWasRead() {
    Snapshot<String, String> snapshot =
        new Snapshot<>(database.jdbi(), changes, Topic.DEVICES, this::load, row -> row, this::key);
    snapshot.onReplaced((rows, changed) -> told.add(changed));
    breaks = true;
    assertThatThrownBy(() ->
            changes.make(
                Topic.DEVICES,
                (h, revision) -> {
                  Changes.rowDeleted(h, Topic.DEVICES, "gone", revision);
                  return null;
                }))
        .isInstanceOf(RuntimeException.class);
    assertThat(told).isEmpty();
    changes.poll();
    assertThat(told).containsExactly(Set.of("gone"));
  }
}
