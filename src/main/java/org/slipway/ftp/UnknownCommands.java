package org.slipway.ftp;

import java.nio.charset.Charset;
import java.util.Optional;
import java.util.Set;
import org.slipway.ftp.wire.CommandLine;
import org.slipway.ftp.wire.MalformedCommandException;
import org.slipway.ftp.wire.Reply;

/** Says what becomes of a line that is no command of ours. */
final class UnknownCommands {
  /** What speaks other protocols is cut off at its first line, before anything of it can act. */
  private static final Set<String> FOREIGN =
      Set.of("GET", "POST", "HEAD", "PUT", "OPTIONS", "CONNECT", "EHLO", "HELO");

  /** So many unknown commands before a login are no FTP client. */
  private static final int MOST_UNKNOWN = 10;

  private int unknown;

  /** The reply; empty where the connection is cut off without a word. */
  Optional<Reply> answer(CommandLine line, SessionStage stage) {
    Optional<Reply> leftOut = FtpVerb.leftOut(line.verb());
    if (stage instanceof BeforeLogin
        && (FOREIGN.contains(line.verb()) || leftOut.isEmpty() && ++unknown > MOST_UNKNOWN)) {
      return Optional.empty();
    }
    return leftOut.or(() -> Optional.of(new Reply(500, "Unknown command.")));
  }

  /**
   * @param names in which bytes the names of files should be
   */
  static Reply answer(MalformedCommandException e, Charset names) {
    return switch (e.problem()) {
      case EMPTY, BAD_VERB -> new Reply(500, "Unknown command.");
      case TOO_LONG -> new Reply(500, "Command line too long.");
      case BAD_BYTES -> new Reply(553, "Names must be " + names + ".");
    };
  }
}
