package org.slipway.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slipway.accounts.InvalidInputException;

class ListParametersTest {
  private static final Listing<String> LISTING =
      new Listing<>(
          List::of,
          Map.of("length", Comparator.comparing(String::length)),
          Comparator.naturalOrder());

  @Test
  void searchesOrdersAndPages() {
    List<String> all = List.of("pear", "Apple", "fig", "grape");
    assertThat(page(null, null, null, null, all).items())
        .containsExactly("Apple", "fig", "grape", "pear");
    assertThat(page("P", "1", "1", "length", all).items()).containsExactly("Apple");
    assertThat(page("P", "1", "1", "length", all).total()).isEqualTo(3);
    assertThat(page(null, null, null, "-length", all).items()).endsWith("fig");
  }

  @ParameterizedTest
  @ValueSource(strings = {"-1", "501", "x", "", "1.5", "99999999999", "+1", " 1"})
  void refusesALimitOutOfRange(String limit) {
    assertThatThrownBy(() -> new ListParameters(null, null, limit, null).checked(Set.of()))
        .isInstanceOf(InvalidInputException.class);
  }

  @Test
  void tellsAllThatIsWrongAtOnce() {
    assertThatThrownBy(
            () -> new ListParameters("x".repeat(201), "-1", "0x", "size").checked(Set.of("name")))
        .isInstanceOfSatisfying(
            InvalidInputException.class, e -> assertThat(e.violations()).hasSize(4));
  }

  private static org.slipway.api.model.Items<String> page(
      String q, String offset, String limit, String sort, List<String> all) {
    return LISTING.page(new ListParameters(q, offset, limit, sort), all, s -> s);
  }
}
