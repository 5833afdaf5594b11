package org.slipway.api;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A part of a file (RFC 9110 section 14.1.2).
 *
 * @param first position of its first byte
 * @param length in bytes, at least 1
 */
record ByteRange(long first, long length) {
  private static final Pattern SINGLE = Pattern.compile("bytes=\\s*(\\d{0,18})-(\\d{0,18})\\s*");

  /** What a {@code Range} header asks for: nothing, a part, or one that the file does not have. */
  sealed interface Asked {
    /** The whole; also for a header of another unit, of several ranges, or without sense. */
    record Whole() implements Asked {}

    record Part(ByteRange range) implements Asked {}

    record Unsatisfiable() implements Asked {}
  }

  static Asked parse(String header, long size) {
    Matcher m = header == null ? null : SINGLE.matcher(header);
    if (m == null || !m.matches() || m.group(1).isEmpty() && m.group(2).isEmpty()) {
      return new Asked.Whole();
    }
    Optional<Long> first = number(m.group(1));
    Optional<Long> last = number(m.group(2));
    if (first.isEmpty()) {
      return suffix(last.orElseThrow(), size);
    }
    if (last.isPresent() && last.get() < first.get()) {
      return new Asked.Whole();
    }
    if (first.get() >= size) {
      return new Asked.Unsatisfiable();
    }
    long end = Math.min(last.orElse(size - 1), size - 1);
    return new Asked.Part(new ByteRange(first.get(), end - first.get() + 1));
  }

  private static Asked suffix(long length, long size) {
    if (length == 0 || size == 0) {
      return new Asked.Unsatisfiable();
    }
    long given = Math.min(length, size);
    return new Asked.Part(new ByteRange(size - given, given));
  }

  private static Optional<Long> number(String text) {
    return text.isEmpty() ? Optional.empty() : Optional.of(Long.parseLong(text));
  }

  String contentRange(long size) {
    return "bytes %d-%d/%d".formatted(first, first + length - 1, size);
  }
}
