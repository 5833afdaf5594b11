package org.slipway.client;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * How long an answer is waited for: after each sending the time until the next one, and after the
 * last one the time until it is given up.
 *
 * @param ftp for FTP and HTTP
 * @param poll between two questions whether something has changed
 */
record Patience(List<Duration> bootp, List<Duration> tftp, Duration ftp, Duration poll) {
  /** BOOTP requests go out after 0, 1, 2, 2, 2 seconds. */
  static final Patience DEFAULT =
      new Patience(
          seconds(1, 2, 2, 2, 2),
          seconds(1, 2, 4, 4, 4, 4),
          Duration.ofSeconds(30),
          Duration.ofSeconds(3));

  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

  Patience {
    bootp = List.copyOf(bootp);
    tftp = List.copyOf(tftp);
  }

  /** The same for every TFTP packet, as the user asked for it. */
  Patience withTftpTimeout(int seconds) {
    return new Patience(
        bootp,
        IntStream.range(0, 5).mapToObj(i -> Duration.ofSeconds(seconds)).toList(),
        ftp,
        poll);
  }

  /** Pauses that double, from as long as the first TFTP packet waits to half a minute. */
  List<Duration> backoff(int times) {
    return LongStream.range(0, times)
        .mapToObj(i -> tftp.getFirst().multipliedBy(1L << Math.min(i, 10)))
        .map(pause -> pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause)
        .toList();
  }

  private static List<Duration> seconds(int... values) {
    return IntStream.of(values).mapToObj(Duration::ofSeconds).toList();
  }
}
