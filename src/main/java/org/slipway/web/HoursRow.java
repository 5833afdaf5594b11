package org.slipway.web;

import java.io.Serializable;
import java.time.DayOfWeek;
import java.time.LocalTime;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.EnumSet;
import org.slipway.accounts.AccessHours;
import org.slipway.accounts.InvalidInputException;

/** A span of hours in a form. */
public class HoursRow implements Serializable {
  private static final long serialVersionUID = 1L;

  private DayOfWeek[] days =
      EnumSet.range(DayOfWeek.MONDAY, DayOfWeek.FRIDAY).toArray(DayOfWeek[]::new);
  private String from = "08:00";
  private String to = "18:00";

  HoursRow() {}

  HoursRow(AccessHours.Span span) {
    days = span.days().stream().sorted().toArray(DayOfWeek[]::new);
    from = span.from().toString();
    to = span.to().toString();
  }

  AccessHours.Span read() {
    if (days.length == 0) {
      throw new InvalidInputException("hours", "hours.days", "At least one day is needed");
    }
    return new AccessHours.Span(EnumSet.copyOf(Arrays.asList(days)), time(from), time(to));
  }

  private static LocalTime time(String text) {
    try {
      return LocalTime.parse(text.strip());
    } catch (DateTimeParseException e) {
      throw new InvalidInputException("hours", "hours.time", "A time such as 08:00 is needed");
    }
  }

  public DayOfWeek[] getDays() {
    return days;
  }

  public void setDays(DayOfWeek[] days) {
    this.days = days;
  }

  public String getFrom() {
    return from;
  }

  public void setFrom(String from) {
    this.from = from == null ? "" : from;
  }

  public String getTo() {
    return to;
  }

  public void setTo(String to) {
    this.to = to == null ? "" : to;
  }
}
