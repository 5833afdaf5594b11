package org.slipway.settings;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Set;

/** A random key of 256 bits in a file of its own that only its owner may read. */
public final class KeyFile {
  private static final int BYTES = 32;

  private KeyFile() {}

  /**
   * The key in a file, which is made where there is none.
   *
   * @throws BadSettingException naming the file if it cannot be used or holds no such key
   */
  public static byte[] readOrMake(Path file) {
    try {
      if (!Files.exists(file)) {
        make(file);
      }
      byte[] key = Files.readAllBytes(file);
      if (key.length != BYTES) {
        throw new BadSettingException(
            "%s has not %d bytes, so it is no key. Bring the right one back, or move it away and a new one is made, which opens nothing that the old one has sealed"
                .formatted(file, BYTES));
      }
      return key;
    } catch (IOException e) {
      throw new BadSettingException("%s cannot be read or made: %s".formatted(file, e));
    }
  }

  /** Under its name only when it is whole; of two processes that make one, the first wins. */
  private static void make(Path file) throws IOException {
    Path folder = file.getParent();
    Files.createDirectories(folder, ownerOnly("rwx------"));
    byte[] key = new byte[BYTES];
    new SecureRandom().nextBytes(key);
    Path temporary = Files.createTempFile(folder, ".", ".key", ownerOnly("rw-------"));
    try {
      Files.write(temporary, key, StandardOpenOption.SYNC);
      Files.createLink(file, temporary);
    } catch (FileAlreadyExistsException e) {
      // the other one's key counts
    } finally {
      Files.delete(temporary);
    }
  }

  private static FileAttribute<Set<PosixFilePermission>> ownerOnly(String rights) {
    return PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(rights));
  }
}
