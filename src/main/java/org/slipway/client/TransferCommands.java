package org.slipway.client;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Commands of the shell that move files. */
final class TransferCommands {
  private TransferCommands() {}

  static void get(FtpShell shell, List<String> words) throws IOException {
    String remote = shell.remote(words.getFirst());
    Path local = destination(shell, remote, words);
    shell.move("get", FtpJob.down(remote, free(shell, local)));
  }

  /** The second word, or the name that the file has there. */
  private static Path destination(FtpShell shell, String remote, List<String> words)
      throws IOException {
    if (words.size() > 1 && !Files.isDirectory(shell.local(words.get(1)))) {
      return shell.local(words.get(1));
    }
    Path folder = words.size() > 1 ? shell.local(words.get(1)) : shell.localFolder();
    return folder.resolve(harmless(RemotePath.name(remote)));
  }

  /** A name that came from the network, as one of a file in a folder of ours. */
  static String harmless(String name) throws IOException {
    try {
      return new RemoteName(name).text();
    } catch (RemoteName.UnsafeNameException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  private static Path free(FtpShell shell, Path local) throws IOException {
    return Path.of(shell.conflicts().name(local.toString(), TransferCommands::isTaken));
  }

  /** What would be replaced; into a device or a pipe things are written. */
  private static boolean isTaken(String name) {
    Path path = Path.of(name);
    return Files.exists(path) && !SpecialFile.is(path);
  }

  static void put(FtpShell shell, List<String> words) throws IOException {
    Path local = shell.local(words.getFirst());
    requireFile(local);
    String remote = shell.remote(words.size() > 1 ? words.get(1) : local.getFileName().toString());
    shell.move("put", FtpJob.up(local, freeThere(shell, remote)));
  }

  private static void requireFile(Path local) throws IOException {
    if (!Files.isRegularFile(local)) {
      throw new IOException(Text.of("there is no file %s here", local));
    }
  }

  private static String freeThere(FtpShell shell, String remote) throws IOException {
    return shell.conflicts().name(remote, name -> shell.session().size(name).isPresent());
  }

  static void mget(FtpShell shell, List<String> words) throws IOException {
    List<FtpJob> jobs = new ArrayList<>();
    for (String word : words) {
      for (String remote : RemoteGlob.files(shell, word)) {
        Path local = shell.localFolder().resolve(harmless(RemotePath.name(remote)));
        jobs.add(FtpJob.down(remote, free(shell, local)));
      }
    }
    shell.move("mget", jobs);
  }

  static void mput(FtpShell shell, List<String> words) throws IOException {
    List<FtpJob> jobs = new ArrayList<>();
    for (String word : words) {
      for (Path local : localFiles(shell, word)) {
        String remote = shell.remote(local.getFileName().toString());
        jobs.add(FtpJob.up(local, freeThere(shell, remote)));
      }
    }
    shell.move("mput", jobs);
  }

  private static List<Path> localFiles(FtpShell shell, String word) throws IOException {
    if (!RemotePath.isGlob(word)) {
      Path local = shell.local(word);
      requireFile(local);
      return List.of(local);
    }
    int slash = word.lastIndexOf('/');
    Path folder = slash < 0 ? shell.localFolder() : shell.local(word.substring(0, slash + 1));
    var matcher = RemoteGlob.matcher(word.substring(slash + 1));
    List<Path> files = new ArrayList<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
      for (Path entry : entries) {
        if (Files.isRegularFile(entry) && matcher.matches(entry.getFileName())) {
          files.add(entry);
        }
      }
    }
    if (files.isEmpty()) {
      throw new IOException(Text.of("no file here matches \"%s\"", Printable.of(word)));
    }
    files.sort(null);
    return files;
  }

  static void reget(FtpShell shell, List<String> words) throws IOException {
    String remote = shell.remote(words.getFirst());
    shell.move("reget", FtpJob.down(remote, destination(shell, remote, words)).resumed());
  }

  static void reput(FtpShell shell, List<String> words) throws IOException {
    Path local = shell.local(words.getFirst());
    requireFile(local);
    String remote = shell.remote(words.size() > 1 ? words.get(1) : local.getFileName().toString());
    shell.move("reput", FtpJob.up(local, remote).resumed());
  }
}
