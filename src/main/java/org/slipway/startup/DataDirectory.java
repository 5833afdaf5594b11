package org.slipway.startup;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.slipway.settings.BadSettingException;
import org.slipway.settings.PortalSettings;
import org.slipway.settings.Setting;
import org.slipway.settings.Settings;

/** Makes the folders that the settings name, with rights for their owner only, and tries them. */
final class DataDirectory {
  private DataDirectory() {}

  /**
   * @throws BadSettingException naming the setting whose folder cannot be used, and why
   */
  static void prepare(Settings settings) {
    requireUnicodeNames();
    OwnerOnly.fromNowOn();
    prepare(settings, PortalSettings.DATA_DIR, settings.dataDirectory());
    tighten(settings.dataDirectory());
    settings.readFile();
    prepare(settings, PortalSettings.BOOT_DIR, settings.bootDirectory());
    prepare(settings, PortalSettings.HOMES_DIR, settings.homesDirectory());
  }

  private static void prepare(Settings settings, Setting<?> setting, Path folder) {
    try {
      if (!Files.exists(folder)) {
        Files.createDirectories(
            folder,
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      }
      Path probe = Files.createTempFile(folder, ".slipway-", "");
      Files.delete(probe);
      Files.newDirectoryStream(folder).close();
    } catch (IOException e) {
      throw new BadSettingException(
          "%s (%s): the folder %s cannot be used: %s; allowed: a folder that this process may read and write"
              .formatted(setting.name(), settings.resolve(setting).source(), folder, why(e)));
    }
  }

  private static void tighten(Path folder) {
    try {
      OwnerOnly.tighten(folder);
    } catch (IOException e) {
      throw new UncheckedIOException("the data directory cannot be used", e);
    }
  }

  private static String why(IOException e) {
    return switch (e) {
      case java.nio.file.AccessDeniedException x -> "permission denied";
      case java.nio.file.FileAlreadyExistsException x -> "it is not a folder";
      case java.nio.file.NotDirectoryException x -> "it is not a folder";
      default -> e.getMessage();
    };
  }

  /** Under a locale without Unicode the Java platform cannot make a file with a Chinese name. */
  private static void requireUnicodeNames() {
    String encoding = System.getProperty("sun.jnu.encoding", "");
    if (!encoding.equalsIgnoreCase("UTF-8")) {
      throw new BadSettingException(
          "File names would be stored as %s; start with LC_ALL=C.UTF-8".formatted(encoding));
    }
  }
}
