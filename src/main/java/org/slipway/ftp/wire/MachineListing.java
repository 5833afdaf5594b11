package org.slipway.ftp.wire;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The lines of MLSD and MLST, and the time of MDTM (RFC 3659 sections 2.3 and 7).
 *
 * <pre>
 *   type=file;size=40000000;modify=20261121035000;perm=adfrw; rootfs.img
 * </pre>
 */
public final class MachineListing {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyyMMddHHmmss", Locale.ROOT).withZone(ZoneOffset.UTC);

  private static final DateTimeFormatter READ =
      DateTimeFormatter.ofPattern("uuuuMMddHHmmss", Locale.ROOT)
          .withResolverStyle(ResolverStyle.STRICT);

  private MachineListing() {}

  /** The facts that are known; a client may select among them with OPTS MLST. */
  public enum Fact {
    TYPE,
    SIZE,
    MODIFY,
    PERM;

    String label() {
      return name().toLowerCase(Locale.ROOT);
    }

    /**
     * Those that a client names, {@code Type;Size;}; unknown ones are passed over (section 7.9).
     */
    public static Set<Fact> select(String names) {
      Set<Fact> wanted = EnumSet.noneOf(Fact.class);
      for (String name : names.split(";")) {
        for (Fact fact : values()) {
          if (fact.label().equalsIgnoreCase(name.strip())) {
            wanted.add(fact);
          }
        }
      }
      return wanted;
    }

    /** As OPTS MLST answers: {@code type;size;}. */
    public static String list(Set<Fact> facts) {
      return facts.stream().sorted().map(f -> f.label() + ";").collect(Collectors.joining());
    }

    /** As FEAT names them: those that are sent have a star. */
    public static String feature(Set<Fact> sent) {
      return java.util.Arrays.stream(values())
          .map(f -> f.label() + (sent.contains(f) ? "*;" : ";"))
          .collect(Collectors.joining());
    }
  }

  /**
   * Appends facts and name, without an end of line.
   *
   * @param perm the value of the fact {@code perm} (section 7.5.5)
   * @param name as it is to be shown, which for MLST is a whole path
   */
  public static void append(
      StringBuilder out, ListingEntry entry, Set<Fact> facts, String perm, String name) {
    for (Fact fact : facts) {
      switch (fact) {
        case TYPE -> out.append("type=").append(entry.folder() ? "dir" : "file").append(';');
        case SIZE -> {
          if (!entry.folder()) {
            out.append("size=").append(entry.size()).append(';');
          }
        }
        case MODIFY -> out.append("modify=").append(time(entry.modified())).append(';');
        case PERM -> out.append("perm=").append(perm).append(';');
      }
    }
    out.append(' ').append(name);
  }

  /**
   * Reads {@code YYYYMMDDHHMMSS} of UTC, with or without a fraction of a second; empty if it is no
   * time since 1970.
   */
  public static Optional<Instant> parseTime(String text) {
    if (!text.matches("\\d{14}(\\.\\d{1,9})?")) {
      return Optional.empty();
    }
    try {
      Instant second = LocalDateTime.parse(text.substring(0, 14), READ).toInstant(ZoneOffset.UTC);
      String fraction = text.length() > 14 ? text.substring(15) : "0";
      Instant time = second.plusNanos(Long.parseLong((fraction + "00000000").substring(0, 9)));
      return time.isBefore(Instant.EPOCH) ? Optional.empty() : Optional.of(time);
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  /** {@code YYYYMMDDHHMMSS} in UTC. */
  public static String time(Instant instant) {
    return TIME.format(instant);
  }
}
