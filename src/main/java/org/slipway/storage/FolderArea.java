package org.slipway.storage;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.slipway.accounts.OnConflict;
import org.slipway.accounts.QuotaLedger;
import org.slipway.accounts.QuotaLedger.Amount;
import org.slipway.accounts.Refusal.Kind;
import org.slipway.accounts.RefusedException;

/** An area in a folder of the local file system. */
final class FolderArea implements FileArea {
  private final Folders folders;
  private final Space space;
  private final FolderTrash trash;
  private final Checksums checksums = new Checksums();

  FolderArea(Path root, Path staging, Space space, Clock clock) {
    this(root, VirtualPath.ROOT, staging, space, clock);
  }

  /** An area that is a folder within another one. */
  FolderArea(Path root, VirtualPath base, Path staging, Space space, Clock clock) {
    this.folders = new Folders(root, base, staging);
    this.space = space;
    this.trash = new FolderTrash(this, folders, space, clock);
  }

  @Override
  public Optional<FileFacts> stat(VirtualPath path) {
    if (path.isRoot()) {
      return Optional.of(new FileFacts("", true, 0, Instant.EPOCH));
    }
    try {
      return folders.in(path.parent().orElseThrow(), f -> visible(f, path.name()));
    } catch (RefusedException e) {
      if (e.refusal().kind() == Kind.NO_SUCH_FILE || e.refusal().kind() == Kind.NOT_A_FOLDER) {
        return Optional.empty();
      }
      throw e;
    }
  }

  /** When the root of the area was last changed; empty if it is not there. */
  Optional<Instant> rootModified() {
    try {
      return Optional.of(
          folders.in(
              VirtualPath.ROOT,
              f ->
                  f.getFileAttributeView(BasicFileAttributeView.class)
                      .readAttributes()
                      .lastModifiedTime()
                      .toInstant()));
    } catch (RefusedException e) {
      return Optional.empty();
    }
  }

  @Override
  public void list(VirtualPath folder, Consumer<FileFacts> entries) {
    folders.in(
        folder,
        f -> {
          try {
            for (Path entry : f) {
              visible(f, entry.getFileName().toString()).ifPresent(entries);
            }
          } catch (DirectoryIteratorException e) {
            throw e.getCause();
          }
          return null;
        });
  }

  /** Links, sockets and our own staging folders are not shown. */
  private static Optional<FileFacts> visible(SecureDirectoryStream<Path> folder, String name)
      throws IOException {
    if (name.startsWith(VirtualPath.RESERVED_PREFIX)) {
      return Optional.empty();
    }
    return Folders.attributes(folder, name)
        .filter(a -> a.isRegularFile() || a.isDirectory())
        .map(a -> facts(name, a));
  }

  static FileFacts facts(String name, BasicFileAttributes a) {
    return new FileFacts(
        name, a.isDirectory(), a.isDirectory() ? 0 : a.size(), a.lastModifiedTime().toInstant());
  }

  @Override
  public OpenFile open(VirtualPath file) {
    if (file.isRoot()) {
      throw Faults.refused(Kind.IS_A_FOLDER, "The root is a folder");
    }
    try {
      return folders.in(file.parent().orElseThrow(), f -> openIn(f, file));
    } catch (RefusedException e) {
      throw e.refusal().kind() == Kind.NOT_A_FOLDER ? absent(file) : e;
    }
  }

