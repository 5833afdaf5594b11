package org.slipway.tftp;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slipway.tftp.OptionNegotiation.Limits;

class OptionNegotiationTest {
  private static final Limits LIMITS =
      new Limits(65_464, 64, Optional.empty(), Duration.ofSeconds(30));

  private static OptionNegotiation ask(Limits limits, String... options) {
    return OptionNegotiation.forRead(Probe.map(options), 1_234, limits);
  }

  @Test
  void onlyWhatWasAskedForIsGranted() {
    OptionNegotiation options =
        ask(LIMITS, "blksize", "1428", "windowsize", "16", "timeout", "3", "tsize", "0");
    assertThat(options.granted())
        .containsExactly(
            Map.entry("blksize", "1428"),
            Map.entry("windowsize", "16"),
            Map.entry("timeout", "3"),
            Map.entry("tsize", "1234"));
    assertThat(ask(LIMITS, "tsize", "0").granted()).containsOnlyKeys("tsize");
  }

  @Test
  void withoutOptionsThereIsNoOptionAck() {
    OptionNegotiation options = ask(LIMITS);
    assertThat(options.granted()).isEmpty();
    assertThat(options.blksize()).isEqualTo(512);
    assertThat(options.windowsize()).isEqualTo(1);
    assertThat(options.timeout()).isEmpty();
  }

  @Test
  void anEmptyFileHasNoSizeOptionBecauseCurlStumblesOverIt() {
    assertThat(OptionNegotiation.forRead(Map.of("tsize", "0"), 0, LIMITS).granted()).isEmpty();
  }

  @Test
  void unknownOptionsAreIgnored() {
    assertThat(ask(LIMITS, "multicast", "", "utimeout", "99999", "x", "y").granted()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"7", "0", "-1", "abc", "", "1e3", "99999999999", " 512", "٥١٢"})
  void aBadBlksizeIsLeftOut(String value) {
    OptionNegotiation options = ask(LIMITS, "blksize", value);
    assertThat(options.granted()).isEmpty();
    assertThat(options.blksize()).isEqualTo(512);
  }

  @ParameterizedTest
  @CsvSource({"8, 8", "65464, 65464", "65465, 65464", "100000, 65464"})
  void blksizeIsAtMostWhatWasAskedAndWhatIsAllowed(String asked, String granted) {
    assertThat(ask(LIMITS, "blksize", asked).granted()).containsEntry("blksize", granted);
  }

  @Test
  void settingsBoundBlksizeAndWindow() {
    Limits tight = new Limits(1_468, 4, Optional.empty(), Duration.ofSeconds(30));
    assertThat(ask(tight, "blksize", "9000", "windowsize", "16").granted())
        .containsEntry("blksize", "1468")
        .containsEntry("windowsize", "4");
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "64, 64", "65, 64", "65535, 64"})
  void windowsizeIsAtMostWhatWasAskedAndWhatIsAllowed(String asked, String granted) {
    assertThat(ask(LIMITS, "windowsize", asked).granted()).containsEntry("windowsize", granted);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "65536", "x"})
  void aBadWindowsizeIsLeftOut(String value) {
    assertThat(ask(LIMITS, "windowsize", value).granted()).isEmpty();
  }

  @Test
  void aWindowIsBoundedInBytes() {
    Limits wide = new Limits(65_464, 65_535, Optional.empty(), Duration.ofSeconds(30));
    OptionNegotiation options = ask(wide, "blksize", "65464", "windowsize", "65535");
    assertThat((long) options.blksize() * options.windowsize()).isLessThanOrEqualTo(4 << 20);
    assertThat(ask(wide, "blksize", "8", "windowsize", "65535").windowsize()).isEqualTo(32_767);
  }

  @ParameterizedTest
  @ValueSource(strings = {"1", "5", "15"})
  void aTimeoutIsEchoed(String seconds) {
    assertThat(ask(LIMITS, "timeout", seconds).granted()).containsEntry("timeout", seconds);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "256", "x", "16", "255"})
  void aTimeoutOutOfBoundsOrTooLongToRepeatIsLeftOut(String seconds) {
    assertThat(ask(LIMITS, "timeout", seconds).granted()).isEmpty();
  }
}
