package org.slipway.database;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jdbi.v3.core.ConnectionException;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.StatementException;

/**
 * The only way to change what a snapshot shows. A change takes the next revision of its topic,
 * which also makes changes of one topic follow one another; when it has committed, the snapshots of
 * this instance are replaced before the call returns, those of other instances when they next poll.
 */
@Singleton
public final class Changes {
  private static final Logger LOG = Logger.getLogger(Changes.class.getName());

  private final Jdbi jdbi;
  private final Map<Topic, List<Snapshot<?, ?>>> snapshots = new EnumMap<>(Topic.class);

  /** Said once, not twice a second until a full disk has room again. */
  private volatile boolean unread;

  @Inject
  public Changes(Jdbi jdbi) {
    this.jdbi = jdbi;
    for (Topic topic : Topic.values()) {
      snapshots.put(topic, new CopyOnWriteArrayList<>());
    }
  }

  /** Work inside the transaction of a change. */
  @FunctionalInterface
  public interface Work<R> {
    /**
     * @param revision to be written into every row that the change inserts or updates
     */
    R apply(Handle handle, long revision);
  }

  /** Runs one change in one transaction and makes it visible. An exception undoes all of it. */
  public <R> R make(Topic topic, Work<R> work) {
    R result = madeOn(Database.MOST_CONNECTIONS, topic, work);
    refresh(topic);
    return result;
  }

  /**
   * When the write of somebody else fails, H2 closes the database under everybody. A change that
   * was not yet being committed is tried on the next connection, until the pool has dropped those
   * that are dead: the database is opened anew then, and says itself what is wrong.
   */
  private <R> R madeOn(int connections, Topic topic, Work<R> work) {
    try {
      return attempt(topic, work);
    } catch (ConnectionException | StatementException e) {
      if (connections == 0 || !ClosedDatabase.failed(e)) {
        throw e;
      }
      return madeOn(connections - 1, topic, work);
    }
  }

  private <R> R attempt(Topic topic, Work<R> work) {
    return jdbi.inTransaction(h -> work.apply(h, nextRevision(h, topic)));
  }

  /** Remembers inside a change that a row is gone. */
  public static void rowDeleted(Handle handle, Topic topic, String key, long revision) {
    forgetDeleted(handle, topic, key);
    handle.execute(
        "INSERT INTO deleted_row (topic, row_key, revision) VALUES (?, ?, ?)",
        topic.name(),
        key,
        revision);
  }

  /** Remembers inside a change that a row that was deleted once is there again. */
  public static void forgetDeleted(Handle handle, Topic topic, String key) {
    handle.execute("DELETE FROM deleted_row WHERE topic = ? AND row_key = ?", topic.name(), key);
  }

  /** Looks whether another instance on the same database changed something; a fault is logged. */
  public void poll() {
    try {
      for (Topic topic : Topic.values()) {
        refresh(topic);
      }
      unread = false;
    } catch (RuntimeException e) {
      if (!unread) {
        LOG.log(Level.SEVERE, "The database cannot be read for changes; it is tried again", e);
      }
      unread = true;
    }
  }

  void register(Topic topic, Snapshot<?, ?> snapshot) {
    snapshots.get(topic).add(snapshot);
  }

  private void refresh(Topic topic) {
    for (Snapshot<?, ?> snapshot : snapshots.get(topic)) {
      snapshot.refresh();
    }
  }

  private static long nextRevision(Handle handle, Topic topic) {
    handle.execute(
        "UPDATE topic_revision SET revision = revision + 1 WHERE topic = ?", topic.name());
    return currentRevision(handle, topic);
  }

  static long currentRevision(Handle handle, Topic topic) {
    return handle
        .createQuery("SELECT revision FROM topic_revision WHERE topic = :topic")
        .bind("topic", topic.name())
        .mapTo(long.class)
        .one();
  }
}
