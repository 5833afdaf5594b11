package org.slipway.audit;

import java.time.Instant;

/**
 * One line of the audit trail. Texts are stored as they came and escaped where they are shown;
 * never a password, token or code.
 *
 * @param actor user name or hardware address; empty where nobody is known
 * @param address from where
 * @param channel {@code WEB}, {@code API}, {@code FTP}, {@code TFTP}, {@code BOOTP}, {@code SYSTEM}
 * @param action what was tried, such as {@code ACCOUNT_APPROVED} or {@code SIGN_IN}
 * @param subject what it was tried on
 * @param outcome whether it was done
 * @param reason why not, or the reason that was given
 * @param repeats how often the same was seen in a row
 */
public record AuditEntry(
    Instant at,
    String actor,
    String address,
    String channel,
    String action,
    String subject,
    Outcome outcome,
    String reason,
    String before,
    String after,
    long repeats) {

  /** Whether what was tried was done. */
  public enum Outcome {
    DONE,
    REFUSED,
    FAILED
  }
}
