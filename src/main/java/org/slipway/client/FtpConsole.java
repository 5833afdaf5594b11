package org.slipway.client;

import java.io.IOException;
import java.util.function.IntSupplier;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.UserInterruptException;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import picocli.CommandLine.Model.CommandSpec;

/** The shell on a terminal: history, completion, and Ctrl-C for what is under way. */
final class FtpConsole {
  private static final int HISTORY = 1000;

  private FtpConsole() {}

  /** Makes the shell. */
  interface Opening {
    FtpShell open(Conflicts.Asker asker, IntSupplier columns) throws IOException;
  }

  /** Returns when the user ends it. */
  static void run(CommandSpec spec, Opening opening, Interruption interruption) throws IOException {
    try (Terminal terminal = TerminalBuilder.builder().system(true).build()) {
      LineReader questions = LineReaderBuilder.builder().terminal(terminal).build();
      FtpShell shell = opening.open(question -> answer(questions, question), terminal::getWidth);
      RemoteNames names = new RemoteNames(shell);
      LineReader reader =
          LineReaderBuilder.builder()
              .terminal(terminal)
              .completer(new ShellCompleter(shell, names))
              .variable(LineReader.HISTORY_FILE, ConfigFolder.file("history"))
              .variable(LineReader.HISTORY_SIZE, HISTORY)
              .option(LineReader.Option.DISABLE_EVENT_EXPANSION, true)
              .build();
      terminal.handle(Terminal.Signal.INT, signal -> interruption.interrupt());
      while (!shell.ended()) {
        try {
          shell.run(reader.readLine("slipway:%s> ".formatted(Printable.of(shell.folder()))));
        } catch (UserInterruptException e) {
          // Only the line is gone.
        } catch (EndOfFileException e) {
          shell.end();
        } catch (CommandFailedException e) {
          spec.commandLine().getErr().println(e.getMessage());
          shell.printFailure(e);
        }
        names.forget();
      }
    }
  }

  private static char answer(LineReader reader, String question) {
    try {
      String answer = reader.readLine(question).strip();
      return answer.isEmpty() ? ' ' : Character.toLowerCase(answer.charAt(0));
    } catch (UserInterruptException | EndOfFileException e) {
      return ' ';
    }
  }
}
