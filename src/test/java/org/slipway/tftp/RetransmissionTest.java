package org.slipway.tftp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** With a clock that the test moves. */
class RetransmissionTest {
  private static final long MILLIS = 1_000_000;
  private static final long SECOND = 1_000 * MILLIS;
  private static final Offset<Double> JITTER = within(0.6);

  private static Retransmission timer(Optional<Duration> negotiated) {
    return new Retransmission(negotiated, Duration.ofSeconds(30), new Random(1), 0);
  }

  /** When it sends again, in seconds after the first time, until it gives up. */
  private static List<Double> repetitions(Retransmission timer, long start) {
    List<Double> times = new ArrayList<>();
    for (long now = start; ; now += MILLIS) {
      if (timer.isDue(now)) {
        if (timer.isGivenUp(now)) {
          return times;
        }
        timer.repeated(now);
        times.add((now - start) / (double) SECOND);
      }
    }
  }

  @Test
  void withoutAMeasurementItRepeatsAfterOneSecondAndDoubles() {
    List<Double> times = repetitions(timer(Optional.empty()), 0);
    assertThat(times.get(0)).isCloseTo(1, JITTER);
    assertThat(times.get(1)).isCloseTo(3, JITTER);
    assertThat(times.get(2)).isCloseTo(7, JITTER);
    assertThat(times.get(3)).isCloseTo(15, JITTER);
    assertThat(times).hasSizeLessThanOrEqualTo(5);
  }

  @Test
  void aNegotiatedTimeoutIsKeptExactly() {
    List<Double> times = repetitions(timer(Optional.of(Duration.ofSeconds(5))), 0);
    assertThat(times).containsExactly(5.0, 10.0, 15.0, 20.0, 25.0);
  }

  @Test
  void itFollowsTheMeasuredRoundTripOnceThatIsKnownWell() {
    Retransmission timer = timer(Optional.empty());
    long now = exchanges(timer, 0, 4, 30 * MILLIS);
    assertThat(timer.deadline() - now).isEqualTo(SECOND);
    now = exchanges(timer, now, 40, 30 * MILLIS);
    assertThat(timer.deadline() - now).isBetween(30 * MILLIS, 60 * MILLIS);
  }

  @Test
  void itNeverRepeatsWithinTheBlinkOfAScheduler() {
    Retransmission timer = timer(Optional.empty());
    long now = exchanges(timer, 0, 100, MILLIS / 100);
    assertThat(timer.deadline() - now).isEqualTo(20 * MILLIS);
  }

  /** Karn's rule: an answer to what was sent twice measures nothing. */
  @Test
  void repeatedPacketsAreNotMeasured() {
    Retransmission timer = timer(Optional.empty());
    long now = exchanges(timer, 0, 40, 30 * MILLIS);
    long before = timer.deadline() - now;
    timer.repeated(now + 100 * MILLIS);
    timer.progressed(now + 5 * SECOND, true);
    timer.sent(now + 5 * SECOND);
    assertThat(timer.deadline() - now - 5 * SECOND).isEqualTo(before);
  }

  @Test
  void itGivesUpAfterTheTimeOfTheSettingWithoutProgress() {
    Retransmission timer = timer(Optional.empty());
    long now = exchanges(timer, 0, 40, 30 * MILLIS);
    assertThat(repetitions(timer, now)).last().satisfies(t -> assertThat(t).isLessThan(30));
    assertThat(timer.isGivenUp(now + 29 * SECOND)).isFalse();
    assertThat(timer.isGivenUp(now + 31 * SECOND)).isTrue();
  }

  @Test
  void whoNeverAnsweredIsGivenUpAfterFiveRepetitions() {
    Retransmission timer = timer(Optional.of(Duration.ofSeconds(1)));
    for (int i = 0; i < 5; i++) {
      assertThat(timer.isGivenUp(i * SECOND, false)).isFalse();
      timer.repeated(i * SECOND);
    }
    assertThat(timer.isGivenUp(5 * SECOND, false)).isTrue();
    assertThat(timer.isGivenUp(5 * SECOND, true)).isFalse();
  }

  private static long exchanges(Retransmission timer, long start, int count, long roundTrip) {
    long now = start;
    for (int i = 0; i < count; i++) {
      timer.sent(now);
      now += roundTrip;
      timer.progressed(now, true);
    }
    timer.sent(now);
    return now;
  }
}
