package org.slipway.listeners;

import java.util.concurrent.Callable;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The platform threads of bulk transfers. A transfer whose peer stalls holds its thread until it
 * goes on or is ended; so nothing ever waits for a thread: there is a new one whenever all are
 * taken. A session moves one file at a time, so that the limit of the sessions bounds the threads.
 */
public final class BulkThreads implements AutoCloseable {
  private static final int KEPT_SECONDS = 30;

  private final ThreadPoolExecutor threads =
      new ThreadPoolExecutor(
          0,
          Integer.MAX_VALUE,
          KEPT_SECONDS,
          TimeUnit.SECONDS,
          new SynchronousQueue<>(),
          Thread.ofPlatform().daemon().name("slipway-bulk-", 0).factory());

  /**
   * @throws RejectedExecutionException if the machine gives no more threads
   */
  public <T> Future<T> submit(Callable<T> transfer) {
    try {
      return threads.submit(transfer);
    } catch (OutOfMemoryError e) {
      throw new RejectedExecutionException("the machine gives no more threads", e);
    }
  }

  /** How many transfers run now. */
  public int running() {
    return threads.getActiveCount();
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
