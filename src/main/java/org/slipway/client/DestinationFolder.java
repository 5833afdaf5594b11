package org.slipway.client;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/**
 * A folder. Nothing is ever written outside it, not even through a symbolic link that lies in it.
 */
final class DestinationFolder implements Destination {
  private final Path root;
  private final int piece;

  private DestinationFolder(Path root, int piece) {
    this.root = root;
    this.piece = piece;
  }

  /**
   * Makes the folder if it is not there.
   *
   * @param piece octets that are written in one go
   */
  static DestinationFolder at(Path folder, int piece) {
    try {
      Files.createDirectories(folder);
      return new DestinationFolder(folder.toRealPath(), piece);
    } catch (FileAlreadyExistsException e) {
      throw cannot(folder, Text.of("it is a file"), e);
    } catch (IOException e) {
      throw cannot(folder, e.getMessage(), e);
    }
  }

  private static CommandFailedException cannot(Path folder, String why, IOException cause) {
    return new CommandFailedException(
        ExitCode.FAILED,
        Text.of("The folder %s cannot be used (%s); name another one with --into.", folder, why),
        cause);
  }

  @Override
  public PartialFile create(RemoteName name) throws IOException {
    Path folder = root;
    var segments = name.segments();
    for (String segment : segments.subList(0, segments.size() - 1)) {
      folder = enter(folder.resolve(segment));
    }
    Path target = folder.resolve(segments.getLast());
    if (!target.startsWith(root)) {
      throw new IOException(Text.of("%s is outside the folder", target));
    }
    if (Files.isDirectory(target, LinkOption.NOFOLLOW_LINKS)) {
      throw new IOException(Text.of("there is a folder of the name %s", target));
    }
    return new PartialFile(new HiddenFile(target), piece, PartialFile.Sum.MEANWHILE);
  }

  @Override
  public Path path(RemoteName name) {
    return root.resolve(name.text());
  }

  @Override
  public InputStream open(RemoteName name) throws IOException {
    return Files.newInputStream(path(name));
  }

  @Override
  public void delete(RemoteName name) throws IOException {
    Files.delete(path(name));
  }

  private static Path enter(Path folder) throws IOException {
    if (!Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
      Files.createDirectory(folder);
    }
    if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
      throw new IOException(Text.of("%s is not a folder, and links are not followed", folder));
    }
    return folder;
  }
}
