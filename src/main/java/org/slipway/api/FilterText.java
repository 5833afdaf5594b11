package org.slipway.api;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.slipway.accounts.InvalidInputException;
import org.slipway.accounts.Violation;

/** Reads the filters of a list, and gathers what is wrong with them. */
final class FilterText {
  private static final int LONGEST = 300;
  private static final int LAST_YEAR = 9999;

  private final List<Violation> violations = new ArrayList<>();

  /** As it is; empty for none. */
  Optional<String> text(String name, String value) {
    if (value == null || value.isEmpty()) {
      return Optional.empty();
    }
    if (value.length() > LONGEST) {
      violations.add(new Violation(name, "filter.long", "At most " + LONGEST + " characters"));
    }
    return Optional.of(value);
  }

  <E extends Enum<E>> Optional<E> choice(String name, Class<E> type, String value) {
    if (value == null || value.isEmpty()) {
      return Optional.empty();
    }
    Optional<E> chosen =
        Arrays.stream(type.getEnumConstants()).filter(e -> e.name().equals(value)).findFirst();
    if (chosen.isEmpty()) {
      violations.add(
          new Violation(
              name, "filter.choice", "Allowed: " + Arrays.toString(type.getEnumConstants())));
    }
    return chosen;
  }

  /** ISO 8601 with an offset, such as {@code 2026-03-01T00:00:00Z}. */
  Optional<Instant> time(String name, String value) {
    if (value == null || value.isEmpty()) {
      return Optional.empty();
    }
    try {
      OffsetDateTime time = OffsetDateTime.parse(value).withOffsetSameInstant(ZoneOffset.UTC);
      if (time.getYear() >= 0 && time.getYear() <= LAST_YEAR) {
        return Optional.of(time.toInstant());
      }
    } catch (DateTimeException e) {
      // told below, together with what no database knows
    }
    violations.add(
        new Violation(name, "filter.time", "A time with its offset: 2026-03-01T00:00:00Z"));
    return Optional.empty();
  }

  /**
   * @throws InvalidInputException if anything was wrong
   */
  void check() {
    if (!violations.isEmpty()) {
      throw new InvalidInputException(violations);
    }
  }
}
