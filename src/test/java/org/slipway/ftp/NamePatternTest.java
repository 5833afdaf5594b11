package org.slipway.ftp;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Names with wildcards. */
class NamePatternTest {

  @ParameterizedTest
  @CsvSource({
    "*, , true",
    "*, a, true",
    "?, a, true",
    "?, , false",
    "?, ab, false",
    "*.txt, a.txt, true",
    "*.txt, .txt, true",
    "*.txt, a.txt2, false",
    "*.txt, a.txt.txt, true",
    "a*, ba, false",
    "a*b*c, aXbYc, true",
    "a*b*c, abcb, false",
    "a**b, ab, true",
    "固件*, 固件 1.bin, true",
    "[ab]*, [ab]c, true",
    "[ab]*, ac, false",
    "*a?, ba, false",
    "*?, a, true",
    "A*, a, false"
  })
  void matchesWhole(String pattern, String name, boolean matches) {
    assertThat(new NamePattern(pattern).matches(name == null ? "" : name)).isEqualTo(matches);
  }

  @Test
  void aNameWithoutWildcardsIsNone() {
    assertThat(NamePattern.of("a[b].txt")).isEmpty();
    assertThat(NamePattern.of("a?")).isPresent();
  }

  /** With all stars gone back to it would take longer than the universe is old. */
  @Test
  void noPatternTakesLong() {
    NamePattern bomb = new NamePattern("*a".repeat(100) + "b");
    String name = "a".repeat(255);
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadCpuTime();
    for (int i = 0; i < 10_000; i++) {
      assertThat(bomb.matches(name)).isFalse();
    }
    assertThat(Duration.ofNanos(threads.getCurrentThreadCpuTime() - before))
        .isLessThan(Duration.ofSeconds(5));
  }
}
