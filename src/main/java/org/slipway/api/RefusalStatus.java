package org.slipway.api;

import org.slipway.accounts.Refusal;

/** The one table from a refusal to its HTTP status. */
final class RefusalStatus {
  static final int INSUFFICIENT_STORAGE = 507;

  private RefusalStatus() {}

  static int of(Refusal.Kind kind) {
    return switch (kind) {
      case NOT_LOGGED_IN, WRONG_CREDENTIALS, SECOND_FACTOR_NEEDED -> 401;
      case LOCKED_OUT, TOO_MANY_SESSIONS, OVER_TRAFFIC -> 429;
      case ACCOUNT_PENDING,
          ACCOUNT_SUSPENDED,
          ACCOUNT_REJECTED,
          ACCOUNT_EXPIRED,
          ADDRESS_NOT_ALLOWED,
          DEVICE_DISABLED,
          OUTSIDE_HOURS,
          CHANNEL_NOT_ALLOWED,
          TLS_REQUIRED,
          NO_PERMISSION,
          CLOSED ->
          403;
      case NO_SUCH_FILE, NO_SUCH_THING -> 404;
      case NOT_A_FOLDER, IS_A_FOLDER, FOLDER_NOT_EMPTY, ALREADY_EXISTS, CONFLICT -> 409;
      case BAD_NAME -> 400;
      case CHANGED_MEANWHILE -> 412;
      case OVER_QUOTA, DISK_FULL -> INSUFFICIENT_STORAGE;
    };
  }
}
