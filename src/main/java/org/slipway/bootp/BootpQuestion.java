package org.slipway.bootp;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.Optional;
import org.slipway.bootp.BootpPool.Outcome;
import org.slipway.bootp.wire.BootpPacket;
import org.slipway.provisioning.BootProtocol;
import org.slipway.provisioning.BootRequest;

/**
 * What a device asks of the boot sequence.
 *
 * @param pooled the address that it is given for a while, if it is
 */
record BootpQuestion(Reception.Request request, Outcome pooled) {

  BootRequest bootRequest() {
    BootpPacket packet = request.packet();
    return new BootRequest(
        BootProtocol.BOOTP,
        request.hardwareAddress(),
        packet.xid(),
        set(packet.ciaddr()),
        set(packet.giaddr()),
        request.source(),
        packet.file(),
        BootpPool.address(pooled).map(a -> a),
        BootpPool.bootFile(pooled));
  }

  /** Empty where the field holds zeros. */
  static Optional<InetAddress> set(Inet4Address address) {
    return address.equals(BootpPacket.UNSET) ? Optional.empty() : Optional.of(address);
  }
}
