package org.slipway.transfers;

import java.time.Instant;
import java.util.Optional;
import org.slipway.audit.AuditValues;
import org.slipway.transfers.TransferDescription.Direction;

/**
 * Which transfers are wanted; what is empty is not asked for.
 *
 * @param text somewhere in the path, account, device or peer, whatever case
 * @param account exactly
 * @param device exactly
 * @param path somewhere in the path, whatever case
 * @param from ended at it or later
 * @param to ended before it
 */
public record TransferQuery(
    String text,
    Optional<String> account,
    Optional<String> device,
    Optional<String> path,
    Optional<String> protocol,
    Optional<Direction> direction,
    Optional<TransferOutcome> outcome,
    Optional<Instant> from,
    Optional<Instant> to) {

  /**
   * @param account only of this user, where given
   */
  public static TransferQuery of(String text, Optional<String> account) {
    return new TransferQuery(
        text == null ? "" : text,
        account,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  /** The same, but only of this user. */
  public TransferQuery ofAccount(String username) {
    return new TransferQuery(
        text, Optional.of(username), device, path, protocol, direction, outcome, from, to);
  }

  /** Only what it asks for, for the entry about an export. */
  String described() {
    return AuditValues.of(
        "text", text.isEmpty() ? null : text,
        "account", account,
        "device", device,
        "path", path,
        "protocol", protocol,
        "direction", direction,
        "outcome", outcome,
        "from", from,
        "to", to);
  }
}
