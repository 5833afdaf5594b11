package org.slipway.settings;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.HashMap;
import java.util.Map;
import org.jdbi.v3.core.Jdbi;

/** What the console saved: the table {@code setting}. */
@Singleton
public final class StoredSettings {
  private final Jdbi jdbi;
  private final Settings settings;

  @Inject
  public StoredSettings(Jdbi jdbi, Settings settings) {
    this.jdbi = jdbi;
    this.settings = settings;
  }

  /** Reads what was saved; a value that is not allowed any more is passed over. */
  public void load() {
    Map<String, String> values = new HashMap<>();
    jdbi.useHandle(h ->
        h.createQuery("SELECT name, text_value FROM setting")
            .map((r, c) -> Map.entry(r.getString("name"), r.getString("text_value")))
            .forEach(e -> values.put(e.getKey(), e.getValue())));
    settings.useStored(values);
  }

  /**
   * Saves a value.
   *
   * @throws BadSettingException if it is fixed by a stronger source, or a bad value
   */
  public void save(Setting<?> setting, String text) {
    settings.checkStorable(setting, text);
    jdbi.useTransaction(h -> {
      h.execute("DELETE FROM setting WHERE name = ?", setting.name());
      h.execute(
          "INSERT INTO setting (name, text_value) VALUES (?, ?)", setting.name(), text.strip());
    });
    load();
  }
}
