package org.slipway.api;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slipway.api.ByteRange.Asked;

/** RFC 9110 section 14.1.2, for a file of 10 bytes. */
class ByteRangeTest {

  @ParameterizedTest
  @CsvSource({
    "bytes=0-0, 0, 1",
    "bytes=2-5, 2, 4",
    "bytes=2-, 2, 8",
    "bytes=-3, 7, 3",
    "bytes=-30, 0, 10",
    "bytes=5-900, 5, 5"
  })
  void readsASingleRange(String header, long first, long length) {
    assertThat(ByteRange.parse(header, 10)).isEqualTo(new Asked.Part(new ByteRange(first, length)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "bytes=5-2",
        "bytes=-",
        "bytes=a-b",
        "lines=1-2",
        "bytes=0-1,3-4",
        "",
        "bytes=1",
        "bytes=99999999999999999999-"
      })
  void ignoresWhatMakesNoSense(String header) {
    assertThat(ByteRange.parse(header, 10)).isEqualTo(new Asked.Whole());
  }

  @ParameterizedTest
  @ValueSource(strings = {"bytes=10-", "bytes=10-12", "bytes=-0"})
  void knowsWhatTheFileDoesNotHave(String header) {
    assertThat(ByteRange.parse(header, 10)).isEqualTo(new Asked.Unsatisfiable());
  }

  @Test
  void anEmptyFileHasNoPart() {
    assertThat(ByteRange.parse("bytes=0-", 0)).isEqualTo(new Asked.Unsatisfiable());
    assertThat(ByteRange.parse("bytes=-1", 0)).isEqualTo(new Asked.Unsatisfiable());
    assertThat(ByteRange.parse(null, 0)).isEqualTo(new Asked.Whole());
  }

  @Test
  void namesItselfInTheAnswer() {
    assertThat(new ByteRange(2, 4).contentRange(10)).isEqualTo("bytes 2-5/10");
  }
}
