package org.slipway.tftp;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BlockNumbersTest {
  private final BlockNumbers toZero = new BlockNumbers(0);
  private final BlockNumbers toOne = new BlockNumbers(1);

  @Test
  void theNumberAfter65535IsZeroOrOne() {
    for (BlockNumbers numbers : new BlockNumbers[] {toZero, toOne}) {
      assertThat(numbers.onWire(0)).isZero();
      assertThat(numbers.onWire(1)).isEqualTo(1);
      assertThat(numbers.onWire(65_535)).isEqualTo(65_535);
    }
    assertThat(toZero.onWire(65_536)).isZero();
    assertThat(toOne.onWire(65_536)).isEqualTo(1);
    assertThat(toZero.onWire(131_072)).isZero();
    assertThat(toOne.onWire(131_071)).isEqualTo(1);
  }

  @Test
  void everyNumberAheadIsFoundAgainWhereverTheCountIs() {
    for (BlockNumbers numbers : new BlockNumbers[] {toZero, toOne}) {
      for (long block = 0; block < 200_000; block += 7) {
        for (int ahead : new int[] {0, 1, 64, 32_767}) {
          assertThat(numbers.ahead(numbers.onWire(block + ahead), block)).isEqualTo(ahead);
        }
      }
    }
  }

  @Test
  void whatLiesBehindIsFarAhead() {
    for (BlockNumbers numbers : new BlockNumbers[] {toZero, toOne}) {
      assertThat(numbers.ahead(numbers.onWire(70_000), 70_001)).isGreaterThan(65_000);
    }
    assertThat(toOne.ahead(0, 70_000)).isNegative();
  }
}
