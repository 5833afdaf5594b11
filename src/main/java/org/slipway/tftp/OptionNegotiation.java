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
import java.util.OptionalLong;

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

  /** A window must find room in the receive buffer that any system gives. */
  private static final int MAX_RECEIVED_WINDOW_BYTES = 128 << 10;

  /** Block numbers have 16 bits: beyond this an old ACK could be taken for a new one. */
  private static final int UNAMBIGUOUS_WINDOW = 32_767;

  /** The server's bounds. */
  record Limits(int maxBlksize, int maxWindowsize, Duration giveUp) {}

  /**
   * Answers the options of a read request.
   *
   * @param size of the file in octets as it goes over the wire, for {@code tsize} (RFC 2349);
   *     {@link BlockSource#UNKNOWN} leaves it out
   */
  static OptionNegotiation forRead(Map<String, String> asked, long size, Limits limits) {
    // curl takes "tsize 0" in an answer for a fault and gives up: an empty file has no size option.
    boolean told = asked.containsKey(TSIZE) && size > 0 && size != BlockSource.UNKNOWN;
    OptionalLong tsize = told ? OptionalLong.of(size) : OptionalLong.empty();
    return agree(asked, tsize, MAX_WINDOW_BYTES, limits);
  }

  /** Answers the options of a write request; its {@code tsize} is said back (RFC 2349). */
  static OptionNegotiation forWrite(Map<String, String> asked, Limits limits) {
    return agree(asked, announced(asked), MAX_RECEIVED_WINDOW_BYTES, limits);
  }

  /**
   * How many octets a write request announces (RFC 2349); a number too great to read is greater
   * than any file.
   */
  static OptionalLong announced(Map<String, String> asked) {
    String text = asked.getOrDefault(TSIZE, "");
    if (text.isEmpty() || !text.chars().allMatch(c -> c >= '0' && c <= '9')) {
      return OptionalLong.empty();
    }
    return OptionalLong.of(text.length() > 18 ? Long.MAX_VALUE : Long.parseLong(text));
  }

  private static OptionNegotiation agree(
      Map<String, String> asked, OptionalLong tsize, int mostBytes, Limits limits) {
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
      windowsize = Math.min(wanted.get(), mostBlocks(blksize, mostBytes, limits));
      granted.put(WINDOWSIZE, Integer.toString(windowsize));
    }
    wanted = number(asked.get(TIMEOUT), MIN_TIMEOUT, MAX_TIMEOUT);
    if (wanted.isPresent() && leavesRoomToRepeat(wanted.get(), limits)) {
      timeout = OptionalInt.of(wanted.get());
      granted.put(TIMEOUT, Integer.toString(wanted.get()));
    }
    tsize.ifPresent(size -> granted.put(TSIZE, Long.toString(size)));
    return new OptionNegotiation(blksize, windowsize, timeout, granted);
  }

  private static int mostBlocks(int blksize, int mostBytes, Limits limits) {
    int most = Math.min(limits.maxWindowsize(), UNAMBIGUOUS_WINDOW);
    return Math.max(1, Math.min(most, mostBytes / blksize));
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
