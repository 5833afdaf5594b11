package org.slipway.ftp;

import org.slipway.accounts.Refusal;
import org.slipway.ftp.wire.Reply;

/** The one table from a refusal to the reply of FTP (RFC 959 section 4.2). */
final class RefusalReplies {
  private static final String LOGIN_INCORRECT = "Login incorrect.";

  private RefusalReplies() {}

  static Reply of(Refusal refusal) {
    return new Reply(code(refusal.kind()), text(refusal));
  }

  /** What a session is told that ends because its account lost the right to it. */
  static Reply farewell(Refusal refusal) {
    return new Reply(421, refusal.detail() + "; closing the connection.");
  }

  /** Whether the account may do nothing at all any more. */
  static boolean endsSession(Refusal refusal) {
    return switch (refusal.kind()) {
      case NOT_LOGGED_IN,
          ACCOUNT_PENDING,
          ACCOUNT_SUSPENDED,
          ACCOUNT_REJECTED,
          ACCOUNT_EXPIRED,
          ADDRESS_NOT_ALLOWED,
          DEVICE_DISABLED,
          OUTSIDE_HOURS,
          CHANNEL_NOT_ALLOWED,
          TLS_REQUIRED,
          TOO_MANY_SESSIONS ->
          true;
      default -> false;
    };
  }

  /** Whether it belongs into the audit trail: our policy, and not merely the state of the files. */
  static boolean isPolicy(Refusal refusal) {
    return switch (refusal.kind()) {
      case NO_SUCH_FILE, NOT_A_FOLDER, IS_A_FOLDER, FOLDER_NOT_EMPTY, ALREADY_EXISTS -> false;
      default -> true;
    };
  }

  private static int code(Refusal.Kind kind) {
    return switch (kind) {
      case NOT_LOGGED_IN,
          WRONG_CREDENTIALS,
          SECOND_FACTOR_NEEDED,
          LOCKED_OUT,
          ACCOUNT_PENDING,
          ACCOUNT_SUSPENDED,
          ACCOUNT_REJECTED,
          ACCOUNT_EXPIRED,
          ADDRESS_NOT_ALLOWED,
          DEVICE_DISABLED,
          OUTSIDE_HOURS,
          CHANNEL_NOT_ALLOWED,
          TLS_REQUIRED ->
          530;
      case NO_PERMISSION,
          NO_SUCH_FILE,
          NOT_A_FOLDER,
          IS_A_FOLDER,
          FOLDER_NOT_EMPTY,
          NO_SUCH_THING,
          CLOSED ->
          550;
      case ALREADY_EXISTS, BAD_NAME -> 553;
      case OVER_QUOTA, OVER_TRAFFIC -> 552;
      case DISK_FULL -> 452;
      case CONFLICT, CHANGED_MEANWHILE -> 450;
      case TOO_MANY_SESSIONS -> 421;
    };
  }

  /** A wrong password, a wrong name and a lock-out read the same. */
  private static String text(Refusal refusal) {
    return switch (refusal.kind()) {
      case NOT_LOGGED_IN, WRONG_CREDENTIALS, LOCKED_OUT -> LOGIN_INCORRECT;
      default -> refusal.detail();
    };
  }
}
