package org.slipway.audit;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A text that strangers have sent, as a database keeps it and as it was. PostgreSQL takes neither
 * NUL nor half a surrogate pair, so these are written as {@code U+241B} and four hexadecimal
 * digits, and {@code U+241B} itself too; everything else stands as it came. What is longer than its
 * column ends in {@code U+241B [ LENGTH , SHA-256 ]} of the whole, so that it is never taken for
 * the whole.
 *
 * @param text exactly as received, or the first part of it
 * @param cut what the whole was, where this is only its first part
 */
public record StoredText(String text, Optional<Cut> cut) {

  /** The longest form of a text of so many characters. */
  static final int GROWTH = 5;

  private static final char MARK = '\u241b';
  private static final Pattern CODE =
      Pattern.compile(MARK + "(?:([0-9A-F]{4})|\\[(\\d{1,10}),([0-9a-f]{64})]$)");

  /**
   * What a text was that is not kept whole.
   *
   * @param length its UTF-16 units
   * @param sha256 of its UTF-8 form, in lower-case hex
   */
  public record Cut(long length, String sha256) {}

  /**
   * For a column.
   *
   * @param most so many UTF-16 units are kept
   */
  public static String write(String text, int most) {
    if (text == null) {
      return null;
    }
    if (text.length() <= most) {
      return escaped(text);
    }
    int end = Character.isHighSurrogate(text.charAt(most - 1)) ? most - 1 : most;
    return escaped(text.substring(0, end)) + MARK + "[" + text.length() + "," + sha256(text) + "]";
  }

  /** From a column; null where it is empty. */
  public static StoredText read(String stored) {
    if (stored == null) {
      return new StoredText(null, Optional.empty());
    }
    if (stored.indexOf(MARK) < 0) {
      return new StoredText(stored, Optional.empty());
    }
    StringBuilder text = new StringBuilder(stored.length());
    Matcher codes = CODE.matcher(stored);
    Optional<Cut> cut = Optional.empty();
    int done = 0;
    while (codes.find()) {
      text.append(stored, done, codes.start());
      done = codes.end();
      if (codes.group(1) != null) {
        text.append((char) Integer.parseInt(codes.group(1), 16));
      } else {
        cut = Optional.of(cut(codes));
      }
    }
    return new StoredText(text.append(stored, done, stored.length()).toString(), cut);
  }

  private static Cut cut(MatchResult code) {
    return new Cut(Long.parseLong(code.group(2)), code.group(3));
  }

  /** As {@link #write} makes it, in one piece: the form of an export in which nothing gets lost. */
  public static String escaped(String text) {
    StringBuilder escaped = null;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean escape = c == 0 || c == MARK || isHalf(text, i);
      if (escape && escaped == null) {
        escaped = new StringBuilder(text.length() + 16).append(text, 0, i);
      }
      if (escape) {
        escaped.append(MARK).append("%04X".formatted((int) c));
      } else if (escaped != null) {
        escaped.append(c);
      }
    }
    return escaped == null ? text : escaped.toString();
  }

  private static boolean isHalf(String text, int i) {
    char c = text.charAt(i);
    if (Character.isHighSurrogate(c)) {
      return i + 1 == text.length() || !Character.isLowSurrogate(text.charAt(i + 1));
    }
    return Character.isLowSurrogate(c)
        && (i == 0 || !Character.isHighSurrogate(text.charAt(i - 1)));
  }

  private static String sha256(String text) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
