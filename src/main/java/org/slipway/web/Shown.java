package org.slipway.web;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.text.NumberFormat;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.Collection;
import java.util.Optional;
import java.util.stream.Collectors;

/** Sizes, times and states as the reader's language writes them. */
@Named
@RequestScoped
public class Shown {
  private static final String[] UNITS = {"B", "KiB", "MiB", "GiB", "TiB", "PiB"};

  @Inject private Clock clock;

  /** A size with a unit of 1024. */
  public String bytes(long bytes) {
    double value = bytes;
    int unit = 0;
    while (value >= 1024 && unit < UNITS.length - 1) {
      value /= 1024;
      unit++;
    }
    NumberFormat format = NumberFormat.getNumberInstance(Words.locale());
    format.setMaximumFractionDigits(unit == 0 || value >= 100 ? 0 : 1);
    return format.format(value) + " " + UNITS[unit];
  }

  /** A size, or "unlimited". */
  public String quota(Optional<Long> bytes) {
    return bytes.map(this::bytes).orElseGet(() -> Words.text("unlimited"));
  }

  /** A number, or "unlimited". */
  public String count(Optional<Long> number) {
    return number.map(this::number).orElseGet(() -> Words.text("unlimited"));
  }

  public String number(long number) {
    return NumberFormat.getIntegerInstance(Words.locale()).format(number);
  }

  /** How long ago it was. */
  public String ago(Instant at) {
    Duration age = Duration.between(at, clock.instant());
    if (age.toSeconds() < 5) {
      return Words.text("ago.now");
    }
    if (age.toMinutes() < 1) {
      return Words.text("ago.seconds", age.toSeconds());
    }
    if (age.toHours() < 1) {
      return Words.text("ago.minutes", age.toMinutes());
    }
    return age.toDays() < 1
        ? Words.text("ago.hours", age.toHours())
        : Words.text("ago.days", age.toDays());
  }

  /** For how long something has been going on, such as {@code 0:07} or {@code 1:02:03}. */
  public String running(Instant since) {
    Duration age = Duration.between(since, clock.instant());
    long seconds = Math.max(0, age.toSeconds());
    return seconds < 3600
        ? "%d:%02d".formatted(seconds / 60, seconds % 60)
        : "%d:%02d:%02d".formatted(seconds / 3600, seconds / 60 % 60, seconds % 60);
  }

  public String exactly(Instant at) {
    return DateTimeFormatter.ofLocalizedDateTime(FormatStyle.MEDIUM)
        .withLocale(Words.locale())
        .withZone(ZoneId.systemDefault())
        .format(at);
  }

  /** The time of day, to the second. */
  public String clock(Instant at) {
    return DateTimeFormatter.ofPattern("HH:mm:ss").withZone(ZoneId.systemDefault()).format(at);
  }

  /** A text of a stranger, with what cannot be seen made visible. */
  public String visible(String text) {
    return VisibleText.of(text);
  }

  /** Why something was refused or failed, in the reader's words where its code has some. */
  public String reason(String reason) {
    return reason == null || reason.isEmpty()
        ? ""
        : Words.find("refusal." + reason)
            .or(() -> Words.cause(reason))
            .orElseGet(() -> VisibleText.of(reason));
  }

  public String state(Object state) {
    return Words.find("state." + state).orElse(String.valueOf(state));
  }

  public String roles(Collection<?> roles) {
    return roles.stream().sorted().map(this::state).collect(Collectors.joining(", "));
  }

  /** Which colour a state has: good, warn, bad, busy or idle. */
  public String tone(Object state) {
    return StateLook.of(state).tone();
  }

  public String icon(Object state) {
    return StateLook.of(state).icon();
  }
}
