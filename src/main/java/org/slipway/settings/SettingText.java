package org.slipway.settings;

import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The textual forms that settings share: durations, sizes, ports, port ranges, addresses, networks.
 */
public final class SettingText {
  private static final Pattern DURATION = Pattern.compile("(\\d{1,9})(ms|s|m|h|d)");
  private static final Pattern SIZE = Pattern.compile("(\\d{1,15})([kKMGT]?)");
  private static final Pattern RANGE = Pattern.compile("(\\d{1,5})-(\\d{1,5})");
  private static final Pattern NUMERIC_ADDRESS =
      Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}|\\[?[0-9a-fA-F:.]*:[0-9a-fA-F:.%a-z]*]?");

  private static final Pattern USERNAME = Pattern.compile("[a-z0-9][a-z0-9._-]{0,31}");
  private static final Pattern NEW_PASSWORD = Pattern.compile(".{8,256}", Pattern.DOTALL);

  private SettingText() {}

  /** {@code 10s}, {@code 5m}, {@code 2h}, {@code 90d}. */
  public static Duration duration(String text) {
    Matcher m = match(DURATION, text);
    long n = Long.parseLong(m.group(1));
    return switch (m.group(2)) {
      case "ms" -> Duration.ofMillis(n);
      case "s" -> Duration.ofSeconds(n);
      case "m" -> Duration.ofMinutes(n);
      case "h" -> Duration.ofHours(n);
      default -> Duration.ofDays(n);
    };
  }

  /** A duration that is not zero. */
  public static Duration positiveDuration(String text) {
    Duration duration = duration(text);
    if (duration.isZero()) {
      throw new IllegalArgumentException(text);
    }
    return duration;
  }

  /** A number of bytes; {@code k}, {@code M}, {@code G}, {@code T} are powers of 1024. */
  public static long size(String text) {
    Matcher m = match(SIZE, text);
    int shift =
        switch (m.group(2).toUpperCase(Locale.ROOT)) {
          case "K" -> 10;
          case "M" -> 20;
          case "G" -> 30;
          case "T" -> 40;
          default -> 0;
        };
    long n = Long.parseLong(m.group(1));
    if (n > Long.MAX_VALUE >> shift) {
      throw new IllegalArgumentException(text);
    }
    return n << shift;
  }

  public static int port(String text) {
    return number(text, 1, 65535);
  }

  public static int number(String text, int least, int most) {
    int n = Integer.parseInt(text);
    if (n < least || n > most) {
      throw new IllegalArgumentException(text);
    }
    return n;
  }

  public static boolean bool(String text) {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "true" -> true;
      case "false" -> false;
      default -> throw new IllegalArgumentException(text);
    };
  }

  /** {@code a-b} with a not above b. */
  public static PortRange portRange(String text) {
    Matcher m = match(RANGE, text);
    PortRange range = new PortRange(port(m.group(1)), port(m.group(2)));
    if (range.first() > range.last()) {
      throw new IllegalArgumentException(text);
    }
    return range;
  }

  /** A numeric IPv4 or IPv6 address; never asks a name server. */
  public static InetAddress address(String text) {
    if (!NUMERIC_ADDRESS.matcher(text).matches()) {
      throw new IllegalArgumentException(text);
    }
    try {
      return InetAddress.ofLiteral(text.replace("[", "").replace("]", ""));
    } catch (RuntimeException e) {
      throw new IllegalArgumentException(text, e);
    }
  }

  /** The name of an account; empty is none. */
  static Optional<String> username(String text) {
    return text.isEmpty() ? Optional.empty() : Optional.of(match(USERNAME, text).group());
  }

  /** The password of an account that is to be made; empty is none. */
  static Optional<String> newPassword(String text) {
    return text.isEmpty() ? Optional.empty() : Optional.of(match(NEW_PASSWORD, text).group());
  }

  /** {@code any}, or addresses in CIDR notation separated by commas or blanks. */
  public static Optional<List<CidrBlock>> networks(String text) {
    if (text.equalsIgnoreCase("any")) {
      return Optional.empty();
    }
    return Optional.of(cidrList(text));
  }

  public static List<CidrBlock> cidrList(String text) {
    List<CidrBlock> blocks = new ArrayList<>();
    for (String part : text.split("[,\\s]+")) {
      if (!part.isEmpty()) {
        blocks.add(CidrBlock.parse(part));
      }
    }
    return List.copyOf(blocks);
  }

  public static <E extends Enum<E>> E choice(Class<E> type, String text) {
    return Enum.valueOf(type, text.toUpperCase(Locale.ROOT).replace('-', '_'));
  }

  private static Matcher match(Pattern pattern, String text) {
    Matcher m = pattern.matcher(text);
    if (!m.matches()) {
      throw new IllegalArgumentException(text);
    }
    return m;
  }
}
