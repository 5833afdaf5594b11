package org.slipway.client;

/** Ends a command: with what exit code, and the sentence that tells the user what to do. */
public final class CommandFailedException extends RuntimeException {
  private final ExitCode exitCode;

  public CommandFailedException(ExitCode exitCode, String sentence) {
    super(sentence);
    this.exitCode = exitCode;
  }

  public CommandFailedException(ExitCode exitCode, String sentence, Throwable cause) {
    super(sentence, cause);
    this.exitCode = exitCode;
  }

  public ExitCode exitCode() {
    return exitCode;
  }
}
