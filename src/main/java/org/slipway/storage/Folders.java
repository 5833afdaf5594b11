package org.slipway.storage;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

/**
 * Opens folders segment by segment from the root, each relative to the one before and never through
 * a symbolic link, so that nothing swapped in meanwhile leads outside.
 */
final class Folders {
  private final Path root;
  private final VirtualPath base;
  private final Path staging;

  /**
   * @param base the folder below the root that all paths start from
   */
  Folders(Path root, VirtualPath base, Path staging) {
    this.root = root;
    this.base = base;
    this.staging = staging;
  }

  /** Work with an open folder. */
  @FunctionalInterface
  interface Work<R> {
    R in(SecureDirectoryStream<Path> folder) throws IOException;
  }

  /** Opens a folder and works in it. */
  <R> R in(VirtualPath folder, Work<R> work) {
    return in(folder.segments(), folder, work);
  }

  /**
   * The same for a folder that no client can name.
   *
   * @param names from the root
   * @param shown what a refusal is about
   */
  <R> R in(List<String> names, VirtualPath shown, Work<R> work) {
    try (SecureDirectoryStream<Path> open = open(names)) {
      return work.in(open);
    } catch (IOException e) {
      throw Faults.of(e, shown);
    }
  }

  <R> R inStaging(Work<R> work) {
    try {
      try (SecureDirectoryStream<Path> open = secure(staging())) {
        return work.in(open);
      }
    } catch (IOException e) {
      throw Faults.of(e, VirtualPath.ROOT);
    }
  }

  private DirectoryStream<Path> staging() throws IOException {
    try {
      return Files.newDirectoryStream(staging);
    } catch (NoSuchFileException e) {
      Files.createDirectories(staging);
      return Files.newDirectoryStream(staging);
    }
  }

  /** Bytes that the disk still has room for. */
  long usable() {
    try {
      return Files.getFileStore(root).getUsableSpace();
    } catch (IOException e) {
      throw Faults.of(e, VirtualPath.ROOT);
    }
  }

  Path stagingPath(String name) {
    return staging.resolve(name);
  }

  /**
   * Attributes of a name in a folder, of the link itself where it is one; empty if it is not there.
   */
  static Optional<BasicFileAttributes> attributes(SecureDirectoryStream<Path> folder, String name)
      throws IOException {
    try {
      return Optional.of(
          folder
              .getFileAttributeView(
                  Path.of(name), BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
              .readAttributes());
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  /**
   * Whether the very file that had these attributes has others now. Another file of its name, and a
   * name that is gone, say nothing about it.
   */
  boolean isOverwritten(VirtualPath file, BasicFileAttributes before) throws IOException {
    Path path = root;
    for (String name : base.segments()) {
      path = path.resolve(name);
    }
    for (String name : file.segments()) {
      path = path.resolve(name);
    }
    try {
      BasicFileAttributes now =
          Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
      return Objects.equals(now.fileKey(), before.fileKey())
          && !now.lastModifiedTime().equals(before.lastModifiedTime());
    } catch (FileSystemException gone) {
      return false;
    }
  }

  /**
   * Makes one folder. The platform has no way to make one relative to an open folder, so it is made
   * in staging and moved to its place; nothing may take the name meanwhile.
   */
  void make(VirtualPath folder) {
    in(
        folder.parent().orElseThrow(),
        parent -> {
          if (attributes(parent, folder.name()).isPresent()) {
            throw Faults.refused(
                org.slipway.accounts.Refusal.Kind.ALREADY_EXISTS, folder + " exists already");
          }
          moveNewFolder(parent, folder.name());
          return null;
        });
  }

  private void moveNewFolder(SecureDirectoryStream<Path> parent, String name) {
    String staged = UUID.randomUUID().toString();
    inStaging(from -> {
      Files.createDirectory(stagingPath(staged));
      try {
        from.move(Path.of(staged), parent, Path.of(name));
      } catch (IOException e) {
        from.deleteDirectory(Path.of(staged));
        throw e;
      }
      return null;
    });
  }

  /** Makes each missing folder of a row of names that no client can give. */
  void makeAll(List<String> names, VirtualPath shown) {
    for (int i = 0; i < names.size(); i++) {
      String name = names.get(i);
      in(
          names.subList(0, i),
          shown,
          parent -> {
            if (attributes(parent, name).isEmpty()) {
              moveNewFolder(parent, name);
            }
            return null;
          });
    }
  }

  /** Makes a folder and every missing one above it. */
  void makeAll(VirtualPath folder) {
    for (int i = 1; i <= folder.segments().size(); i++) {
      VirtualPath part = new VirtualPath(folder.segments().subList(0, i));
      boolean there = in(part.parent().orElseThrow(), p -> attributes(p, part.name()).isPresent());
      if (!there) {
        make(part);
      }
    }
  }

  private SecureDirectoryStream<Path> open(List<String> names) throws IOException {
    SecureDirectoryStream<Path> current = secure(Files.newDirectoryStream(root));
    for (List<String> segments : List.of(base.segments(), names)) {
      for (String segment : segments) {
        try (SecureDirectoryStream<Path> parent = current) {
          current = folder(parent, segment);
        }
      }
    }
    return current;
  }

  /**
   * Looks before it opens: the platform loses a file descriptor with each name that turns out to be
   * a file, and would wait at a pipe.
   */
  static SecureDirectoryStream<Path> folder(SecureDirectoryStream<Path> parent, String name)
      throws IOException {
    if (attributes(parent, name).filter(a -> a.isRegularFile() || a.isOther()).isPresent()) {
      throw new NotDirectoryException(name);
    }
    return parent.newDirectoryStream(Path.of(name), LinkOption.NOFOLLOW_LINKS);
  }

  private static SecureDirectoryStream<Path> secure(DirectoryStream<Path> stream) {
    if (stream instanceof SecureDirectoryStream<Path> secure) {
      return secure;
    }
    throw new UncheckedIOException(
        new IOException(
            "the file system of the data directory cannot open files relative to a folder"));
  }
}
