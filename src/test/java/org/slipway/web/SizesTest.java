package org.slipway.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slipway.accounts.InvalidInputException;

class SizesTest {
  @ParameterizedTest
  @CsvSource({"0,0", "1k,1024", "500 M,524288000", "10G,10737418240", "2TiB,2199023255552", "7B,7"})
  void readsWhatPeopleType(String typed, long bytes) {
    assertThat(Sizes.read("quotaBytes", typed)).contains(bytes);
  }

  @Test
  void emptyIsUnlimited() {
    assertThat(Sizes.read("quotaBytes", " ")).isEmpty();
    assertThat(Sizes.count("quotaFiles", "")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"-1", "1.5G", "much", "99999999999999999T", "G"})
  void refusesTheRestBesideItsField(String typed) {
    assertThatThrownBy(() -> Sizes.read("quotaBytes", typed))
        .isInstanceOfSatisfying(
            InvalidInputException.class,
            e -> assertThat(e.violations().getFirst().field()).isEqualTo("quotaBytes"));
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1, 1023, 1024, 1 << 20, 3L << 30, 5L << 40})
  void whatIsWrittenReadsBack(long bytes) {
    assertThat(Sizes.read("x", Sizes.write(Optional.of(bytes)))).contains(bytes);
  }
}
