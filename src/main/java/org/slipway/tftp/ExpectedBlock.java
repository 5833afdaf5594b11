package org.slipway.tftp;

/**
 * The number of the block that comes next, in the 16 bits that it has on the wire. RFC 1350 does
 * not say what follows 65535; most clients go on with 0, some with 1.
 */
final class ExpectedBlock {
  private static final int GREATEST = 65_535;

  private int last;
  private int expected = 1;
  private int first;

  /**
   * @param afterGreatest what follows 65535: 0 or 1
   */
  ExpectedBlock(int afterGreatest) {
    this.first = afterGreatest;
  }

  /** Of the last block that came in order; 0 before the first. */
  int last() {
    return last;
  }

  int expected() {
    return expected;
  }

  void advance() {
    last = expected;
    expected = expected == GREATEST ? first : expected + 1;
  }

  /** How many blocks a number is ahead of the expected one, going round. */
  int ahead(int block) {
    return Math.floorMod(block - expected, GREATEST + 1 - first);
  }

  /**
   * Whether a block says that 1 follows 65535 where 0 was expected: a client that goes on with 0
   * cannot have sent it yet. It has sent no more than a window behind the last acknowledgement.
   */
  boolean showsThatOneFollows(int block, int windowsize) {
    return expected == 0 && block == windowsize;
  }

  void oneFollows() {
    first = 1;
    expected = 1;
  }
}
