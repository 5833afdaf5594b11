package org.slipway.provisioning;

import java.net.InetAddress;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import org.slipway.leases.Network;

/** What is to be done with a boot request. */
public sealed interface BootDecision {

  /**
   * Answer it.
   *
   * @param address yiaddr; empty leaves it zero
   * @param file boot file name as offered, empty for "an address only" and for the empty end marker
   * @param fileSize in bytes where known (RFC 1533 section 3.15, option 13)
   * @param network the network of the device's address, if one is known
   * @param stamp the same as long as a repeated request must get the same reply, byte for byte
   */
  record Offer(
      Device device,
      Optional<InetAddress> address,
      String file,
      OptionalLong fileSize,
      Optional<Network> network,
      long stamp)
      implements BootDecision {}

  /** Do not answer; the reason is recorded already. */
  record Silence(SilenceReason reason) implements BootDecision {}

  /**
   * The step that is offered is about to be delivered: ask again when the future completes, or
   * after 100 ms with {@link BootAssignments#decideNow}.
   */
  record Wait(CompletableFuture<Void> settled) implements BootDecision {}
}
