package org.slipway.client;

import java.util.Optional;
import org.slipway.tftp.wire.ErrorCode;
import org.slipway.tftp.wire.TftpPacket.Failure;

/** A transfer ended without the file. */
final class TftpFailedException extends Exception {
  private final Kind kind;
  private final transient Optional<Failure> toSend;

  /** What can be done about it depends on this. */
  enum Kind {
    NOT_FOUND,
    SILENCE,
    /** Access violation, or the name exists. */
    REFUSED,
    /** Silence in the middle. */
    BROKEN,
    /** Error 0: for a reason of the server's own, such as that it is being stopped. */
    ENDED,
    OTHER
  }

  private TftpFailedException(String detail, Kind kind, Optional<Failure> toSend) {
    super(detail);
    this.kind = kind;
    this.toSend = toSend;
  }

  /** The server said so. */
  static TftpFailedException reported(Failure failure) {
    return new TftpFailedException(
        Text.of(
            "the server said error %d, \"%s\"", failure.code(), Printable.of(failure.message())),
        kind(failure),
        Optional.empty());
  }

  private static Kind kind(Failure failure) {
    if (failure.is(ErrorCode.FILE_NOT_FOUND)) {
      return Kind.NOT_FOUND;
    }
    if (failure.is(ErrorCode.NOT_DEFINED)) {
      return Kind.ENDED;
    }
    return failure.is(ErrorCode.ACCESS_VIOLATION) || failure.is(ErrorCode.FILE_EXISTS)
        ? Kind.REFUSED
        : Kind.OTHER;
  }

  /** We say so, and tell the server. */
  static TftpFailedException ours(String detail, ErrorCode code) {
    return new TftpFailedException(
        detail, Kind.OTHER, Optional.of(new Failure(code, "transfer ended")));
  }

  static TftpFailedException silence() {
    return new TftpFailedException(
        Text.of("the server does not answer"), Kind.SILENCE, Optional.empty());
  }

  /** It answered, and then no more. */
  static TftpFailedException broken() {
    return new TftpFailedException(
        Text.of("the server does not answer any more"), Kind.BROKEN, Optional.empty());
  }

  Kind kind() {
    return kind;
  }

  /** Whether the same may succeed later. */
  boolean isTransient() {
    return kind == Kind.BROKEN || kind == Kind.ENDED;
  }

  /** What the server is told, unless it knows already. */
  Optional<Failure> toSend() {
    return toSend;
  }
}
