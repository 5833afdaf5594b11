package org.slipway.mail;

import java.time.Instant;
import java.util.Optional;

/**
 * A mail in the outbox, as an administrator may see it: without its text.
 *
 * @param due when it is tried next; the past for one that has ended
 * @param error what the mail server said last
 */
public record OutboxEntry(
    long id,
    MailKind kind,
    String recipient,
    State state,
    int attempts,
    Instant created,
    Instant due,
    Optional<Instant> ended,
    Optional<String> error) {

  /** What became of it so far. */
  public enum State {
    WAITING,
    SENT,
    FAILED
  }
}
