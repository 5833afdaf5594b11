package org.slipway.storage;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;
import org.slipway.accounts.QuotaLedger.Amount;
import org.slipway.accounts.QuotaLedger.Removed;
import org.slipway.accounts.QuotaLedger.StoredFile;

/** Deletes and counts whole folders without following a link; a link counts as nothing. */
final class Trees {
  private Trees() {}

  static void deleteFile(SecureDirectoryStream<Path> folder, String name, Removed removed)
      throws IOException {
    Optional<BasicFileAttributes> there = Folders.attributes(folder, name);
    folder.deleteFile(Path.of(name));
    there
        .filter(BasicFileAttributes::isRegularFile)
        .ifPresent(a -> removed.file(new StoredFile(a.fileKey(), a.size())));
  }

  static void delete(SecureDirectoryStream<Path> folder, String name, Removed removed)
      throws IOException {
    Optional<BasicFileAttributes> there = Folders.attributes(folder, name);
    if (there.isEmpty() || !there.get().isDirectory()) {
      deleteFile(folder, name, removed);
      return;
    }
    try (SecureDirectoryStream<Path> inside = Folders.folder(folder, name)) {
      for (Path entry : inside) {
        delete(inside, entry.getFileName().toString(), removed);
      }
    }
    folder.deleteDirectory(Path.of(name));
  }

  static Amount count(SecureDirectoryStream<Path> folder) throws IOException {
    Amount total = Amount.ZERO;
    for (Path entry : folder) {
      String name = entry.getFileName().toString();
      Optional<BasicFileAttributes> there = Folders.attributes(folder, name);
      if (there.isPresent() && there.get().isRegularFile()) {
        total = sum(total, new Amount(there.get().size(), 1));
      } else if (there.isPresent() && there.get().isDirectory()) {
        try (SecureDirectoryStream<Path> inside = Folders.folder(folder, name)) {
          total = sum(total, count(inside));
        } catch (NoSuchFileException e) {
          // Somebody has removed it by hand meanwhile.
        }
      }
    }
    return total;
  }

  private static Amount sum(Amount a, Amount b) {
    return new Amount(a.bytes() + b.bytes(), a.files() + b.files());
  }
}
