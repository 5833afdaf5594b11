package org.slipway.database;

import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * An immutable copy of the rows of one topic, for readers that must not wait for the database. It
 * is replaced, never changed, and reads only the rows that are newer than what it has.
 *
 * @param <K> key of a row
 * @param <V> a row as a value
 */
public final class Snapshot<K, V> {

  /** Reads the rows with a revision above the given one. */
  @FunctionalInterface
  public interface Loader<V> {
    List<V> newerThan(Handle handle, long revision);
  }

  private final Jdbi jdbi;
  private final Topic topic;
  private final Loader<V> loader;
  private final Function<V, K> keyOf;
  private final Function<String, K> keyFromText;
  private final ReentrantLock refreshing = new ReentrantLock();
  private final List<Listener<K, V>> listeners = new CopyOnWriteArrayList<>();
  private volatile Map<K, V> rows = Map.of();
  private volatile long revision = -1;

  /** Told after a replacement, on the thread that made it. */
  @FunctionalInterface
  public interface Listener<K, V> {
    void replaced(Map<K, V> rows, Set<K> changed);
  }

  public Snapshot(
      Jdbi jdbi,
      Changes changes,
      Topic topic,
      Loader<V> loader,
      Function<V, K> keyOf,
      Function<String, K> keyFromText) {
    this.jdbi = jdbi;
    this.topic = topic;
    this.loader = loader;
    this.keyOf = keyOf;
    this.keyFromText = keyFromText;
    refresh();
    changes.register(topic, this);
  }

  /** All rows; never changes under the reader. */
  public Map<K, V> rows() {
    return rows;
  }

  public void onReplaced(Listener<K, V> listener) {
    listeners.add(listener);
  }

  void refresh() {
    refreshing.lock();
    try {
      Optional<Loaded<K, V>> loaded = jdbi.inTransaction(this::load);
      // Not before the transaction has ended well: who is to be told would not be told again.
      loaded.ifPresent(this::replace);
    } finally {
      refreshing.unlock();
    }
  }

  /** What the database has. */
  private record Loaded<K, V>(Map<K, V> rows, long revision, Set<K> changed) {}

  private void replace(Loaded<K, V> loaded) {
    rows = loaded.rows();
    revision = loaded.revision();
    if (!loaded.changed().isEmpty()) {
      listeners.forEach(l -> l.replaced(rows, loaded.changed()));
    }
  }

  /** Empty if nothing is newer. */
  private Optional<Loaded<K, V>> load(Handle handle) {
    long newest = Changes.currentRevision(handle, topic);
    if (newest == revision) {
      return Optional.empty();
    }
    List<V> fresh = loader.newerThan(handle, revision);
    List<K> gone = deletedSince(handle);
    Map<K, V> next = new HashMap<>(rows);
    Set<K> changed = new HashSet<>(gone);
    gone.forEach(next::remove);
    for (V row : fresh) {
      next.put(keyOf.apply(row), row);
      changed.add(keyOf.apply(row));
    }
    return Optional.of(new Loaded<>(Collections.unmodifiableMap(next), newest, changed));
  }

  private List<K> deletedSince(Handle handle) {
    return handle
        .createQuery(
            "SELECT row_key FROM deleted_row WHERE topic = :topic AND revision > :revision")
        .bind("topic", topic.name())
        .bind("revision", revision)
        .mapTo(String.class)
        .list()
        .stream()
        .map(keyFromText)
        .toList();
  }
}
