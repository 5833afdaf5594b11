package org.slipway.client;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;

/**
 * What the client remembers of its user, {@code ~/.config/slipway} or where {@code XDG_CONFIG_HOME}
 * says, readable for its owner only.
 */
final class ConfigFolder {
  /** Names another place; for tests. */
  static final String PROPERTY = "slipway.client.config";

  private ConfigFolder() {}

  static Path path() {
    String named = System.getProperty(PROPERTY);
    if (named != null) {
      return Path.of(named);
    }
    String config = System.getenv("XDG_CONFIG_HOME");
    return config == null || config.isEmpty()
        ? Path.of(System.getProperty("user.home"), ".config", "slipway")
        : Path.of(config, "slipway");
  }

  /** Empty if there is no such file. */
  static Optional<List<String>> lines(String name) throws IOException {
    Path file = path().resolve(name);
    return Files.exists(file) ? Optional.of(Files.readAllLines(file)) : Optional.empty();
  }

  /** A file in the folder, which is made if it is not there. */
  static Path file(String name) throws IOException {
    Path folder = path();
    if (!Files.isDirectory(folder)) {
      Files.createDirectories(folder.getParent());
      Files.createDirectory(
          folder,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    }
    return folder.resolve(name);
  }

  /** Replaces a file as a whole. */
  static void write(String name, List<String> lines) throws IOException {
    Path file = file(name);
    Path next =
        Files.createTempFile(
            file.getParent(),
            name,
            ".new",
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.write(next, lines);
    Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }
}
