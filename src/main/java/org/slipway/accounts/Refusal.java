package org.slipway.accounts;

/**
 * Our policy said no, and why. Every protocol has one table from the kind to its own code.
 *
 * @param detail a fixed or composed text for people; holds no path of the server
 * @param missingBytes by how much a quota would be exceeded in bytes; 0 where that is not the
 *     reason
 */
public record Refusal(Kind kind, String detail, long missingBytes) {

  /** The reasons of the contract, section 3. */
  public enum Kind {
    NOT_LOGGED_IN,
    WRONG_CREDENTIALS,
    LOCKED_OUT,
    ACCOUNT_PENDING,
    ACCOUNT_SUSPENDED,
    ACCOUNT_REJECTED,
    ACCOUNT_EXPIRED,
    NO_PERMISSION,
    NO_SUCH_FILE,
    NOT_A_FOLDER,
    IS_A_FOLDER,
    FOLDER_NOT_EMPTY,
    ALREADY_EXISTS,
    BAD_NAME,
    OVER_QUOTA,
    TOO_MANY_SESSIONS,
    DISK_FULL,
    NO_SUCH_THING,
    CONFLICT,
    CHANGED_MEANWHILE,
    CLOSED
  }

  public Refusal(Kind kind, String detail) {
    this(kind, detail, 0);
  }

  public static Refusal of(Kind kind, String detail) {
    return new Refusal(kind, detail);
  }

  public RefusedException asException() {
    return new RefusedException(this);
  }
}
