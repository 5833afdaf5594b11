package org.slipway.audit;

import java.time.Instant;
import java.util.Optional;
import org.slipway.audit.AuditEntry.Outcome;

/**
 * Which entries are wanted; what is empty is not asked for.
 *
 * @param text somewhere in the actor, address, subject, action, reason or the values, whatever case
 * @param actor exactly
 * @param address exactly
 * @param from not over before it
 * @param to begun before it
 */
public record AuditQuery(
    String text,
    Optional<String> actor,
    Optional<String> address,
    Optional<String> channel,
    Optional<String> action,
    Optional<Outcome> outcome,
    Optional<Instant> from,
    Optional<Instant> to) {

  public static final AuditQuery ALL = of("");

  public static AuditQuery of(String text) {
    return new AuditQuery(
        text == null ? "" : text,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  /** Only what it asks for, for the entry about an export. */
  String described() {
    return AuditValues.of(
        "text", text.isEmpty() ? null : text,
        "actor", actor,
        "address", address,
        "channel", channel,
        "action", action,
        "outcome", outcome,
        "from", from,
        "to", to);
  }
}
