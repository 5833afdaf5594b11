package org.slipway.client;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Moves many files, several at once, each over a session of its own.
 *
 * @param <J> what says which file is to be moved
 */
final class FtpJobs<J> {
  private final FtpLogin login;
  private final int most;
  private final Work<J> work;
  private RuntimeException fault;

  /**
   * @param most files at once
   */
  FtpJobs(FtpLogin login, int most, Work<J> work) {
    this.login = login;
    this.most = most;
    this.work = work;
  }

  /** Moves one file. */
  interface Work<J> {
    MovedFile run(FtpSession session, J job) throws IOException;
  }

  /** Is told of each file; from one thread at a time. */
  interface Listener<J> {
    void moved(MovedFile file);

    /**
     * @return whether the files that wait are still wanted
     */
    boolean failed(J job, Exception problem);
  }

  /** Returns when each file was moved, has failed or is not wanted any more. */
  void run(FtpSession first, List<J> jobs, Listener<J> listener) {
    Queue<J> waiting = new ConcurrentLinkedQueue<>(jobs);
    List<Thread> threads = new ArrayList<>();
    for (int i = 1; i < Math.min(most, jobs.size()); i++) {
      threads.add(Thread.ofVirtual().start(() -> helpOut(waiting, listener)));
    }
    work(first, waiting, listener);
    for (Thread thread : threads) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
    synchronized (this) {
      if (fault != null) {
        throw fault;
      }
    }
  }

  /** Where no further session can be had, those that there are do all the work. */
  private void helpOut(Queue<J> waiting, Listener<J> listener) {
    try (FtpSession session = FtpSession.open(login)) {
      work(session, waiting, listener);
    } catch (IOException e) {
      Thread.yield();
    }
  }

  private void work(FtpSession session, Queue<J> waiting, Listener<J> listener) {
    for (J job = waiting.poll(); job != null; job = waiting.poll()) {
      try {
        MovedFile file = work.run(session, job);
        synchronized (this) {
          listener.moved(file);
        }
      } catch (IOException | CommandFailedException e) {
        synchronized (this) {
          if (!listener.failed(job, e)) {
            waiting.clear();
          }
        }
      } catch (RuntimeException | Error e) {
        // Nobody else hears of it: a file that is missing must not look like one that was moved.
        synchronized (this) {
          fault = e instanceof RuntimeException known ? known : new IllegalStateException(e);
          waiting.clear();
        }
      }
    }
  }
}
