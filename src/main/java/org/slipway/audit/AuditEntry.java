package org.slipway.audit;

import java.time.Instant;
import java.util.Map;

/**
 * One line of the audit trail. Texts are as they came and escaped where they are shown; never a
 * password, token or code.
 *
 * @param at when it was first seen
 * @param last when it was last seen; the same where it was seen once
 * @param actor user name or hardware address; empty where nobody is known
 * @param address from where
 * @param channel {@code WEB}, {@code API}, {@code FTP}, {@code TFTP}, {@code HTTP}, {@code SYSTEM}
 * @param action name of an {@link AuditAction}, such as {@code ACCOUNT_APPROVED}
 * @param subject what it was tried on
 * @param outcome whether it was done
 * @param reason why not: a code such as the kind of a refusal, or {@link #FLOOD}
 * @param before what changed, as it was: JSON ({@link AuditValues}) or a plain text
 * @param after as it is now
 * @param repeats how often the same was seen
 * @param cut by the name of the field: what a text was that is not kept whole
 */
public record AuditEntry(
    long id,
    Instant at,
    Instant last,
    String actor,
    String address,
    String channel,
    String action,
    String subject,
    Outcome outcome,
    String reason,
    String before,
    String after,
    long repeats,
    Map<String, StoredText.Cut> cut) {

  /**
   * The reason of an entry that stands for many different ones, which came too fast to be kept one
   * by one: {@code repeats} says how many.
   */
  public static final String FLOOD = "FLOOD";

  /** Whether what was tried was done. */
  public enum Outcome {
    DONE,
    REFUSED,
    FAILED
  }
}
