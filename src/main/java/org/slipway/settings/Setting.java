package org.slipway.settings;

import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/**
 * One setting: its name, how its text is read, and what may be done with it.
 *
 * @param <T> the type of its value
 * @param name MicroProfile Config name, such as {@code slipway.tftp.port}
 * @param defaultText the text that stands for it where no source names one; empty for "none"
 * @param allowed what its values may be, in words, for messages
 * @param reader makes the value from text; throws {@link IllegalArgumentException} for a bad one
 * @param traits what else is true of it
 */
public record Setting<T>(
    String name,
    String defaultText,
    String allowed,
    Function<String, T> reader,
    java.util.Set<Trait> traits) {

  /** What is true of a setting beside its type. */
  public enum Trait {
    /** Its value is never shown. */
    SECRET,
    /** A change takes effect only when the portal starts again. */
    RESTART,
    /** It is needed before the database is open, so it cannot come from there. */
    NOT_STORED
  }

  /**
   * The name as an environment variable: {@code slipway.tftp.port} is {@code SLIPWAY_TFTP_PORT}.
   */
  public String environmentName() {
    return name.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "_");
  }

  public boolean has(Trait trait) {
    return traits.contains(trait);
  }

  /** There is one setting of a name; settings are looked up for every packet. */
  @Override
  public boolean equals(Object other) {
    return other instanceof Setting<?> s && name.equals(s.name);
  }

  @Override
  public int hashCode() {
    return name.hashCode();
  }

  /** Reads a value, or says in one line what is wrong with it. */
  T read(String text, SettingSource source) {
    try {
      return reader.apply(text.strip());
    } catch (IllegalArgumentException e) {
      throw new BadSettingException(
          "%s (%s) has the value \"%s\"; allowed: %s"
              .formatted(name, source, has(Trait.SECRET) ? "***" : text, allowed));
    }
  }

  static Setting<String> text(String name, String defaultText, String allowed, Trait... traits) {
    return of(name, defaultText, allowed, Function.identity(), traits);
  }

  static Setting<Optional<String>> optional(String name, String allowed, Trait... traits) {
    return of(name, "", allowed, s -> s.isEmpty() ? Optional.empty() : Optional.of(s), traits);
  }

  static <T> Setting<T> of(
      String name,
      String defaultText,
      String allowed,
      Function<String, T> reader,
      Trait... traits) {
    return new Setting<>(name, defaultText, allowed, reader, java.util.Set.of(traits));
  }
}
