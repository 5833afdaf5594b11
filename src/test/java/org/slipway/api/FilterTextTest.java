package org.slipway.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slipway.accounts.InvalidInputException;

class FilterTextTest {
  private final FilterText filters = new FilterText();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "yesterday",
        "2026-03-01",
        "2026-03-01T00:00:00",
        "+10000-01-01T00:00:00Z",
        "9999-12-31T23:59:59-01:00",
        "-0001-12-31T23:59:59Z",
        "0000-01-01T00:00:00+01:00",
        "+999999999-12-31T23:59:59-18:00",
        "-999999999-01-01T00:00:00+18:00"
      })
  void whatIsNoTimeOrFarAwayIsRefused(String text) {
    assertThat(filters.time("from", text)).isEmpty();
    assertThatThrownBy(filters::check)
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("from");
  }

  @Test
  void usualTimesAreTaken() {
    assertThat(filters.time("from", "2026-03-01T01:00:00+01:00"))
        .contains(Instant.parse("2026-03-01T00:00:00Z"));
    assertThat(filters.time("from", "0000-01-01T00:00:00Z")).isPresent();
    assertThat(filters.time("from", "9999-12-31T23:59:59.999Z")).isPresent();
    assertThat(filters.time("from", "")).isEmpty();
    filters.check();
  }
}
