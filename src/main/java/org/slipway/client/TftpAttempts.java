package org.slipway.client;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;

/**
 * One transfer of {@code tftp}, begun again when it broke off in the middle: TFTP cannot go on
 * where it was. What the server refused, and a server that was never heard, are not tried again.
 */
final class TftpAttempts {
  private final TftpOptions options;
  private final Patience patience;
  private final Narration narration;

  TftpAttempts(TftpOptions options, Patience patience, Narration narration) {
    this.options = options;
    this.patience = patience;
    this.narration = narration;
  }

  /** One attempt. */
  interface Attempt {
    MovedFile run(TftpFiles files) throws IOException, TftpFailedException;
  }

  /**
   * @param explanation makes the sentence of a failure
   * @throws CommandFailedException after the last attempt
   */
  MovedFile run(
      InetSocketAddress server, TftpFailure.Direction direction, String name, Attempt attempt)
      throws IOException {
    for (Duration pause : options.pauses(patience)) {
      try {
        return once(attempt);
      } catch (TftpFailedException e) {
        if (e.kind() != TftpFailedException.Kind.BROKEN) {
          throw TftpFailure.failed(server, direction, name, e);
        }
        narration.say(
            "The transfer broke off (%s); it begins again in %d s.",
            e.getMessage(), pause.toSeconds());
        Pause.of(pause);
      }
    }
    return TftpFailure.explained(server, direction, name, () -> once(attempt));
  }

  private MovedFile once(Attempt attempt) throws IOException, TftpFailedException {
    try (UdpPorts ports = UdpPorts.open()) {
      return attempt.run(
          new TftpFiles(ports, options.waits(patience), options.sizes(), options.bars()));
    }
  }
}
