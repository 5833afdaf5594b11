package org.slipway.tftp;

import java.time.Duration;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * When a packet that was not acknowledged is sent again, and when the peer is given up (RFC 1123
 * section 4.2.3.2). Without a negotiated timeout it follows the measured round trip as TCP does
 * (RFC 6298) and doubles with each repetition; a negotiated one (RFC 2349) is kept exactly. All
 * times are {@link System#nanoTime} values.
 */
final class Retransmission {
  private static final long MILLIS = 1_000_000;
  private static final long SECOND = 1_000 * MILLIS;

  /**
   * The first packet is repeated at most this often: who never answers may be somebody whose
   * address another one wrote into the request.
   */
  static final int FIRST_PACKET_REPETITIONS = 5;

  /** Until a round trip is measured. */
  private static final long FIRST = SECOND;

  /** Below it a scheduling pause of the peer would look like a loss. */
  private static final long LEAST = 20 * MILLIS;

  private static final long MOST = 8 * SECOND;

  /**
   * The first packets tell little: a device that opens a file or erases flash then is slow later.
   */
  private static final int TRUSTED_AFTER = 16;

  private final RandomGenerator random;
  private final long negotiated;
  private final long giveUp;

  private int measurements;
  private long smoothed;
  private long variation;
  private long wait;
  private long sentAt;
  private long progressAt;
  private int repetitions;
  private boolean ambiguous;

  Retransmission(Optional<Duration> timeout, Duration giveUp, RandomGenerator random, long now) {
    this.random = random;
    this.negotiated = timeout.map(Duration::toNanos).orElse(0L);
    this.giveUp = giveUp.toNanos();
    this.wait = negotiated > 0 ? negotiated : FIRST;
    this.sentAt = now;
    this.progressAt = now;
  }

  /** Something new is on its way. */
  void sent(long now) {
    sentAt = now;
  }

  /** The same is on its way again because of the peer: a measurement now would be ambiguous. */
  void resent(long now) {
    sentAt = now;
    ambiguous = true;
  }

  /** The timer made us send again. */
  void repeated(long now) {
    resent(now);
    repetitions++;
    if (negotiated == 0) {
      wait = Math.min(MOST, wait * 2);
      wait += random.nextLong(-(wait >> 5), (wait >> 5) + 1);
    }
  }

  /**
   * The peer acknowledged something new.
   *
   * @param all everything that was sent: its round trip can be measured, unless something was sent
   *     twice (Karn's rule)
   */
  void progressed(long now, boolean all) {
    if (all && !ambiguous) {
      measured(Math.max(1, now - sentAt));
    }
    if (negotiated == 0) {
      long least = measurements >= TRUSTED_AFTER ? LEAST : FIRST;
      wait = Math.clamp(smoothed + 4 * variation, least, MOST);
    }
    progressAt = now;
    repetitions = 0;
    ambiguous = false;
  }

  private void measured(long roundTrip) {
    measurements++;
    if (smoothed == 0) {
      smoothed = roundTrip;
      variation = roundTrip / 2;
    } else {
      variation += (Math.abs(smoothed - roundTrip) - variation) / 4;
      smoothed += (roundTrip - smoothed) / 8;
    }
  }

  /** When there is something to do if nothing comes. */
  long deadline() {
    return Math.min(sentAt + wait, progressAt + giveUp);
  }

  boolean isDue(long now) {
    return now - deadline() >= 0;
  }

  boolean isGivenUp(long now) {
    return now - progressAt >= giveUp;
  }

  /**
   * The same, sooner for a peer of whom nothing was heard.
   *
   * @param answered whether something was
   */
  boolean isGivenUp(long now, boolean answered) {
    return isGivenUp(now) || !answered && repetitions >= FIRST_PACKET_REPETITIONS;
  }

  /** How often the timer has repeated the packets that are on their way. */
  int repetitions() {
    return repetitions;
  }

  /** How long the peer has said nothing new. */
  long silence(long now) {
    return now - progressAt;
  }

  /**
   * Whether an ACK can already be the answer to what was sent last, and no echo of an earlier one.
   */
  boolean mayAnswerLast(long now) {
    return now - sentAt >= smoothed / 2;
  }
}
