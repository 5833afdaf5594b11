package org.slipway.web;

import java.util.Optional;
import org.slipway.accounts.InvalidInputException;
import org.slipway.settings.SettingText;

/**
 * Sizes and counts as people type them: {@code 500M}, {@code 1.5 GiB} is not among them, empty is
 * none.
 */
final class Sizes {
  private static final long K = 1024;

  private Sizes() {}

  /** Reads {@code 1G}, {@code 500 M}, {@code 1048576}; empty is unlimited. */
  static Optional<Long> read(String field, String text) {
    String plain = text == null ? "" : text.replaceAll("\\s|iB|B$", "");
    if (plain.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(SettingText.size(plain));
    } catch (IllegalArgumentException | ArithmeticException e) {
      throw new InvalidInputException(field, "size.pattern", "A size such as 500M, 10G or 2T");
    }
  }

  /** The other way round: the largest unit without a remainder. */
  static String write(Optional<Long> bytes) {
    if (bytes.isEmpty()) {
      return "";
    }
    long value = bytes.get();
    String[] units = {"", "k", "M", "G", "T"};
    int unit = 0;
    while (value != 0 && value % K == 0 && unit < units.length - 1) {
      value /= K;
      unit++;
    }
    return value + units[unit];
  }

  static Optional<Long> count(String field, String text) {
    String plain = text == null ? "" : text.replaceAll("[\\s,]", "");
    if (plain.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(Long.parseLong(plain));
    } catch (NumberFormatException e) {
      throw new InvalidInputException(field, "count.pattern", "A whole number");
    }
  }
}
