package org.slipway.tftp;

import static org.slipway.tftp.wire.TransferOption.BLKSIZE;
import static org.slipway.tftp.wire.TransferOption.DEFAULT_BLKSIZE;
import static org.slipway.tftp.wire.TransferOption.MAX_BLKSIZE;
import static org.slipway.tftp.wire.TransferOption.MAX_TIMEOUT;
import static org.slipway.tftp.wire.TransferOption.MAX_WINDOWSIZE;
import static org.slipway.tftp.wire.TransferOption.MIN_BLKSIZE;
import static org.slipway.tftp.wire.TransferOption.MIN_TIMEOUT;
import static org.slipway.tftp.wire.TransferOption.MIN_WINDOWSIZE;
import static org.slipway.tftp.wire.TransferOption.TIMEOUT;
import static org.slipway.tftp.wire.TransferOption.TSIZE;
import static org.slipway.tftp.wire.TransferOption.WINDOWSIZE;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What server and client agree on (RFC 2347): the answer holds only what was asked for; what is
 * unknown or out of bounds is left out of it, which means that it does not apply.
 *
 * @param timeoutSeconds only where it was granted
 * @param granted the options of the OACK; empty means that there is none
 */
record OptionNegotiation(
    int blksize, int windowsize, OptionalInt timeoutSeconds, Map<String, String> granted) {

  /** A window is sent in one burst; more than this would only overrun the receiver. */
  private static final int MAX_WINDOW_BYTES = 4 << 20;

  /** Block numbers have 16 bits: beyond this an old ACK could be taken for a new one. */
  private static final int UNAMBIGUOUS_WINDOW = 32_767;

  /** The server's bounds. */
  record Limits(int maxBlksize, int maxWindowsize, Duration giveUp) {}

  /**
   * Answers the options of a read request.
   *
   * @param size of the file in octets, for {@code tsize} (RFC 2349)
   */
  static OptionNegotiation forRead(Map<String, String> asked, long size, Limits limits) {
    Map<String, String> granted = new LinkedHashMap<>();
    int blksize = DEFAULT_BLKSIZE;
    int windowsize = 1;
    OptionalInt timeout = OptionalInt.empty();
    Optional<Integer> wanted = number(asked.get(BLKSIZE), MIN_BLKSIZE, Integer.MAX_VALUE);
    if (wanted.isPresent()) {
      blksize = Math.min(wanted.get(), Math.min(limits.maxBlksize(), MAX_BLKSIZE));
      granted.put(BLKSIZE, Integer.toString(blksize));
    }
    wanted = number(asked.get(WINDOWSIZE), MIN_WINDOWSIZE, MAX_WINDOWSIZE);
    if (wanted.isPresent()) {
      windowsize = Math.min(wanted.get(), mostBlocks(blksize, limits));
      granted.put(WINDOWSIZE, Integer.toString(windowsize));
    }
    wanted = number(asked.get(TIMEOUT), MIN_TIMEOUT, MAX_TIMEOUT);
    if (wanted.isPresent() && leavesRoomToRepeat(wanted.get(), limits)) {
      timeout = OptionalInt.of(wanted.get());
      granted.put(TIMEOUT, Integer.toString(wanted.get()));
    }
    // curl takes "tsize 0" in an answer for a fault and gives up: an empty file has no size option.
    if (asked.containsKey(TSIZE) && size > 0) {
      granted.put(TSIZE, Long.toString(size));
    }
    return new OptionNegotiation(blksize, windowsize, timeout, granted);
  }

  private static int mostBlocks(int blksize, Limits limits) {
    int most = Math.min(limits.maxWindowsize(), UNAMBIGUOUS_WINDOW);
    return Math.max(1, Math.min(most, MAX_WINDOW_BYTES / blksize));
  }

  /**
   * A timeout is taken as asked or not at all; one that would never come before giving up is not.
   */
  private static boolean leavesRoomToRepeat(int seconds, Limits limits) {
    return seconds * 2L <= limits.giveUp().toSeconds();
  }

  private static Optional<Integer> number(String text, int least, int most) {
    if (text == null || text.isEmpty() || text.length() > 9) {
      return Optional.empty();
    }
    int value = 0;
    for (char c : text.toCharArray()) {
      if (c < '0' || c > '9') {
        return Optional.empty();
      }
      value = value * 10 + c - '0';
    }
    return value < least || value > most ? Optional.empty() : Optional.of(value);
  }
}
