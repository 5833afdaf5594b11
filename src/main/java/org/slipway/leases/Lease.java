package org.slipway.leases;

import java.net.Inet4Address;
import java.time.Instant;
import java.util.Optional;
import org.slipway.audit.AuditValues;

/**
 * An address and who has it, or had it last.
 *
 * @param since when the client was given it first, without a break
 * @param end until when nobody else gets it: the end of the lease, the moment of its release, or
 *     the end of the quarantine after it was declined
 */
public record Lease(
    Inet4Address address,
    LeaseClient client,
    Kind kind,
    Instant since,
    Instant renewed,
    Instant end) {

  /** What was last heard of it; stored by its name. */
  public enum Kind {
    BOUND,
    RELEASED,
    DECLINED
  }

  /** How it is at a moment. */
  public enum State {
    BOUND,
    EXPIRED,
    RELEASED,
    DECLINED
  }

  public State state(Instant now) {
    return switch (kind) {
      case BOUND -> end.isAfter(now) ? State.BOUND : State.EXPIRED;
      case RELEASED -> State.RELEASED;
      case DECLINED -> end.isAfter(now) ? State.DECLINED : State.EXPIRED;
    };
  }

  /** Whether the client may use the address now. */
  boolean isBound(Instant now) {
    return kind == Kind.BOUND && end.isAfter(now);
  }

  /** Whether anybody may be given the address now. */
  boolean isOver(Instant now) {
    return !end.isAfter(now);
  }

  boolean isOf(ClientIdentity identity) {
    return client.identity().equals(identity);
  }

  Lease released(Instant now) {
    return new Lease(address, client, Kind.RELEASED, since, renewed, now);
  }

  Lease declined(Instant until) {
    return new Lease(address, client, Kind.DECLINED, since, renewed, until);
  }

  static Lease bound(
      Inet4Address address, LeaseClient client, Optional<Lease> before, Instant now, Instant end) {
    Instant since =
        before
            .filter(b -> b.isOf(client.identity()) && b.isBound(now))
            .map(Lease::since)
            .orElse(now);
    return new Lease(address, client, Kind.BOUND, since, now, end);
  }

  /** For the audit trail. */
  String described() {
    return AuditValues.of(
        "hardwareAddress",
        client.hardwareAddress(),
        "client",
        client.identity().text(),
        "state",
        kind,
        "end",
        end);
  }
}
