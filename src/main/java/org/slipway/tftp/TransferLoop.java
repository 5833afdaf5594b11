package org.slipway.tftp;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * The one loop in which all sockets and all transfers live; nothing in it blocks and nothing in it
 * needs a lock.
 */
final class TransferLoop {
  private static final Logger LOG = Logger.getLogger(TransferLoop.class.getName());
  private static final int LARGEST_DATAGRAM = 65_536;
  private static final long MILLIS = 1_000_000;

  /** Deadlines move all the time; looking at all of them so often is cheaper than sorting them. */
  private static final long COARSEST_TICK = 20 * MILLIS;

  private static final long FINEST_TICK = 5 * MILLIS;
  private static final long REGULARLY = 500 * MILLIS;

  private final Selector selector;
  private final Object waking = new Object();
  private final Queue<Runnable> calls = new ConcurrentLinkedQueue<>();
  private final TransferTable transfers = new TransferTable();
  private final RequestBudget budget = new RequestBudget();
  private final ByteBuffer in = ByteBuffer.allocateDirect(LARGEST_DATAGRAM);
  private final ByteBuffer out = ByteBuffer.allocateDirect(LARGEST_DATAGRAM);
  private long nextTick;
  private long nextRegular = System.nanoTime();
  private Runnable regular = () -> {};
  private volatile boolean stopped;

  /** A socket of the loop. */
  @FunctionalInterface
  interface Ready {
    /** The selected operations of its key are possible. */
    void ready(SelectionKey key, long now) throws IOException;
  }

  TransferLoop() throws IOException {
    selector = Selector.open();
  }

  SelectionKey register(SelectableChannel channel, Ready ready) throws IOException {
    channel.configureBlocking(false);
    return channel.register(selector, SelectionKey.OP_READ, ready);
  }

  TransferTable transfers() {
    return transfers;
  }

  RequestBudget budget() {
    return budget;
  }

  /** Has something looked at twice a second while there are transfers. */
  void regularly(Runnable look) {
    regular = look;
  }

  /** Room for what arrives; its content lasts until the next datagram. */
  ByteBuffer in() {
    return in;
  }

  /** Room for what goes out; its content lasts until the next datagram. */
  ByteBuffer out() {
    return out;
  }

  /** Runs something in the loop soon, unless it has ended; from any thread. */
  void call(Runnable action) {
    calls.add(action);
    wakeUp();
  }

  /** A closed selector must not be woken: its file descriptor may be another's. */
  private void wakeUp() {
    synchronized (waking) {
      if (selector.isOpen()) {
        selector.wakeup();
      }
    }
  }

  /** Makes {@link #run} return; from any thread. */
  void stop() {
    stopped = true;
    wakeUp();
  }

  void run() throws IOException {
    while (!stopped) {
      selector.select(this::ready, transfers.isEmpty() ? 0 : millisToTick());
      for (Runnable call = calls.poll(); call != null; call = calls.poll()) {
        runSafely(call);
      }
      tickIfDue();
    }
  }

  private static void runSafely(Runnable call) {
    try {
      call.run();
    } catch (RuntimeException | Error e) {
      LOG.log(Level.SEVERE, "A TFTP transfer failed; the others go on", e);
    }
  }

  private long millisToTick() {
    return Math.max(1, (nextTick - System.nanoTime()) / MILLIS);
  }

  private void ready(SelectionKey key) {
    try {
      ((Ready) key.attachment()).ready(key, System.nanoTime());
    } catch (CancelledKeyException e) {
      LOG.log(Level.FINEST, "The transfer ended meanwhile", e);
    } catch (IOException | RuntimeException | Error e) {
      LOG.log(Level.SEVERE, "A TFTP socket failed; the others go on", e);
    }
  }

  private void tickIfDue() {
    long now = System.nanoTime();
    if (now - nextTick >= 0) {
      // Should it fail, it is not to fail again at once.
      nextTick = now + REGULARLY;
      runSafely(() -> {
        long earliest = transfers.tick(now);
        nextTick = now + Math.clamp(earliest, FINEST_TICK, COARSEST_TICK);
      });
    }
    if (now - nextRegular >= 0) {
      nextRegular = now + REGULARLY;
      runSafely(regular);
    }
  }

  /** Closes all sockets; only when {@link #run} has returned or was never called. */
  void close() {
    try {
      for (SelectionKey key : selector.keys()) {
        key.channel().close();
      }
      synchronized (waking) {
        selector.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
