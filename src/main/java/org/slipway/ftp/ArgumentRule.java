package org.slipway.ftp;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slipway.ftp.wire.Reply;

/** What may follow a command. */
enum ArgumentRule {
  NONE,
  OPTIONAL_TEXT,
  TEXT,
  PATH,
  /** The current folder where there is none. */
  OPTIONAL_PATH,
  /** The same, behind options as of {@code ls}, which are passed over. */
  LISTED_PATH,
  /** A word, a space, a path. */
  WORD_AND_PATH,
  /** A path; or one in double quotes and numbers behind it. */
  PATH_AND_NUMBERS;

  private static final Reply NEEDED = new Reply(501, "The command needs an argument.");
  private static final Reply NOT_TAKEN = new Reply(501, "The command takes no argument.");
  private static final Reply BAD_CHARACTER = new Reply(501, "Control characters are not allowed.");

  private static final Pattern QUOTED = Pattern.compile("\"(.+)\"(?: \\d{1,18}){0,2}");

  /** What is wrong with an argument; a path is checked by the path checker. */
  Optional<Reply> objection(String argument) {
    return switch (this) {
      case NONE -> argument.isBlank() ? Optional.empty() : Optional.of(NOT_TAKEN);
      case OPTIONAL_TEXT -> controlCharacters(argument);
      case TEXT -> argument.isEmpty() ? Optional.of(NEEDED) : controlCharacters(argument);
      case PATH, PATH_AND_NUMBERS -> argument.isEmpty() ? Optional.of(NEEDED) : Optional.empty();
      case WORD_AND_PATH -> path(argument).isEmpty() ? Optional.of(NEEDED) : Optional.empty();
      case OPTIONAL_PATH, LISTED_PATH -> Optional.empty();
    };
  }

  /** The path within an argument. */
  String path(String argument) {
    return switch (this) {
      case LISTED_PATH -> {
        String rest = argument;
        while (rest.startsWith("-")) {
          rest = behindWord(rest);
        }
        yield rest;
      }
      case WORD_AND_PATH -> behindWord(argument);
      case PATH_AND_NUMBERS -> {
        Matcher quoted = QUOTED.matcher(argument);
        yield quoted.matches() ? quoted.group(1) : argument;
      }
      default -> argument;
    };
  }

  private static String behindWord(String text) {
    int space = text.indexOf(' ');
    return space < 0 ? "" : text.substring(space + 1);
  }

  private static Optional<Reply> controlCharacters(String argument) {
    return argument.codePoints().anyMatch(Character::isISOControl)
        ? Optional.of(BAD_CHARACTER)
        : Optional.empty();
  }
}
