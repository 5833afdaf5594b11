package org.slipway.database;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.slipway.settings.PortalSettings;
import org.slipway.settings.Settings;

/**
 * Databases of the present schema. It is made by the migrations once, and copied for each test,
 * because the migrations take longer than most tests.
 */
public final class MigratedDatabase {
  private static final String FILE = "slipway.mv.db";

  private static Path made;

  private MigratedDatabase() {}

  /**
   * Opens the database of a portal, which is new unless its file is there or it has another URL.
   */
  public static Database open(Settings settings) {
    Path file = settings.dataDirectory().resolve(FILE);
    if (settings.get(PortalSettings.DB_URL).isEmpty() && Files.notExists(file)) {
      try {
        Files.createDirectories(file.getParent());
        Files.copy(made(), file);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return new Database(settings);
  }

  private static synchronized Path made() throws IOException {
    if (made == null) {
      Path folder = Files.createTempDirectory("slipway-schema");
      Map<String, String> values = Map.of("slipway.data.dir", folder.toString());
      new Database(new Settings(values::get, name -> null)).close();
      made = folder.resolve(FILE);
      made.toFile().deleteOnExit();
      folder.toFile().deleteOnExit();
    }
    return made;
  }
}
