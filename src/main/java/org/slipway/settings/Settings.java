package org.slipway.settings;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;

/**
 * The values of all settings, each from its strongest source: system property, environment, {@code
 * slipway.properties} in the data directory, what the console saved, the run command's own choice
 * ({@code slipway.default.NAME}), the default.
 */
@Singleton
public final class Settings {
  /** System properties with this prefix replace a default; the README's run command uses them. */
  public static final String RUN_COMMAND_PREFIX = "slipway.default.";

  private final UnaryOperator<String> systemProperties;
  private final UnaryOperator<String> environment;
  private volatile Map<String, String> stored = Map.of();
  private volatile Properties file = new Properties();
  private final Map<Setting<?>, Resolved<?>> resolved = new ConcurrentHashMap<>();

  @Inject
  public Settings() {
    this(System::getProperty, System::getenv);
  }

  public Settings(UnaryOperator<String> systemProperties, UnaryOperator<String> environment) {
    this.systemProperties = systemProperties;
    this.environment = environment;
  }

  /**
   * A setting, its value and its source.
   *
   * @param text as the source names it; {@code ***} for a secret
   */
  public record Resolved<T>(Setting<T> setting, T value, String text, SettingSource source) {
    @Override
    public String toString() {
      return setting.name() + "=" + text + " (" + source + ")";
    }
  }

  /** The value of a setting now. */
  public <T> T get(Setting<T> setting) {
    return resolve(setting).value();
  }

  /** Since when something is kept; not before the epoch, because databases end somewhere. */
  public Instant keptSince(Setting<Duration> retention, Instant now) {
    Instant since = now.minus(get(retention));
    return since.isBefore(Instant.EPOCH) ? Instant.EPOCH : since;
  }

  @SuppressWarnings("unchecked")
  public <T> Resolved<T> resolve(Setting<T> setting) {
    Resolved<?> known = resolved.get(setting);
    return (Resolved<T>) (known != null ? known : resolved.computeIfAbsent(setting, this::lookUp));
  }

  public List<Resolved<?>> all() {
    return PortalSettings.ALL.stream().<Resolved<?>>map(this::resolve).toList();
  }

  /** The folder that holds everything that is not told to be elsewhere; absolute. */
  public Path dataDirectory() {
    return get(PortalSettings.DATA_DIR).toAbsolutePath().normalize();
  }

  public Path bootDirectory() {
    return directory(PortalSettings.BOOT_DIR, "boot");
  }

  public Path homesDirectory() {
    return directory(PortalSettings.HOMES_DIR, "homes");
  }

  private Path directory(Setting<Optional<String>> setting, String name) {
    return get(setting)
        .map(Path::of)
        .orElseGet(() -> dataDirectory().resolve(name))
        .toAbsolutePath()
        .normalize();
  }

  /**
   * Reads {@code slipway.properties} of the data directory, if there is one, and checks every value
   * of every source but the database, and those that must fit together.
   *
   * @throws BadSettingException with a line for each bad value, or for a file that cannot be read
   */
  public void readFile() {
    Path path = dataDirectory().resolve("slipway.properties");
    Properties properties = new Properties();
    if (Files.exists(path)) {
      try (Reader reader = Files.newBufferedReader(path)) {
        properties.load(reader);
      } catch (IOException | IllegalArgumentException e) {
        throw new BadSettingException(
            "slipway.properties in the data directory cannot be read: " + e.getMessage());
      }
    }
    file = properties;
    resolved.clear();
    checkEach();
    FtpSettings.checkImplicitPort(this);
  }

  /** Who starts the portal learns of every mistake at once. */
  private void checkEach() {
    List<String> problems = new ArrayList<>();
    for (Setting<?> setting : PortalSettings.ALL) {
      try {
        resolve(setting);
      } catch (BadSettingException e) {
        problems.add(e.getMessage());
      }
    }
    if (!problems.isEmpty()) {
      throw new BadSettingException(String.join("\n", problems));
    }
  }

  /** Takes over what the console saved; called when the database is open and when it changes. */
  public void useStored(Map<String, String> values) {
    // Replaced as a whole: whoever asks meanwhile gets the old value or the new, never the default.
    stored = Map.copyOf(values);
    resolved.clear();
  }

  /**
   * Checks that a value may be saved for a setting from the console.
   *
   * @throws BadSettingException if it is fixed by a stronger source, never stored, or a bad value
   */
  public void checkStorable(Setting<?> setting, String text) {
    Resolved<?> now = resolve(setting);
    if (now.source().isFixed() || setting.has(Setting.Trait.NOT_STORED)) {
      throw new BadSettingException(
          setting.name() + " is fixed by " + now.source() + " and cannot be changed here");
    }
    setting.read(text, SettingSource.DATABASE);
    if (FtpSettings.AROUND_IMPLICIT_PORT.contains(setting)) {
      Settings changed = new Settings(systemProperties, environment);
      changed.file = file;
      Map<String, String> values = new HashMap<>(stored);
      values.put(setting.name(), text);
      changed.stored = values;
      FtpSettings.checkImplicitPort(changed);
    }
  }

  private <T> Resolved<T> lookUp(Setting<T> setting) {
    Found found = find(setting);
    T value;
    try {
      value = setting.read(found.text(), found.source());
    } catch (BadSettingException e) {
      if (found.source() != SettingSource.DATABASE) {
        throw e;
      }
      found = new Found(setting.defaultText(), SettingSource.DEFAULT);
      value = setting.read(found.text(), found.source());
    }
    String shown =
        setting.has(Setting.Trait.SECRET) && !found.text().isEmpty() ? "***" : found.text();
    return new Resolved<>(setting, value, shown, found.source());
  }

  private record Found(String text, SettingSource source) {}

  private Found find(Setting<?> setting) {
    String name = setting.name();
    String text = systemProperties.apply(name);
    if (text != null) {
      return new Found(text, SettingSource.SYSTEM_PROPERTY);
    }
    text = environment.apply(setting.environmentName());
    if (text != null) {
      return new Found(text, SettingSource.ENVIRONMENT);
    }
    text = file.getProperty(name);
    if (text != null && setting != PortalSettings.DATA_DIR) {
      return new Found(text, SettingSource.FILE);
    }
    text = setting.has(Setting.Trait.NOT_STORED) ? null : stored.get(name);
    if (text != null) {
      return new Found(text, SettingSource.DATABASE);
    }
    text = systemProperties.apply(RUN_COMMAND_PREFIX + name);
    return text != null
        ? new Found(text, SettingSource.RUN_COMMAND)
        : new Found(Objects.requireNonNull(setting.defaultText()), SettingSource.DEFAULT);
  }
}
