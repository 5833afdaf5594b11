package org.slipway.dhcp;

import java.net.Inet4Address;
import java.util.Optional;

/**
 * In which state a client sends its DHCPREQUEST (RFC 2131 section 4.3.2).
 *
 * <pre>
 *               server id (54)  requested (50)  ciaddr
 *  ---------------------------------------------------
 *  SELECTING    MUST            MUST            zero
 *  INIT-REBOOT  MUST NOT        MUST            zero
 *  RENEWING     MUST NOT        MUST NOT        the address, to us alone
 *  REBINDING    MUST NOT        MUST NOT        the address, to everybody
 * </pre>
 *
 * Plain Java does not tell whether a datagram was sent to everybody. One that a relay brings was;
 * for the others it makes no difference, because both states are decided by the same rules.
 */
enum RequestState {
  SELECTING,
  INIT_REBOOT,
  RENEWING,
  REBINDING;

  /** Empty where the message fits no row. */
  static Optional<RequestState> of(DhcpRequest r) {
    if (r.ciaddr().isPresent() && r.requested().isEmpty()) {
      return Optional.of(r.giaddr().isPresent() ? REBINDING : RENEWING);
    }
    if (r.requested().isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(r.server().isPresent() ? SELECTING : INIT_REBOOT);
  }

  /** The address that the client wants to use. */
  Inet4Address address(DhcpRequest r) {
    return isBoot() ? r.requested().orElseThrow() : r.ciaddr().orElseThrow();
  }

  /** Whether the client has no address yet. */
  boolean isBoot() {
    return this == SELECTING || this == INIT_REBOOT;
  }
}
