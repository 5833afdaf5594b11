package org.slipway.client;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** The commands of the shell. */
enum ShellVerb {
  LS(0, 9, "[-lStr] [NAME...]", Names.REMOTE, FolderCommands::ls),
  CD(0, 1, "[FOLDER]", Names.REMOTE, FolderCommands::cd),
  LCD(0, 1, "[FOLDER]", Names.LOCAL, FolderCommands::lcd),
  PWD(0, 0, "", Names.NONE, FolderCommands::pwd),
  GET(1, 2, "FILE [LOCAL]", Names.REMOTE, TransferCommands::get),
  PUT(1, 2, "LOCAL [FILE]", Names.LOCAL, TransferCommands::put),
  MGET(1, Integer.MAX_VALUE, "FILE...", Names.REMOTE, TransferCommands::mget),
  MPUT(1, Integer.MAX_VALUE, "LOCAL...", Names.LOCAL, TransferCommands::mput),
  REGET(1, 2, "FILE [LOCAL]", Names.REMOTE, TransferCommands::reget),
  REPUT(1, 2, "LOCAL [FILE]", Names.LOCAL, TransferCommands::reput),
  MIRROR(1, 3, "[-R] FROM [TO]", Names.REMOTE, MirrorCommand::mirror),
  RM(1, Integer.MAX_VALUE, "FILE...", Names.REMOTE, FolderCommands::rm),
  MKDIR(1, 1, "FOLDER", Names.REMOTE, FolderCommands::mkdir),
  RMDIR(1, 1, "FOLDER", Names.REMOTE, FolderCommands::rmdir),
  MV(2, 2, "FROM TO", Names.REMOTE, FolderCommands::mv),
  CAT(1, 1, "FILE", Names.REMOTE, FolderCommands::cat),
  QUOTA(0, 0, "", Names.NONE, (shell, words) -> FolderCommands.reply(shell, "SITE QUOTA")),
  SITE(1, Integer.MAX_VALUE, "COMMAND...", Names.NONE, FolderCommands::site),
  STATUS(0, 0, "", Names.NONE, (shell, words) -> FolderCommands.reply(shell, "STAT")),
  HELP(0, 1, "[COMMAND]", Names.NONE, FolderCommands::help),
  QUIT(0, 0, "", Names.NONE, (shell, words) -> shell.end());

  private static final List<String> ALIASES_OF_QUIT = List.of("close", "bye", "exit", "q");

  private final int least;
  private final int most;
  private final String syntax;
  private final Names names;
  private final Action action;

  /** What its arguments name, for the completion. */
  enum Names {
    REMOTE,
    LOCAL,
    NONE
  }

  /** What it does. */
  interface Action {
    void run(FtpShell shell, List<String> arguments) throws IOException;
  }

  ShellVerb(int least, int most, String syntax, Names names, Action action) {
    this.least = least;
    this.most = most;
    this.syntax = syntax;
    this.names = names;
    this.action = action;
  }

  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  Names names() {
    return names;
  }

  String syntax() {
    return syntax.isEmpty() ? word() : word() + " " + syntax;
  }

  String description() {
    return switch (this) {
      case LS -> Text.of("lists: -l with sizes and times, -S by size, -t by time, -r reversed");
      case CD -> Text.of("goes to a folder of the server");
      case LCD -> Text.of("goes to a folder of this machine");
      case PWD -> Text.of("says which folders those are");
      case GET -> Text.of("fetches a file");
      case PUT -> Text.of("sends a file");
      case MGET -> Text.of("fetches files by patterns such as *.img");
      case MPUT -> Text.of("sends files by patterns");
      case REGET -> Text.of("goes on fetching a file whose beginning is here");
      case REPUT -> Text.of("goes on sending a file whose beginning is there");
      case MIRROR -> Text.of("fetches what is new in a folder and below it; -R sends it");
      case RM -> Text.of("deletes files, by patterns too");
      case MKDIR -> Text.of("makes a folder");
      case RMDIR -> Text.of("removes an empty folder");
      case MV -> Text.of("renames or moves");
      case CAT -> Text.of("shows a file");
      case QUOTA -> Text.of("says how much room there is");
      case SITE -> Text.of("sends a SITE command; \"site help\" lists them");
      case STATUS -> Text.of("shows the state of the session");
      case HELP -> Text.of("explains the commands, or one of them");
      case QUIT -> Text.of("ends; close, bye, exit and q are the same");
    };
  }

  void run(FtpShell shell, List<String> arguments) throws IOException {
    action.run(shell, arguments);
  }

  /**
   * @throws CommandFailedException if there is no such command
   */
  static ShellVerb named(String word) {
    String lower = word.toLowerCase(Locale.ROOT);
    if (ALIASES_OF_QUIT.contains(lower)) {
      return QUIT;
    }
    return Stream.of(values())
        .filter(verb -> verb.word().equals(lower) || lower.equals("?") && verb == HELP)
        .findFirst()
        .orElseThrow(() ->
            new CommandFailedException(
                ExitCode.USAGE,
                Text.of("There is no command \"%s\"; try \"help\".", Printable.of(word))));
  }

  void checkArguments(List<String> arguments) {
    if (arguments.size() < least || arguments.size() > most) {
      throw new CommandFailedException(ExitCode.USAGE, Text.of("Usage: %s", syntax()));
    }
  }

  static List<String> words() {
    return Stream.concat(Stream.of(values()).map(ShellVerb::word), ALIASES_OF_QUIT.stream())
        .sorted()
        .toList();
  }
}
