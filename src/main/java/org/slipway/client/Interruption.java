package org.slipway.client;

import java.io.IOException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Ctrl-C in the shell: ends what is under way, and not the shell. */
final class Interruption {
  private final Set<Breaking> underWay = ConcurrentHashMap.newKeySet();
  private volatile boolean wanted;

  /** How something that is under way is ended from another thread. */
  interface Breaking {
    void run() throws IOException;
  }

  /** Until it is closed. */
  interface Registration extends AutoCloseable {
    @Override
    void close();
  }

  Registration during(Breaking breaking) throws InterruptedCommandException {
    underWay.add(breaking);
    check();
    return () -> underWay.remove(breaking);
  }

  void begin() {
    wanted = false;
  }

  void interrupt() {
    wanted = true;
    for (Breaking breaking : underWay) {
      try {
        breaking.run();
      } catch (IOException e) {
        // It is over already.
      }
    }
  }

  void check() throws InterruptedCommandException {
    if (wanted) {
      throw new InterruptedCommandException();
    }
  }

  /** The user does not want it any more. */
  static final class InterruptedCommandException extends IOException {
    private InterruptedCommandException() {
      super(Text.of("interrupted"));
    }
  }
}
