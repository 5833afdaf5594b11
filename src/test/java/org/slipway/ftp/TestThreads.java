package org.slipway.ftp;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.slipway.listeners.BulkThreads;
import org.slipway.listeners.ListenerThreads;

/** The threads of the container, without a container. */
final class TestThreads implements ListenerThreads, AutoCloseable {
  private static final Logger LOG = Logger.getLogger(TestThreads.class.getName());

  private final ExecutorService loops =
      Executors.newThreadPerTaskExecutor(Thread.ofPlatform().daemon().name("loop-", 0).factory());
  private final ExecutorService sessions = Executors.newVirtualThreadPerTaskExecutor();
  private final BulkThreads bulk = new BulkThreads();
  private final AtomicInteger open = new AtomicInteger();

  @Override
  public Future<?> loop(String name, Runnable loop) {
    return loops.submit(loop);
  }

  @Override
  public Future<?> session(String name, Runnable session) {
    open.incrementAndGet();
    return sessions.submit(() -> {
      try {
        session.run();
      } catch (RuntimeException | Error e) {
        LOG.log(Level.SEVERE, "The session " + name + " ended by a fault", e);
      } finally {
        open.decrementAndGet();
      }
    });
  }

  @Override
  public <T> Future<T> bulk(Callable<T> transfer) {
    return bulk.submit(transfer);
  }

  /** Sessions and transfers that have not come to their end. */
  int busy() {
    return open.get() + bulk.running();
  }

  @Override
  public <T> Future<T> work(Callable<T> work) {
    return bulk(work);
  }

  @Override
  public Future<?> every(String name, Duration pause, Runnable task) {
    return loops.submit(() -> {
      while (true) {
        TimeUnit.NANOSECONDS.sleep(pause.toNanos());
        task.run();
      }
    });
  }

  @Override
  public void close() {
    sessions.shutdownNow();
    bulk.close();
    loops.shutdownNow();
  }
}
