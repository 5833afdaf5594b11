package org.slipway.tftp;

import java.util.Optional;
import org.slipway.accounts.Refusal;
import org.slipway.tftp.wire.ErrorCode;
import org.slipway.tftp.wire.TftpPacket.Failure;

/** The one table from a refusal to its TFTP answer; the texts are fixed. */
final class RefusalCode {
  static final Failure NOT_FOUND = new Failure(ErrorCode.FILE_NOT_FOUND, "File not found");
  static final Failure NO_ACCESS = new Failure(ErrorCode.ACCESS_VIOLATION, "Access violation");
  static final Failure NO_SPACE = new Failure(ErrorCode.DISK_FULL, "Disk full or over quota");
  static final Failure EXISTS = new Failure(ErrorCode.FILE_EXISTS, "File already exists");
  static final Failure MALFORMED = new Failure(ErrorCode.ILLEGAL_OPERATION, "Malformed request");
  static final Failure UNKNOWN_MODE =
      new Failure(ErrorCode.ILLEGAL_OPERATION, "only octet and netascii");
  static final Failure TOO_LONG =
      new Failure(ErrorCode.ILLEGAL_OPERATION, "Block longer than agreed on");
  static final Failure UNKNOWN_TRANSFER =
      new Failure(ErrorCode.UNKNOWN_TRANSFER_ID, "Unknown transfer ID");
  static final Failure FAULT = new Failure(ErrorCode.NOT_DEFINED, "Server error");
  static final Failure STOPPED = new Failure(ErrorCode.NOT_DEFINED, "Transfer stopped");

  private RefusalCode() {}

  /** The answer to a refusal; empty where silence makes the client try again later. */
  static Optional<Failure> of(Refusal.Kind kind) {
    return switch (kind) {
      case NO_SUCH_FILE, NOT_A_FOLDER, NO_SUCH_THING -> Optional.of(NOT_FOUND);
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
          TLS_REQUIRED,
          NO_PERMISSION,
          IS_A_FOLDER,
          FOLDER_NOT_EMPTY,
          BAD_NAME,
          CONFLICT,
          CHANGED_MEANWHILE,
          CLOSED ->
          Optional.of(NO_ACCESS);
      case ALREADY_EXISTS -> Optional.of(EXISTS);
      case OVER_QUOTA, OVER_TRAFFIC, DISK_FULL -> Optional.of(NO_SPACE);
      case TOO_MANY_SESSIONS -> Optional.empty();
    };
  }
}
