package org.slipway.client;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** A file of this machine cannot be written: no server is to blame, and no repetition helps. */
final class LocalFileException extends IOException {
  private final transient Path file;
  private final String why;

  LocalFileException(Path file, String why) {
    super("%s: %s".formatted(file, why));
    this.file = file;
    this.why = why;
  }

  LocalFileException(Path file, IOException cause) {
    this(file, why(cause));
    initCause(cause);
  }

  private static String why(IOException e) {
    return switch (e) {
      case NoSuchFileException n -> Text.of("its folder does not exist");
      case AccessDeniedException a -> Text.of("its folder may not be written to");
      case FileSystemException f when f.getReason() != null -> f.getReason();
      default -> IoProblem.text(e);
    };
  }

  /** Ends a command. */
  CommandFailedException failure() {
    return new CommandFailedException(
        ExitCode.FAILED, Text.of("The file %s cannot be written: %s.", file, why), this);
  }
}
