package org.slipway.client;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Makes a folder like another one on the other side: files that are missing, of another size or
 * older are moved, and get the time of their origin. Nothing is deleted, and no link followed.
 */
final class MirrorCommand {
  private final FtpShell shell;
  private final List<FtpJob> jobs = new ArrayList<>();

  private MirrorCommand(FtpShell shell) {
    this.shell = shell;
  }

  static void mirror(FtpShell shell, List<String> words) throws IOException {
    boolean up = words.contains("-R");
    List<String> names = words.stream().filter(word -> !word.equals("-R")).toList();
    if (names.isEmpty() || names.size() > 2) {
      throw new CommandFailedException(
          ExitCode.USAGE, Text.of("Usage: %s", ShellVerb.MIRROR.syntax()));
    }
    MirrorCommand mirror = new MirrorCommand(shell);
    if (up) {
      Path from = shell.local(names.getFirst());
      String to = names.size() > 1 ? names.get(1) : from.getFileName().toString();
      mirror.up(from, shell.remote(to));
    } else {
      String from = shell.remote(names.getFirst());
      String to = names.size() > 1 ? names.get(1) : RemotePath.name(from);
      mirror.down(from, shell.local(to));
    }
    shell.move("mirror", mirror.jobs);
  }

  private void down(String from, Path to) throws IOException {
    Files.createDirectories(to);
    for (RemoteEntry entry : shell.session().list(from)) {
      Path local = to.resolve(TransferCommands.harmless(entry.name()));
      String remote = RemotePath.resolve(from, entry.name());
      if (Files.isSymbolicLink(local)) {
        throw new IOException(Text.of("%s is a link, and links are not followed", local));
      }
      if (entry.folder()) {
        down(remote, local);
      } else if (!isCurrent(local, entry)) {
        jobs.add(FtpJob.down(remote, local).dated(entry.time().orElse(null)));
      }
    }
  }

  private static boolean isCurrent(Path local, RemoteEntry entry) throws IOException {
    return Files.isRegularFile(local)
        && Files.size(local) == entry.size()
        && !seconds(Files.getLastModifiedTime(local).toInstant())
            .isBefore(seconds(entry.time().orElse(Instant.MIN)));
  }

  private void up(Path from, String to) throws IOException {
    Map<String, RemoteEntry> there = new HashMap<>();
    if (to.equals("/") || isFolder(to)) {
      shell.session().list(to).forEach(entry -> there.put(entry.name(), entry));
    } else {
      shell.session().makeFolder(to);
    }
    List<Path> entries = new ArrayList<>();
    try (DirectoryStream<Path> stream = Files.newDirectoryStream(from)) {
      stream.forEach(entries::add);
    }
    entries.sort(null);
    for (Path local : entries) {
      String name = local.getFileName().toString();
      String remote = RemotePath.resolve(to, name);
      if (Files.isDirectory(local, LinkOption.NOFOLLOW_LINKS)) {
        up(local, remote);
      } else if (Files.isRegularFile(local, LinkOption.NOFOLLOW_LINKS)
          && !isCurrent(there.get(name), local)) {
        jobs.add(FtpJob.up(local, remote).dated(Files.getLastModifiedTime(local).toInstant()));
      }
    }
  }

  private boolean isFolder(String path) throws IOException {
    String name = RemotePath.name(path);
    try {
      return shell.session().list(RemotePath.parent(path)).stream()
          .anyMatch(entry -> entry.folder() && entry.name().equals(name));
    } catch (FtpRefusedException e) {
      return false;
    }
  }

  private static boolean isCurrent(RemoteEntry there, Path local) throws IOException {
    return there != null
        && !there.folder()
        && there.size() == Files.size(local)
        && !seconds(there.time().orElse(Instant.MAX))
            .isBefore(seconds(Files.getLastModifiedTime(local).toInstant()));
  }

  /** Times go over the wire without their fractions; {@code MIN} and {@code MAX} stay. */
  private static Instant seconds(Instant time) {
    return time.truncatedTo(ChronoUnit.SECONDS);
  }
}
