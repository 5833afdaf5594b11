package org.slipway.storage;

import java.io.IOException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;
import org.slipway.accounts.QuotaLedger.Amount;

/** Deletes and counts whole folders without following a link; a link counts as nothing. */
final class Trees {
  private Trees() {}

  static Amount deleteFile(SecureDirectoryStream<Path> folder, String name) throws IOException {
    Optional<BasicFileAttributes> there = Folders.attributes(folder, name);
    folder.deleteFile(Path.of(name));
    return there.filter(BasicFileAttributes::isRegularFile).isPresent()
        ? new Amount(there.get().size(), 1)
        : Amount.ZERO;
  }

  static Amount delete(SecureDirectoryStream<Path> folder, String name) throws IOException {
    Optional<BasicFileAttributes> there = Folders.attributes(folder, name);
    if (there.isEmpty() || !there.get().isDirectory()) {
      return deleteFile(folder, name);
    }
    Amount removed = Amount.ZERO;
    try (SecureDirectoryStream<Path> inside =
        folder.newDirectoryStream(Path.of(name), LinkOption.NOFOLLOW_LINKS)) {
      for (Path entry : inside) {
        removed = sum(removed, delete(inside, entry.getFileName().toString()));
      }
    }
    folder.deleteDirectory(Path.of(name));
    return removed;
  }

  static Amount count(SecureDirectoryStream<Path> folder) throws IOException {
    Amount total = Amount.ZERO;
    for (Path entry : folder) {
      String name = entry.getFileName().toString();
      Optional<BasicFileAttributes> there = Folders.attributes(folder, name);
      if (there.isPresent() && there.get().isRegularFile()) {
        total = sum(total, new Amount(there.get().size(), 1));
      } else if (there.isPresent() && there.get().isDirectory()) {
        try (SecureDirectoryStream<Path> inside =
            folder.newDirectoryStream(Path.of(name), LinkOption.NOFOLLOW_LINKS)) {
          total = sum(total, count(inside));
        }
      }
    }
    return total;
  }

  private static Amount sum(Amount a, Amount b) {
    return new Amount(a.bytes() + b.bytes(), a.files() + b.files());
  }
}
