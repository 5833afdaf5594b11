package org.slipway.accounts;

import java.util.Optional;

/** Bytes per second that all transfers of an account in one direction may move together. */
public record Bandwidth(Optional<Long> up, Optional<Long> down) {

  /** Says nothing. */
  public static final Bandwidth EMPTY = new Bandwidth(Optional.empty(), Optional.empty());

  /** Which way bytes go, as the account sees it. */
  public enum Direction {
    UP,
    DOWN
  }

  public Optional<Long> of(Direction direction) {
    return direction == Direction.UP ? up : down;
  }
}
