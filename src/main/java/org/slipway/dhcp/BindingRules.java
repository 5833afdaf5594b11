package org.slipway.dhcp;

import org.slipway.leases.Standing;
import org.slipway.provisioning.SilenceReason;

/**
 * What a DHCPREQUEST is answered (RFC 2131 section 4.3.2), from the state of the client and how the
 * address stands to it.
 */
final class BindingRules {
  private BindingRules() {}

  /** The answer. */
  sealed interface Verdict {
    /** DHCPACK. */
    record Grant() implements Verdict {}

    /**
     * DHCPNAK.
     *
     * @param why for the client's log (option 56)
     */
    record Refuse(String why) implements Verdict {}

    /** Nothing: another server may know better. */
    record Quiet(SilenceReason reason) implements Verdict {}
  }

  /**
   * @param sameSubnet whether the address belongs to the network that the client is in
   */
  static Verdict verdict(RequestState state, boolean sameSubnet, Standing standing) {
    if (!sameSubnet) {
      return new Verdict.Refuse("the address is of another network");
    }
    return switch (standing) {
      case RESERVED_FOR_IT, HELD, REMEMBERED -> new Verdict.Grant();
      case FREE ->
          state == RequestState.SELECTING
              ? new Verdict.Grant()
              : new Verdict.Quiet(SilenceReason.NO_LEASE);
      case TAKEN -> new Verdict.Refuse("the address belongs to another client");
      case QUARANTINED -> new Verdict.Refuse("the address was found in use");
      case RETIRED -> new Verdict.Refuse("the address is no longer leased");
      case FOREIGN ->
          state == RequestState.SELECTING
              ? new Verdict.Refuse("the address is none of this server's")
              : new Verdict.Quiet(SilenceReason.NO_LEASE);
    };
  }
}