  /** Looks before it opens: a pipe, for one, would wait for its writer. */
  private OpenFile openIn(SecureDirectoryStream<Path> folder, VirtualPath file) throws IOException {
    FileFacts facts = visible(folder, file.name()).orElseThrow(() -> absent(file));
    if (facts.folder()) {
      throw Faults.refused(Kind.IS_A_FOLDER, file + " is a folder");
    }
    BasicFileAttributes opened =
        Folders.attributes(folder, file.name()).orElseThrow(() -> absent(file));
    FileChannel channel =
        (FileChannel)
            folder.newByteChannel(
                Path.of(file.name()), Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS));
    long size = channel.size();
    return new OpenFile(
        channel,
        size,
        facts.modified(),
        () -> channel.size() != size || folders.isOverwritten(file, opened));
  }

  @Override
  public Upload upload(
      VirtualPath file, OnConflict onConflict, Optional<Long> expectedBytes, boolean makeParents) {
    if (file.isRoot()) {
      throw Faults.refused(Kind.IS_A_FOLDER, "The root is a folder");
    }
    StagedUpload upload =
        StagedUpload.begin(folders, space, new StagedUpload.Target(file, onConflict, makeParents));
    expectedBytes.ifPresent(upload::expect);
    return upload;
  }

  @Override
  public void makeFolder(VirtualPath folder) {
    refuseRoot(folder);
    space.inOrder(() -> {
      folders.make(folder);
      return null;
    });
  }

  @Override
  public void makeFolders(VirtualPath folder) {
    space.inOrder(() -> {
      folders.makeAll(folder);
      return null;
    });
  }

  @Override
  public void deleteFile(VirtualPath file) {
    if (existing(file).folder()) {
      throw Faults.refused(Kind.IS_A_FOLDER, file + " is a folder");
    }
    space.remove(removed ->
        folders.in(
            file.parent().orElseThrow(),
            f -> {
              Trees.deleteFile(f, file.name(), removed);
              return null;
            }));
    space.gone(file);
  }

  @Override
  public void deleteFolder(VirtualPath folder) {
    refuseRoot(folder);
    if (!existing(folder).folder()) {
      throw Faults.refused(Kind.NOT_A_FOLDER, folder + " is not a folder");
    }
    space.inOrder(() ->
        folders.in(
            folder.parent().orElseThrow(),
            f -> {
              try {
                f.deleteDirectory(Path.of(folder.name()));
              } catch (IOException e) {
                throw Faults.of(e, folder);
              }
              return null;
            }));
  }

  @Override
  public void deleteTree(VirtualPath path) {
    refuseRoot(path);
    existing(path);
    try {
      space.remove(removed ->
          folders.in(
              path.parent().orElseThrow(),
              f -> {
                Trees.delete(f, path.name(), removed);
                return null;
              }));
    } finally {
      space.gone(path);
    }
  }

  @Override
  public void rename(VirtualPath from, VirtualPath to) {
    refuseRoot(from);
    refuseRoot(to);
    if (to.startsWith(from)) {
      throw Faults.refused(Kind.BAD_NAME, "A folder cannot be moved into itself");
    }
    existing(from);
    space.inOrder(() ->
        folders.in(
            from.parent().orElseThrow(),
            source ->
                folders.in(
                    to.parent().orElseThrow(),
                    target -> {
                      if (Folders.attributes(target, to.name()).isPresent()) {
                        throw Faults.refused(Kind.ALREADY_EXISTS, to + " exists already");
                      }
                      source.move(Path.of(from.name()), target, Path.of(to.name()));
                      return null;
                    })));
    space.moved(from, to);
  }

  @Override
  public String sha256(VirtualPath file) {
    try (OpenFile open = open(file)) {
      return checksums.sha256(file, open, () -> attributes(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private BasicFileAttributes attributes(VirtualPath file) {
    return folders.in(
        file.parent().orElseThrow(),
        f -> Folders.attributes(f, file.name()).orElseThrow(() -> absent(file)));
  }

  @Override
  public void setModified(VirtualPath file, Instant time) {
    if (changeable(file).folder()) {
      throw Faults.refused(Kind.IS_A_FOLDER, file + " is a folder");
    }
    space.inOrder(() ->
        folders.in(
            file.parent().orElseThrow(),
            f -> {
              f.getFileAttributeView(
                      Path.of(file.name()), BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
                  .setTimes(FileTime.from(time), null, null);
              return null;
            }));
  }

  @Override
  public Optional<QuotaLedger.Usage> usage(VirtualPath folder) {
    return space.usage();
  }

  @Override
  public long free(VirtualPath folder) {
    long disk = folders.usable();
    return space
        .usage()
        .flatMap(QuotaLedger.Usage::leftBytes)
        .map(q -> Math.min(q, disk))
        .orElse(disk);
  }

  @Override
  public Trash trash() {
    return trash;
  }

  /** Something that is there and is not the root. */
  FileFacts changeable(VirtualPath path) {
    refuseRoot(path);
    return existing(path);
  }

  /** What the area holds now, by counting; what is in its trash too. */
  Amount count() {
    return folders.in(VirtualPath.ROOT, Trees::count);
  }

  private FileFacts existing(VirtualPath path) {
    return stat(path).orElseThrow(() -> absent(path));
  }

  /**
   * What is there and not shown is a link, a socket or the like: not missing, but not to be had.
   */
  private RuntimeException absent(VirtualPath path) {
    boolean hidden =
        !path.isRoot()
            && folders.in(
                path.parent().orElseThrow(),
                // A file that came only now is not hidden: it was missing a moment ago.
                f ->
                    Folders.attributes(f, path.name())
                        .filter(a -> !a.isRegularFile() && !a.isDirectory())
                        .isPresent());
    return hidden
        ? Faults.refused(Kind.NO_PERMISSION, path + " is neither a file nor a folder")
        : Faults.of(new NoSuchFileException(""), path);
  }

  private static void refuseRoot(VirtualPath path) {
    if (path.isRoot()) {
      throw Faults.refused(Kind.NO_PERMISSION, "This cannot be done to the root");
    }
  }
}
