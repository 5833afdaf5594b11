package org.slipway.accounts;

import java.net.InetAddress;
import java.util.Optional;

/** Says of an address that nobody may come in from it, whoever it is. */
@FunctionalInterface
public interface AddressRule {
  /**
   * Why not; empty if an account may. Asked at each login, and about once a second while a session
   * from there is live.
   */
  Optional<Refusal> refusal(InetAddress address);
}
