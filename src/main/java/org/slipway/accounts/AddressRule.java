package org.slipway.accounts;

import java.net.InetAddress;
import java.util.Optional;

/** Says of an address that nobody may come in from it, whoever it is. */
@FunctionalInterface
public interface AddressRule {
  /** Why not; empty if an account may. Asked about once a second for each live session. */
  Optional<Refusal> refusal(InetAddress address);
}
