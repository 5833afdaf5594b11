package org.slipway.api.model;

import java.time.Instant;
import java.util.Map;

/**
 * A line of the audit trail. Texts are exactly as received.
 *
 * @param at when it was first seen
 * @param last when it was last seen
 * @param actor user name or hardware address; empty where nobody is known
 * @param address from where
 * @param outcome {@code DONE}, {@code REFUSED} or {@code FAILED}
 * @param reason a code; {@code FLOOD} where the line stands for {@code count} different ones
 * @param count how often the same was seen
 * @param cut for each field that is only the first part of a text: what the whole was
 */
public record AuditDocument(
    Instant at,
    Instant last,
    String actor,
    String address,
    String channel,
    String action,
    String subject,
    String outcome,
    String reason,
    String before,
    String after,
    long count,
    Map<String, Whole> cut) {

  /**
   * A text that is not kept whole.
   *
   * @param length its UTF-16 units
   * @param sha256 of its UTF-8 form, in lower-case hex
   */
  public record Whole(long length, String sha256) {}
}
