package org.slipway.client;

import java.time.Duration;

/** Waits before something is tried again. */
final class Pause {
  private Pause() {}

  static void of(Duration duration) {
    try {
      Thread.sleep(duration);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CommandFailedException(ExitCode.FAILED, Text.of("Interrupted."), e);
    }
  }
}
