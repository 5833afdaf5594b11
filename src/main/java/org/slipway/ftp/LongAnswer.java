package org.slipway.ftp;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import org.slipway.ftp.wire.Reply;

/**
 * A command whose answer takes its time, such as the checksum of a large file. Few compute at once,
 * by turns, so that neither a transfer nor a small file waits for a large one.
 */
final class LongAnswer implements Ongoing, Runnable {
  private static final Duration TURN = Duration.ofMillis(50);
  private static final Semaphore TURNS =
      new Semaphore(Math.max(1, Runtime.getRuntime().availableProcessors() / 2), true);

  private final LoggedIn owner;
  private final Work work;
  private final CountDownLatch over = new CountDownLatch(1);
  private volatile boolean aborted;
  private volatile FileChecksum checksum;
  private Thread waiting;

  /** Gives the reply; called once. */
  @FunctionalInterface
  interface Work {
    Reply answer() throws InterruptedException;
  }

  LongAnswer(LoggedIn owner, Work work) {
    this.owner = owner;
    this.work = work;
  }

  @Override
  public void run() {
    Reply reply = FtpSession.LOCAL_ERROR;
    try {
      reply = work.answer();
    } catch (InterruptedException e) {
      reply = new Reply(426, "The server is stopping.");
    } finally {
      owner.ended(reply);
      over.countDown();
    }
  }

  /**
   * Reads what the checksum is of.
   *
   * @return empty if it was broken off
   */
  Optional<String> compute(FileChecksum sum) throws InterruptedException, IOException {
    checksum = sum;
    boolean done = false;
    while (!done) {
      if (!takeTurn()) {
        return Optional.empty();
      }
      try {
        done = owner.session().services().threads().work(() -> sum.advance(TURN, this::goOn)).get();
      } catch (ExecutionException e) {
        throw new IOException("a checksum cannot be computed", e.getCause());
      } finally {
        TURNS.release();
      }
    }
    return Optional.of(sum.value());
  }

  private boolean goOn() {
    owner.session().touch();
    return !aborted;
  }

  private boolean takeTurn() throws InterruptedException {
    synchronized (this) {
      if (aborted) {
        return false;
      }
      waiting = Thread.currentThread();
    }
    boolean taken = false;
    try {
      TURNS.acquire();
      taken = true;
    } catch (InterruptedException e) {
      if (!aborted) {
        throw e;
      }
    } finally {
      synchronized (this) {
        waiting = null;
      }
    }
    if (taken && aborted) {
      Thread.interrupted();
      TURNS.release();
      taken = false;
    }
    return taken;
  }

  @Override
  public void await() throws InterruptedException {
    over.await();
  }

  @Override
  public synchronized void abort(String why) {
    aborted = true;
    if (waiting != null) {
      waiting.interrupt();
    }
  }

  /** Nobody would read the answer. */
  @Override
  public void quit() {
    abort("the client left");
  }

  /** Who waits for a turn is not idle. */
  @Override
  public synchronized void watch() {
    if (waiting != null) {
      owner.session().touch();
    }
  }

  @Override
  public void endIfStalled(Duration patience) {
    // Only the disk could stall it.
  }

  @Override
  public Optional<String> progress() {
    return Optional.ofNullable(checksum).map(FileChecksum::progress);
  }
}
