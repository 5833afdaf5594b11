package org.slipway.bootp;

import java.net.Inet4Address;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Addresses for devices that ask by BOOTP and have none entered. */
@FunctionalInterface
interface BootpPool {

  /** Where only entered addresses are given. */
  BootpPool NONE = request -> new Outcome.NotDue();

  /** What comes of asking. */
  sealed interface Outcome {

    /** The device has an address, or is to be given none. */
    record NotDue() implements Outcome {}

    /** All addresses are taken. */
    record Exhausted() implements Outcome {}

    /** An address that is kept for the device for a moment. */
    record Offered(Inet4Address address, Keep keep) implements Outcome {}
  }

  /** Makes the address the device's own; completes when that is durable, or fails. */
  @FunctionalInterface
  interface Keep {
    CompletableFuture<?> keep();
  }

  Outcome offer(Reception.Request request);

  /** The address that was offered, if one was. */
  static Optional<Inet4Address> address(Outcome outcome) {
    return outcome instanceof Outcome.Offered o ? Optional.of(o.address()) : Optional.empty();
  }
}
