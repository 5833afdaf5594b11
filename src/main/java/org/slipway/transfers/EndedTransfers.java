package org.slipway.transfers;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jdbi.v3.core.Handle;
import org.slipway.database.GroupCommit;

/** Transfers on their way into the history: those that end together are written together. */
final class EndedTransfers {
  private static final int CAPACITY = 20_000;

  private final GroupCommit writer;
  private final BlockingQueue<TransferRecord> waiting = new ArrayBlockingQueue<>(CAPACITY);
  private final AtomicBoolean asked = new AtomicBoolean();

  EndedTransfers(GroupCommit writer) {
    this.writer = writer;
  }

  /** Never waits: false, and nothing queued, when there is no room. */
  boolean offer(TransferRecord transfer) {
    if (!waiting.offer(transfer)) {
      return false;
    }
    return ask() || !waiting.remove(transfer);
  }

  private boolean ask() {
    if (asked.getAndSet(true) || writer.offer(new Write()::to)) {
      return true;
    }
    asked.set(false);
    return false;
  }

  /** One group; if it cannot be written as a whole, each of it is tried alone. */
  private final class Write {
    private List<TransferRecord> group;

    void to(Handle handle) {
      if (group == null) {
        group = next();
        if (!group.isEmpty()) {
          TransferRows.insert(handle, group);
        }
      } else {
        group.forEach(one -> writer.offer(h -> TransferRows.insert(h, List.of(one))));
      }
    }

    /** The mark goes first: what comes behind the last of the group asks again. */
    private List<TransferRecord> next() {
      List<TransferRecord> next = new ArrayList<>();
      asked.set(false);
      waiting.drainTo(next);
      return next;
    }
  }
}
