package org.slipway.accounts;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Set;

/**
 * When somebody may come: weekly spans of local time.
 *
 * @param zone whose local time is meant
 */
public record AccessHours(ZoneId zone, List<Span> spans) {
  public AccessHours {
    spans = List.copyOf(spans);
  }

  /**
   * A span of the given days.
   *
   * @param to not included; at or before {@code from} it is that time of the next day
   */
  public record Span(Set<DayOfWeek> days, LocalTime from, LocalTime to) {
    public Span {
      days = Set.copyOf(days);
    }

    private boolean contains(DayOfWeek day, LocalTime time) {
      if (from.isBefore(to)) {
        return days.contains(day) && !time.isBefore(from) && time.isBefore(to);
      }
      return days.contains(day) && !time.isBefore(from)
          || days.contains(day.minus(1)) && time.isBefore(to);
    }
  }

  /** Whether the moment lies in one of the spans. */
  public boolean contain(Instant moment) {
    ZonedDateTime local = moment.atZone(zone);
    return spans.stream()
        .anyMatch(span -> span.contains(local.getDayOfWeek(), local.toLocalTime()));
  }
}
