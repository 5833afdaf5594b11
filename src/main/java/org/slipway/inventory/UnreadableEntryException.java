package org.slipway.inventory;

import java.io.Serial;

/** An entry that cannot be taken; the message says why. */
final class UnreadableEntryException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;

  private final String code;

  /**
   * @param code a key for translation
   * @param message the same in English
   */
  UnreadableEntryException(String code, String message) {
    super(message, null, false, false);
    this.code = code;
  }

  String code() {
    return code;
  }
}
