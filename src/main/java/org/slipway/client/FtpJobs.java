package org.slipway.client;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Moves many files, several at once, each over a session of its own. */
final class FtpJobs {
  private final FtpLogin login;
  private final int most;
  private final FtpTransfer transfer;

  /**
   * @param most files at once
   */
  FtpJobs(FtpLogin login, int most, FtpTransfer transfer) {
    this.login = login;
    this.most = most;
    this.transfer = transfer;
  }

  /** Is told of each file; from one thread at a time. */
  interface Listener {
    void moved(MovedFile file);

    void failed(FtpJob job, Exception problem);
  }

  /** Returns when each file was moved or has failed. */
  void run(FtpSession first, List<FtpJob> jobs, Listener listener) {
    Queue<FtpJob> waiting = new ConcurrentLinkedQueue<>(jobs);
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
  }

  /** Where no further session can be had, those that there are do all the work. */
  private void helpOut(Queue<FtpJob> waiting, Listener listener) {
    try (FtpSession session = FtpSession.open(login)) {
      work(session, waiting, listener);
    } catch (IOException e) {
      Thread.yield();
    }
  }

  private void work(FtpSession session, Queue<FtpJob> waiting, Listener listener) {
    for (FtpJob job = waiting.poll(); job != null; job = waiting.poll()) {
      try {
        MovedFile file = transfer.run(session, job);
        synchronized (this) {
          listener.moved(file);
        }
      } catch (IOException | CommandFailedException e) {
        synchronized (this) {
          listener.failed(job, e);
        }
      }
    }
  }
}
