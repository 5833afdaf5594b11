package org.slipway.signin;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TotpTest {
  private static final byte[] SECRET = "12345678901234567890".getBytes(StandardCharsets.US_ASCII);

  /** RFC 6238 appendix B, SHA-1; the last six of its eight digits. */
  @ParameterizedTest
  @CsvSource({
    "59, 287082",
    "1111111109, 081804",
    "1111111111, 050471",
    "1234567890, 005924",
    "2000000000, 279037",
    "20000000000, 353130"
  })
  void theVectorsOfTheRfc(long second, String code) {
    assertThat(Totp.code(SECRET, Totp.step(Instant.ofEpochSecond(second)))).isEqualTo(code);
  }

  /** RFC 4226 appendix D. */
  @ParameterizedTest
  @CsvSource({"0, 755224", "1, 287082", "2, 359152", "8, 399871", "9, 520489"})
  void theVectorsOfTheCounter(long counter, String code) {
    assertThat(Totp.code(SECRET, counter)).isEqualTo(code);
  }

  @Test
  void oneStepBeforeAndAfterIsTakenAndNoMore() {
    Instant now = Instant.ofEpochSecond(1_234_567_890);
    long step = Totp.step(now);
    for (long near = step - 1; near <= step + 1; near++) {
      assertThat(Totp.matching(SECRET, Totp.code(SECRET, near), now))
          .isEqualTo(OptionalLong.of(near));
    }
    assertThat(Totp.matching(SECRET, Totp.code(SECRET, step - 2), now)).isEmpty();
    assertThat(Totp.matching(SECRET, Totp.code(SECRET, step + 2), now)).isEmpty();
    assertThat(Totp.matching(SECRET, "", now)).isEmpty();
    assertThat(Totp.matching(SECRET, "١٢٣٤٥٦", now)).isEmpty();
  }

  /** RFC 4648 section 10, without the padding. */
  @ParameterizedTest
  @CsvSource({
    "f, MY",
    "fo, MZXQ",
    "foo, MZXW6",
    "foob, MZXW6YQ",
    "fooba, MZXW6YTB",
    "foobar, MZXW6YTBOI"
  })
  void base32AsInTheRfc(String text, String expected) {
    assertThat(Totp.base32(text.getBytes(StandardCharsets.US_ASCII))).isEqualTo(expected);
  }
}
