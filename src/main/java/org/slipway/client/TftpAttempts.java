package org.slipway.client;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;

/**
 * Transfers by TFTP, each begun again when it broke off: TFTP cannot go on where it was. What the
 * server refused is not tried again, nor a server that was never heard.
 */
final class TftpAttempts {
  private final List<Duration> pauses;
  private final Narration narration;
  private boolean heard;

  /**
   * @param pauses before each repetition of a whole transfer
   */
  TftpAttempts(List<Duration> pauses, Narration narration) {
    this.pauses = List.copyOf(pauses);
    this.narration = narration;
  }

  /**
   * As {@link #repeated}, and explained.
   *
   * @throws CommandFailedException after the last attempt
   */
  MovedFile run(
      InetSocketAddress server,
      TftpFailure.Direction direction,
      String name,
      TftpFailure.Transfer transfer) {
    return TftpFailure.explained(server, direction, name, () -> repeated(transfer));
  }

  /**
   * @throws TftpFailedException after the last attempt
   */
  MovedFile repeated(TftpFailure.Transfer transfer) throws IOException, TftpFailedException {
    for (Duration pause : pauses) {
      try {
        MovedFile file = transfer.run();
        heard = true;
        return file;
      } catch (TftpFailedException e) {
        boolean silent = e.kind() == TftpFailedException.Kind.SILENCE;
        heard |= !silent;
        if (!(silent ? heard : e.isTransient())) {
          throw e;
        }
        narration.say(
            "The transfer broke off (%s); it begins again in %d s.",
            e.getMessage(), pause.toSeconds());
        Pause.of(pause);
      }
    }
    return transfer.run();
  }
}
