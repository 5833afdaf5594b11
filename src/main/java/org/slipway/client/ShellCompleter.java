package org.slipway.client;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jline.reader.Candidate;
import org.jline.reader.Completer;
import org.jline.reader.LineReader;
import org.jline.reader.ParsedLine;

/** Completes commands, and the names that they take: here or at the server. */
final class ShellCompleter implements Completer {
  private final FtpShell shell;
  private final RemoteNames names;

  ShellCompleter(FtpShell shell, RemoteNames names) {
    this.shell = shell;
    this.names = names;
  }

  @Override
  public void complete(LineReader reader, ParsedLine line, List<Candidate> candidates) {
    if (line.wordIndex() == 0) {
      ShellVerb.words().forEach(word -> candidates.add(new Candidate(word)));
      return;
    }
    try {
      String typed = line.word().substring(0, line.wordCursor());
      complete(kind(line.words()), typed, candidates);
    } catch (CommandFailedException | IOException e) {
      // Of a command that there is not, nothing is completed.
    }
  }

  /** {@code mirror -R} begins here, and ends there. */
  private static ShellVerb.Names kind(List<String> words) {
    ShellVerb verb = ShellVerb.named(words.getFirst());
    boolean first = words.size() <= 2 || verb != ShellVerb.GET && verb != ShellVerb.PUT;
    boolean reversed = words.contains("-R") || !first;
    return switch (verb.names()) {
      case REMOTE -> reversed ? ShellVerb.Names.LOCAL : ShellVerb.Names.REMOTE;
      case LOCAL -> reversed ? ShellVerb.Names.REMOTE : ShellVerb.Names.LOCAL;
      case NONE -> ShellVerb.Names.NONE;
    };
  }

  private void complete(ShellVerb.Names kind, String typed, List<Candidate> candidates)
      throws IOException {
    String before = typed.substring(0, typed.lastIndexOf('/') + 1);
    switch (kind) {
      case REMOTE -> {
        String folder = before.isEmpty() ? shell.folder() : shell.remote(before);
        for (RemoteEntry entry : names.in(folder)) {
          candidates.add(candidate(before + entry.name(), entry.folder()));
        }
      }
      case LOCAL -> {
        Path folder = before.isEmpty() ? shell.localFolder() : shell.local(before);
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
          for (Path entry : entries) {
            candidates.add(candidate(before + entry.getFileName(), Files.isDirectory(entry)));
          }
        }
      }
      case NONE -> {}
    }
  }

  /** A folder's name goes on behind its slash. */
  private static Candidate candidate(String name, boolean folder) {
    String value = folder ? name + "/" : name;
    return new Candidate(value, Printable.of(value), null, null, null, null, !folder);
  }
}
