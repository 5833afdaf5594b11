package org.slipway.tftp;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.slipway.listeners.ListenerThreads;

/** Threads without a container. */
final class PlainThreads implements ListenerThreads, AutoCloseable {
  private final ExecutorService platform = Executors.newCachedThreadPool();
  private final ExecutorService virtual = Executors.newVirtualThreadPerTaskExecutor();

  @Override
  public Future<?> loop(String name, Runnable loop) {
    return platform.submit(loop);
  }

  @Override
  public Future<?> session(String name, Runnable session) {
    return virtual.submit(session);
  }

  @Override
  public <T> Future<T> bulk(Callable<T> transfer) {
    return platform.submit(transfer);
  }

  @Override
  public <T> Future<T> work(Callable<T> work) {
    return bulk(work);
  }

  @Override
  public Future<?> every(String name, Duration pause, Runnable task) {
    throw new UnsupportedOperationException("not used here");
  }

  @Override
  public void close() {
    virtual.close();
    platform.shutdownNow();
    platform.close();
  }
}
