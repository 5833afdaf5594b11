package org.slipway.web;

import java.util.Optional;
import org.slipway.accounts.InvalidInputException;
import org.slipway.accounts.RefusedException;
import org.slipway.storage.VirtualPath;

/** What somebody typed into a field that may stay empty. */
final class Entered {
  private Entered() {}

  static Optional<String> text(String typed) {
    return Optional.ofNullable(typed).map(String::strip).filter(t -> !t.isEmpty());
  }

  /**
   * A folder of a home, as the file areas write it.
   *
   * @throws InvalidInputException for a text that cannot be one
   */
  static String folder(String field, String typed) {
    try {
      return VirtualPath.parse(typed.strip()).toString();
    } catch (RefusedException e) {
      throw new InvalidInputException(
          field, "path.pattern", "A folder of the home such as /images, without . and .. in it");
    }
  }
}
