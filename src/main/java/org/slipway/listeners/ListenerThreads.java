package org.slipway.listeners;

import java.util.concurrent.Callable;
import java.util.concurrent.Future;

/**
 * The threads on which protocols run. Endless loops, sessions and bulk transfers never share an
 * executor, so that none can starve another.
 */
public interface ListenerThreads {

  /** Runs an endless loop on a platform thread of the container's managed executor. */
  Future<?> loop(String name, Runnable loop);

  /** Runs a session on a virtual thread of its own, with the container's context. */
  Future<?> session(String name, Runnable session);

  /**
   * Runs what goes on beside a session, such as its data connection, on a virtual thread of its
   * own. It needs nothing of the container, which can make it cheaper than a session.
   */
  default Future<?> beside(String name, Runnable task) {
    return session(name, task);
  }

  /**
   * Runs a bulk transfer on a platform thread at once, whatever the others do: {@code transferTo}
   * on a virtual thread would block its carrier.
   *
   * @throws java.util.concurrent.RejectedExecutionException if there are no more threads
   */
  <T> Future<T> bulk(Callable<T> transfer);

  /**
   * Runs what holds a processor for a while, such as a slow hash, on a platform thread: on a
   * virtual one it would hold up every session of its carrier. Bounded; what is too much runs on
   * the caller.
   */
  <T> Future<T> work(Callable<T> work);

  /** Runs a task again and again with a pause in between; a fault is logged and does not end it. */
  Future<?> every(String name, java.time.Duration pause, Runnable task);
}
