package org.slipway.client;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.List;
import java.util.regex.PatternSyntaxException;

/** Patterns such as {@code images/*.img}: matched here, so that every server has the same ones. */
final class RemoteGlob {
  private RemoteGlob() {}

  /** Whether a name matches; {@code * ? [abc] {a,b}}. */
  static PathMatcher matcher(String pattern) {
    try {
      return FileSystems.getDefault().getPathMatcher("glob:" + pattern);
    } catch (PatternSyntaxException e) {
      throw new CommandFailedException(
          ExitCode.USAGE, Text.of("\"%s\" is no pattern.", Printable.of(pattern)), e);
    }
  }

  /** What is in the pattern's folder and matches its last segment. */
  static List<RemoteEntry> entries(FtpShell shell, String pattern) throws IOException {
    PathMatcher matcher = matcher(RemotePath.name(pattern));
    return shell.session().list(folder(shell, pattern)).stream()
        .filter(entry -> matcher.matches(Path.of(entry.name())))
        .toList();
  }

  static String folder(FtpShell shell, String pattern) {
    return pattern.indexOf('/') < 0
        ? shell.folder()
        : shell.remote(pattern.substring(0, pattern.lastIndexOf('/') + 1));
  }

  /**
   * The paths of the files that match, or the one that is named.
   *
   * @throws IOException if none matches
   */
  static List<String> files(FtpShell shell, String word) throws IOException {
    if (!RemotePath.isGlob(word)) {
      return List.of(shell.remote(word));
    }
    String folder = folder(shell, word);
    List<String> paths =
        entries(shell, word).stream()
            .filter(entry -> !entry.folder())
            .map(entry -> RemotePath.resolve(folder, entry.name()))
            .sorted()
            .toList();
    if (paths.isEmpty()) {
      throw new IOException(Text.of("no file there matches \"%s\"", Printable.of(word)));
    }
    return paths;
  }
}
