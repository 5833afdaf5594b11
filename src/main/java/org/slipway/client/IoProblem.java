package org.slipway.client;

import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;

/** An input or output error in words, without the names of Java's classes. */
final class IoProblem {
  private IoProblem() {}

  static String text(IOException e) {
    return switch (e) {
      case SocketTimeoutException t -> Text.of("it does not answer");
      case ConnectException c -> Text.of("it does not accept connections");
      case AccessDeniedException a -> Text.of("%s may not be written", a.getFile());
      case FileSystemException f ->
          "%s: %s"
              .formatted(f.getFile(), f.getReason() == null ? Text.of("failed") : f.getReason());
      default -> e.getMessage() == null ? Text.of("the connection broke") : e.getMessage();
    };
  }
}
