package org.slipway.client;

import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/** Loses packets on purpose, as a bad network does. For one thread. */
final class PacketLoss {
  private static final double ALL = 100;

  private final double percent;
  private final RandomGenerator random;
  private volatile long lost;

  /**
   * @param seed decides, for the same packets in the same order, which ones are lost
   */
  PacketLoss(double percent, long seed) {
    this.percent = percent;
    this.random = new SplittableRandom(seed);
  }

  static PacketLoss none() {
    return new PacketLoss(0, 0);
  }

  /** Whether the next packet is lost. */
  boolean takesNext() {
    if (percent == 0 || random.nextDouble(ALL) >= percent) {
      return false;
    }
    lost++;
    return true;
  }

  /** How many it were so far; may be asked by another thread. */
  long lost() {
    return lost;
  }
}
