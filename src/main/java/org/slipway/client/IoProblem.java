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
      case SocketTimeoutException t -> "it does not answer";
      case ConnectException c -> "it does not accept connections";
      case AccessDeniedException a -> "%s may not be written".formatted(a.getFile());
      case FileSystemException f ->
          "%s: %s".formatted(f.getFile(), f.getReason() == null ? "failed" : f.getReason());
      default -> e.getMessage() == null ? "the connection broke" : e.getMessage();
    };
  }
}
