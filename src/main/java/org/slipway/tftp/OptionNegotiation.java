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
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What server and client agree on (RFC 2347): the answer holds only what was asked for; what is
 * unknown or out of bounds is left out of it, which means that it does not apply.
 *
 * @param timeout only where it was granted
 * @param rollover the block number after 65535, 0 or 1
 * @param granted the options of the OACK; empty means that there is none
 */
record OptionNegotiation(
    int blksize,
    int windowsize,
    Optional<Duration> timeout,
    int rollover,
    Map<String, String> granted) {

  /** A window is sent in one burst; more than this would only overrun the receiver. */
  private static final int MAX_WINDOW_BYTES = 4 << 20;

  /** A window must find room in the receive buffer that any system gives. */
  private static final int MAX_RECEIVED_WINDOW_BYTES = 128 << 10;

  /** Block numbers have 16 bits: beyond this an old ACK could be taken for a new one. */
  private static final int UNAMBIGUOUS_WINDOW = 32_767;

  /** A timeout in microseconds, of tftp-hpa; in no RFC. */
  private static final String UTIMEOUT = "utimeout";

  /** A shorter one would only repeat what is still on its way. */
  private static final int MIN_UTIMEOUT = 100_000;

  private static final int MAX_UTIMEOUT = MAX_TIMEOUT * 1_000_000;

  /**
   * The server's bounds.
   *
   * @param rollover what is known of how the client counts; empty leaves it to the client
   */
  record Limits(int maxBlksize, int maxWindowsize, Optional<Integer> rollover, Duration giveUp) {}

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
    Optional<Duration> timeout = timeout(asked, limits, granted);
    int rollover = rollover(asked, limits, granted);
    tsize.ifPresent(size -> granted.put(TSIZE, Long.toString(size)));
    return new OptionNegotiation(blksize, windowsize, timeout, rollover, granted);
  }

  private static Optional<Duration> timeout(
      Map<String, String> asked, Limits limits, Map<String, String> granted) {
    Optional<Duration> seconds =
        number(asked.get(TIMEOUT), MIN_TIMEOUT, MAX_TIMEOUT)
            .map(Duration::ofSeconds)
            .filter(t -> leavesRoomToRepeat(t, limits));
    if (seconds.isPresent()) {
      granted.put(TIMEOUT, Long.toString(seconds.get().toSeconds()));
      return seconds;
    }
    Optional<Duration> micros =
        number(asked.get(UTIMEOUT), MIN_UTIMEOUT, MAX_UTIMEOUT)
            .map(n -> Duration.of(n, ChronoUnit.MICROS))
            .filter(t -> leavesRoomToRepeat(t, limits));
    micros.ifPresent(t -> granted.put(UTIMEOUT, asked.get(UTIMEOUT)));
    return micros;
  }

  /** What somebody has entered for the client counts for more than what it says of itself. */
  private static int rollover(
      Map<String, String> asked, Limits limits, Map<String, String> granted) {
    Optional<Integer> wanted = number(asked.get(BlockNumbers.OPTION), 0, 1);
    int rollover = limits.rollover().or(() -> wanted).orElse(0);
    if (wanted.isPresent() && wanted.get() == rollover) {
      granted.put(BlockNumbers.OPTION, Integer.toString(rollover));
    }
    return rollover;
  }

  private static int mostBlocks(int blksize, int mostBytes, Limits limits) {
    int most = Math.min(limits.maxWindowsize(), UNAMBIGUOUS_WINDOW);
    return Math.max(1, Math.min(most, mostBytes / blksize));
  }

  /**
   * A timeout is taken as asked or not at all; one that would never come before giving up is not.
   */
  private static boolean leavesRoomToRepeat(Duration timeout, Limits limits) {
    return timeout.multipliedBy(2).compareTo(limits.giveUp()) <= 0;
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
