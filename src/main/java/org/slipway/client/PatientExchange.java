package org.slipway.client;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * Asks for one boot step after the other. The silence of a server that is there ends the sequence;
 * that of one that went away says nothing, and it is waited for.
 */
final class PatientExchange {
  private final BootpExchange bootp;
  private final BooleanSupplier more;
  private final List<Duration> pauses;
  private final Narration narration;

  /**
   * @param more whether a further step is expected
   * @param pauses before each look whether the server is there again
   */
  PatientExchange(
      BootpExchange bootp, BooleanSupplier more, List<Duration> pauses, Narration narration) {
    this.bootp = bootp;
    this.more = more;
    this.pauses = List.copyOf(pauses);
    this.narration = narration;
  }

  Optional<BootOffer> first() throws IOException {
    return bootp.ask();
  }

  /** Whether nothing listened at the server's port. */
  boolean refused() {
    return bootp.refused();
  }

  /**
   * The offer after one that was fetched.
   *
   * @throws CommandFailedException if the server went away, and did not come back
   */
  Optional<BootOffer> next() throws IOException {
    Optional<BootOffer> offer = bootp.ask();
    for (Duration pause : pauses) {
      if (!wentAway(offer)) {
        return offer;
      }
      narration.say(
          "Nothing listens at the server's BOOTP port any more; it is asked again in %d s.",
          pause.toSeconds());
      Pause.of(pause);
      offer = bootp.ask();
    }
    if (wentAway(offer)) {
      throw new CommandFailedException(
          ExitCode.NOBODY_ANSWERED,
          Text.of(
              "The server went away in the middle of the boot sequence: nothing listens at its"
                  + " BOOTP port any more. Start it again, and then this command."));
    }
    return offer;
  }

  private boolean wentAway(Optional<BootOffer> offer) {
    return offer.isEmpty() && bootp.refused() && more.getAsBoolean();
  }

  /** As {@link BootpExchange#pause}. */
  void pause() throws IOException {
    bootp.pause();
  }
}
