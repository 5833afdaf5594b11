package org.slipway.listeners;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ContextService;
import jakarta.enterprise.concurrent.ManagedExecutorDefinition;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;

/** The threads of the container: loops on a managed executor, sessions on virtual threads. */
@Singleton
@ManagedExecutorDefinition(name = "java:app/slipway/loops", maxAsync = 16, hungTaskThreshold = 0)
public class ManagedThreads implements ListenerThreads {
  private static final Logger LOG = Logger.getLogger(ManagedThreads.class.getName());

  private static final int WORK_THREADS = 256;

  @Resource(lookup = "java:app/slipway/loops")
  private ManagedExecutorService loops;

  @Resource private ContextService context;

  /**
   * Runs something in the context of the application. Made once: the container searches its class
   * path each time, which would cost more than a small file's whole transfer.
   */
  private Executor portal;

  private final ExecutorService sessions =
      Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("slipway-session-", 0).factory());
  private final BulkThreads bulk = new BulkThreads();
  private final ThreadPoolExecutor work = workPool();

  @PostConstruct
  void captureContext() {
    Executor here = Runnable::run;
    portal = context.createContextualProxy(here, Executor.class);
  }

  private static ThreadPoolExecutor workPool() {
    return new ThreadPoolExecutor(
        0,
        WORK_THREADS,
        30,
        TimeUnit.SECONDS,
        new SynchronousQueue<>(),
        Thread.ofPlatform().daemon().name("slipway-work-", 0).factory(),
        new ThreadPoolExecutor.CallerRunsPolicy());
  }

  @Override
  public Future<?> loop(String name, Runnable loop) {
    return loops.submit(loop);
  }

  @Override
  public Future<?> session(String name, Runnable session) {
    return beside(name, () -> portal.execute(session));
  }

  @Override
  public Future<?> beside(String name, Runnable task) {
    return sessions.submit(() -> {
      try {
        task.run();
      } catch (RuntimeException | Error e) {
        LOG.log(Level.SEVERE, "The session " + name + " ended by a fault", e);
      }
    });
  }

  @Override
  public <T> Future<T> bulk(Callable<T> transfer) {
    return bulk.submit(transfer);
  }

  @Override
  public <T> Future<T> work(Callable<T> task) {
    return work.submit(task);
  }

  @Override
  public Future<?> every(String name, Duration pause, Runnable task) {
    return loops.submit(() -> {
      while (!Thread.currentThread().isInterrupted()) {
        try {
          TimeUnit.NANOSECONDS.sleep(pause.toNanos());
          task.run();
        } catch (InterruptedException e) {
          return;
        } catch (RuntimeException | Error e) {
          LOG.log(Level.SEVERE, "The task " + name + " failed and goes on", e);
        }
      }
    });
  }

  @PreDestroy
  void shutDown() {
    sessions.shutdownNow();
    bulk.close();
    work.shutdownNow();
  }
}
