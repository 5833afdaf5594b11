package org.slipway.client;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What the commands of {@code ftp} work on: the session, the two folders, and where they print. */
final class FtpShell {
  private final FtpSession session;
  private final FtpJobs<FtpJob> jobs;
  private final FtpTransfer transfer;
  private final Conflicts conflicts;
  private final Interruption interruption;
  private final Output output;
  private Path localFolder = Path.of("").toAbsolutePath();
  private String folder;
  private boolean ended;

  /** For a program, of the command under way. */
  private final Map<String, Object> known = new LinkedHashMap<>();

  /**
   * Where the shell prints.
   *
   * @param json one JSON object a line instead of text
   * @param colours whether the text goes to a terminal
   */
  record Output(PrintWriter out, PrintWriter err, boolean json, boolean colours) {}

  FtpShell(
      FtpSession session,
      FtpJobs<FtpJob> jobs,
      FtpTransfer transfer,
      Conflicts conflicts,
      Interruption interruption,
      Output output)
      throws IOException {
    this.session = session;
    this.jobs = jobs;
    this.transfer = transfer;
    this.conflicts = conflicts;
    this.interruption = interruption;
    this.output = output;
    this.folder = session.folder();
  }

  /**
   * Runs one line.
   *
   * @throws CommandFailedException if it failed; the shell may go on
   */
  void run(String line) {
    known.clear();
    List<String> words = words(line);
    if (words.isEmpty() || words.getFirst().startsWith("#")) {
      return;
    }
    interruption.begin();
    known.put("command", words.getFirst());
    ShellVerb verb = ShellVerb.named(words.getFirst());
    known.put("command", verb.word());
    List<String> arguments = words.subList(1, words.size());
    verb.checkArguments(arguments);
    try {
      verb.run(this, arguments);
    } catch (LocalFileException e) {
      throw e.failure();
    } catch (IOException e) {
      throw new CommandFailedException(
          ExitCode.FTP_FAILED, "%s: %s.".formatted(verb.word(), IoProblem.text(e)), e);
    }
    known.clear();
  }

  private static List<String> words(String line) {
    try {
      return ShellWords.split(line);
    } catch (ShellWords.IllegalWordsException e) {
      throw new CommandFailedException(ExitCode.USAGE, e.getMessage(), e);
    }
  }

  FtpSession session() {
    return session;
  }

  Conflicts conflicts() {
    return conflicts;
  }

  Output output() {
    return output;
  }

  /** The working folder at the server. */
  String folder() {
    return folder;
  }

  void enter(String path) throws IOException {
    session.enter(path);
    folder = session.folder();
  }

  Path localFolder() {
    return localFolder;
  }

  void enterLocal(Path path) {
    localFolder = path;
  }

  /** A path of this machine as the user names it. */
  Path local(String name) {
    return localFolder.resolve(name).normalize();
  }

  /** A path of the server as the user names it. */
  String remote(String name) {
    return RemotePath.resolve(folder, name);
  }

  boolean ended() {
    return ended;
  }

  void end() {
    ended = true;
  }

  /** Prints a line for a person. */
  void say(String text) {
    if (!output.json()) {
      output.out().println(text);
      output.out().flush();
    }
  }

  /** Prints a result for a program, as one line. */
  void json(String verb, String name, Object value) {
    if (output.json()) {
      JsonOutput.printLine(Map.of("command", verb, name, value), output.out());
    }
  }

  /** Prints for a program how the command under way failed, as one line. */
  void printFailure(CommandFailedException failure) {
    if (output.json()) {
      JsonOutput.printLine(JsonOutput.failed(known, failure), output.out());
    }
  }

  /** Moves one file; a failure is the command's. */
  void move(String verb, FtpJob job) throws IOException {
    known.put("name", job.remote());
    MovedFile file = transfer.run(session, job);
    tell(file);
    json(verb, "files", List.of(file));
  }

  /**
   * Moves many files, several at once.
   *
   * @throws CommandFailedException at the end if one of them failed
   */
  void move(String verb, List<FtpJob> files) throws IOException {
    List<MovedFile> moved = new ArrayList<>();
    List<CommandFailedException> failures = new ArrayList<>();
    List<ObjectNode> failed = new ArrayList<>();
    known.put("files", moved);
    known.put("failed", failed);
    jobs.run(
        session,
        files,
        new FtpJobs.Listener<>() {
          @Override
          public void moved(MovedFile file) {
            moved.add(file);
            tell(file);
          }

          @Override
          public boolean failed(FtpJob job, Exception problem) {
            CommandFailedException failure = failure(job, problem);
            failures.add(failure);
            failed.add(JsonOutput.failed(Map.of("name", job.remote()), failure));
            output.err().println(failure.getMessage());
            return true;
          }
        });
    interruption.check();
    requireNone(failures, verb, files.size());
    json(verb, "files", moved);
    say(Text.of("%d files.", moved.size()));
  }

  private static void requireNone(List<CommandFailedException> failures, String verb, int files) {
    if (!failures.isEmpty()) {
      throw new CommandFailedException(
          failures.getFirst().exitCode(),
          Text.of("%s: %d of %d files failed.", verb, failures.size(), files));
    }
  }

  private static CommandFailedException failure(FtpJob job, Exception problem) {
    return switch (problem) {
      case CommandFailedException known -> known;
      case LocalFileException local -> local.failure();
      case IOException io ->
          new CommandFailedException(
              ExitCode.FTP_FAILED,
              "%s: %s.".formatted(Printable.of(job.remote()), IoProblem.text(io)),
              io);
      default -> throw new IllegalStateException(problem);
    };
  }

  private void tell(MovedFile file) {
    say(
        Text.of(
            "%s: %,d bytes in %.2f s%s%s",
            Printable.of(file.name()),
            file.bytes(),
            file.seconds(),
            file.sha256() == null ? "" : ", sha256 " + file.sha256(),
            file.verified() ? Text.of(", checksum right") : ""));
  }
}
