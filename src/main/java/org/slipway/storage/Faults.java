package org.slipway.storage;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import org.slipway.accounts.Refusal.Kind;
import org.slipway.accounts.RefusedException;

/** Tells what the operating system refused for a reason of the request from what is our fault. */
final class Faults {
  private Faults() {}

  /** The exception to throw; its text names no path of the server. */
  static RuntimeException of(IOException e, VirtualPath path) {
    return switch (e) {
      case NoSuchFileException x -> refused(Kind.NO_SUCH_FILE, "There is no " + path);
      case NotDirectoryException x -> refused(Kind.NOT_A_FOLDER, path + " is not a folder");
      case DirectoryNotEmptyException x ->
          refused(Kind.FOLDER_NOT_EMPTY, "The folder " + path + " is not empty");
      case FileAlreadyExistsException x -> refused(Kind.ALREADY_EXISTS, path + " exists already");
      case FileSystemException x -> ofReason(x, path);
      default -> ofText(String.valueOf(e.getMessage()), e, path);
    };
  }

  private static RuntimeException ofReason(FileSystemException e, VirtualPath path) {
    String reason = String.valueOf(e.getReason());
    if (reason.contains("Not a directory")) {
      return refused(Kind.NOT_A_FOLDER, path + " is not a folder");
    }
    if (reason.contains("Is a directory")) {
      return refused(Kind.IS_A_FOLDER, path + " is a folder");
    }
    if (reason.contains("not empty")) {
      return refused(Kind.FOLDER_NOT_EMPTY, "The folder " + path + " is not empty");
    }
    if (reason.contains("name too long")) {
      return refused(Kind.BAD_NAME, "The name is too long");
    }
    return ofText(reason, e, path);
  }

  /** Some of what the platform throws has its reason as its message. */
  private static RuntimeException ofText(String reason, IOException e, VirtualPath path) {
    if (reason.contains("symbolic link")) {
      return refused(Kind.NO_PERMISSION, path + " is or leads through a symbolic link");
    }
    if (reason.contains("No space left") || reason.contains("Disk quota exceeded")) {
      return refused(Kind.DISK_FULL, "The disk of the server is full");
    }
    return new UncheckedIOException(e);
  }

  static RefusedException refused(Kind kind, String detail) {
    return new RefusedException(kind, detail);
  }
}
