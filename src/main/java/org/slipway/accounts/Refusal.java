package org.slipway.accounts;

import java.time.Duration;
import java.util.Optional;

/**
 * Our policy said no, and why. Every protocol has one table from the kind to its own code.
 *
 * @param detail a fixed or composed text for people; holds no path of the server
 * @param retryAfter after which time it may be different; empty where time does not matter
 * @param missingBytes by how much a quota would be exceeded in bytes; 0 where that is not the
 *     reason
 */
public record Refusal(Kind kind, String detail, Optional<Duration> retryAfter, long missingBytes) {

  public Refusal(Kind kind, String detail) {
    this(kind, detail, Optional.empty(), 0);
  }

  public Refusal(Kind kind, String detail, Optional<Duration> retryAfter) {
    this(kind, detail, retryAfter, 0);
  }

  /** The reasons of the contract, section 3. */
  public enum Kind {
    NOT_LOGGED_IN,
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
    NO_SUCH_FILE,
    NOT_A_FOLDER,
    IS_A_FOLDER,
    FOLDER_NOT_EMPTY,
    ALREADY_EXISTS,
    BAD_NAME,
    OVER_QUOTA,
    OVER_TRAFFIC,
    TOO_MANY_SESSIONS,
    DISK_FULL,
    NO_SUCH_THING,
    CONFLICT,
    CHANGED_MEANWHILE,
    CLOSED
  }

  public static Refusal of(Kind kind, String detail) {
    return new Refusal(kind, detail);
  }

  public static Refusal of(Kind kind, String detail, Duration retryAfter) {
    return new Refusal(kind, detail, Optional.of(retryAfter));
  }

  public RefusedException asException() {
    return new RefusedException(this);
  }
}
