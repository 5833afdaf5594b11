package org.slipway.leases;

import java.net.InetAddress;
import java.util.Optional;

/** Which addresses are kept for one device each: those that were entered for it. */
@FunctionalInterface
public interface Reservations {

  /** The hardware address of the device that an address is entered for, as it is shown. */
  Optional<String> holder(InetAddress address);
}
