package org.slipway.tftp;

/**
 * Block numbers on the wire, which have 16 bits: after 65535 the count goes on from 0, or for
 * clients that count so from 1. Blocks themselves are counted from 1 without end.
 *
 * @param rollover 0 or 1
 */
record BlockNumbers(int rollover) {
  /** The client may ask for one (an option of tftp-hpa, in no RFC). */
  static final String OPTION = "rollover";

  private static final int LAST = 0xffff;

  /** The number of a block on the wire. */
  int onWire(long block) {
    return rollover == 0 || block <= LAST ? (int) block & LAST : (int) ((block - 1) % LAST) + 1;
  }

  /**
   * How many blocks a number on the wire is ahead of a block; a number that lies behind it is far
   * ahead. Negative for a number that stands for no block.
   */
  int ahead(int number, long block) {
    if (rollover == 0 || block == 0) {
      return number - (int) block & LAST;
    }
    return number == 0 ? -1 : Math.floorMod(number - onWire(block), LAST);
  }
}
