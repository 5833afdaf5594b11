package org.slipway.ftp;

import java.util.Optional;
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
  LISTED_PATH;

  private static final Reply NEEDED = new Reply(501, "The command needs an argument.");
  private static final Reply NOT_TAKEN = new Reply(501, "The command takes no argument.");
  private static final Reply BAD_CHARACTER = new Reply(501, "Control characters are not allowed.");

  /** What is wrong with an argument; a path is checked by the path checker. */
  Optional<Reply> objection(String argument) {
    return switch (this) {
      case NONE -> argument.isBlank() ? Optional.empty() : Optional.of(NOT_TAKEN);
      case OPTIONAL_TEXT -> controlCharacters(argument);
      case TEXT -> argument.isEmpty() ? Optional.of(NEEDED) : controlCharacters(argument);
      case PATH -> argument.isEmpty() ? Optional.of(NEEDED) : Optional.empty();
      case OPTIONAL_PATH, LISTED_PATH -> Optional.empty();
    };
  }

  /** The path within an argument. */
  String path(String argument) {
    String rest = argument;
    if (this == LISTED_PATH) {
      while (rest.startsWith("-")) {
        int space = rest.indexOf(' ');
        rest = space < 0 ? "" : rest.substring(space + 1);
      }
    }
    return rest;
  }

  private static Optional<Reply> controlCharacters(String argument) {
    return argument.codePoints().anyMatch(Character::isISOControl)
        ? Optional.of(BAD_CHARACTER)
        : Optional.empty();
  }
}
