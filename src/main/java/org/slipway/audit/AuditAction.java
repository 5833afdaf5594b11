package org.slipway.audit;

import java.util.Arrays;
import java.util.Optional;

/**
 * Everything that is written down, the only list of it. Its name is stored and shown by the API;
 * the console puts it into words ({@link #key}).
 */
public enum AuditAction {
  SIGN_IN(true),
  SIGNED_OUT(true),
  REGISTERED,
  ACCOUNT_CREATED,
  ACCOUNT_CHANGED,
  ACCOUNT_APPROVED,
  ACCOUNT_REJECTED,
  ACCOUNT_SUSPENDED,
  ACCOUNT_REACTIVATED,
  ACCOUNT_DELETED,
  PASSWORD_CHANGED,
  HOME_RECONCILED,
  DEVICE_ADDED,
  DEVICE_CHANGED,
  DEVICE_DELETED,
  DEVICE_REARMED,
  MANIFEST_VERSION_MADE,
  MANIFEST_DELETED,
  NETWORK_ADDED,
  NETWORK_CHANGED,
  NETWORK_DELETED,
  REMAP_RULE_ADDED,
  REMAP_RULE_CHANGED,
  REMAP_RULE_DELETED,
  TEMPLATE_MARKED,
  TEMPLATE_UNMARKED,
  LISTENER_STARTED,
  LISTENER_STOPPED,
  DISCONNECTED,
  UPLOAD(true),
  DOWNLOAD(true),
  FILE_STORED(true),
  FILE_REPLACED(true),
  FILE_DELETED(true),
  FILE_RENAMED(true),
  FOLDER_MADE(true),
  FOLDER_DELETED(true),
  BOOT_FILE_STORED(true),
  BOOT_FILE_REPLACED(true),
  BOOT_FILE_DELETED(true),
  BOOT_FILE_RENAMED(true),
  BOOT_FOLDER_MADE(true),
  BOOT_FOLDER_DELETED(true),
  /** A page of the console, or a button on it. */
  PAGE(true),
  /** A request to the REST API; its subject is the method and the path. */
  API_REQUEST(true),
  /** A command of FTP; its subject is the command as it came. */
  FTP_COMMAND(true),
  FTP_DATA_CONNECTION(true),
  LOCKED_OUT(true),
  LOCK_OUT_LIFTED,
  UNLOCK_LINK_MADE,
  UNLOCK_LINK_USED,
  GROUP_ADDED,
  GROUP_CHANGED,
  GROUP_DELETED,
  SHARED_FOLDER_ADDED,
  SHARED_FOLDER_CHANGED,
  SHARED_FOLDER_DELETED,
  SECOND_FACTOR_BEGUN,
  SECOND_FACTOR_ON,
  SECOND_FACTOR_OFF,
  SECOND_FACTOR_RESET,
  RECOVERY_CODES_MADE,
  TOKEN_MADE,
  TOKEN_REVOKED,
  TOKENS_REVOKED,
  TOKENS_CARRIED_OVER,
  SESSIONS_ENDED,
  APPLIED(true),
  MAIL(true),
  MAIL_SENT(true),
  PASSWORD_RESET_ASKED(true),
  PASSWORD_RESET(true),
  INVITATION_MADE,
  INVITATION_REVOKED,
  SMTP_TESTED,
  ADDRESS_CONFIRMED(true),
  FILE_TRASHED(true),
  FILE_RESTORED(true),
  FILE_PURGED(true),
  FILE_TIME_SET(true),
  CERTIFICATE_MADE,
  CERTIFICATE_REPLACED,
  AUDIT_EXPORTED,
  AUDIT_TRIMMED,
  TRANSFERS_EXPORTED,
  TRANSFERS_TRIMMED,
  LEASE_DELETED;

  private final boolean frequent;

  AuditAction() {
    this(false);
  }

  AuditAction(boolean frequent) {
    this.frequent = frequent;
  }

  /**
   * Whether machines do it again and again, so that equal entries become one with a count. What an
   * administrator does is written each time: the order matters there.
   */
  boolean isFrequent() {
    return frequent;
  }

  /** Where its text is in the message bundles. */
  public String key() {
    return "audit.action." + name();
  }

  /** The action of this name; entries of an older portal may have others. */
  public static Optional<AuditAction> named(String name) {
    return Arrays.stream(values()).filter(a -> a.name().equals(name)).findFirst();
  }
}
