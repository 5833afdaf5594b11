package org.slipway.ftp.wire;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;

/**
 * The lines of LIST. RFC 959 leaves the form open; clients read that of {@code ls -l}. Times are
 * UTC: with the hour for the last half year, with the year before that and for the future.
 *
 * <pre>
 *   -rw-r--r--    1 ftp      ftp          40000000 Nov 21 03:50 rootfs.img
 * </pre>
 */
public final class UnixListing {
  private static final String[] MONTHS = {
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"
  };
  private static final Duration RECENT = Duration.ofDays(182);
  private static final int SIZE_WIDTH = 12;

  private UnixListing() {}

  /** Appends the line of an entry, with CR LF. */
  public static void append(StringBuilder out, ListingEntry entry, Instant now) {
    out.append(entry.folder() ? "drwxr-xr-x    2" : "-rw-r--r--    1").append(" ftp      ftp  ");
    pad(out, Long.toString(entry.folder() ? 0 : entry.size()), SIZE_WIDTH, ' ');
    out.append(' ');
    appendTime(out, entry.modified(), now);
    out.append(' ').append(entry.name()).append("\r\n");
  }

  private static void appendTime(StringBuilder out, Instant modified, Instant now) {
    LocalDateTime t = LocalDateTime.ofInstant(modified, ZoneOffset.UTC);
    out.append(MONTHS[t.getMonthValue() - 1]).append(' ');
    pad(out, Integer.toString(t.getDayOfMonth()), 2, ' ');
    out.append(' ');
    boolean recent = modified.isAfter(now.minus(RECENT)) && modified.isBefore(now.plusSeconds(60));
    if (recent) {
      pad(out, Integer.toString(t.getHour()), 2, '0');
      out.append(':');
      pad(out, Integer.toString(t.getMinute()), 2, '0');
    } else {
      pad(out, Integer.toString(t.getYear()), 5, ' ');
    }
  }

  private static void pad(StringBuilder out, String text, int width, char with) {
    for (int i = text.length(); i < width; i++) {
      out.append(with);
    }
    out.append(text);
  }
}
