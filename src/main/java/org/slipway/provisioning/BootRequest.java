package org.slipway.provisioning;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;

/**
 * What a boot protocol says of a request that it could read.
 *
 * @param xid transaction id
 * @param clientAddress ciaddr, where it is not zero
 * @param relayAddress giaddr, where it is not zero
 * @param source where the packet came from
 * @param requestedFile the file field, empty where the device leaves the choice to us
 * @param leasedAddress what the device is given for a while, where no address is entered for it;
 *     with one, a device that nobody has entered is answered too
 * @param bootFile what the protocol chooses by the kind of the device, such as its architecture, in
 *     place of the boot file that is entered; a manifest goes before both
 */
public record BootRequest(
    BootProtocol protocol,
    HardwareAddress hardwareAddress,
    int xid,
    Optional<InetAddress> clientAddress,
    Optional<InetAddress> relayAddress,
    InetSocketAddress source,
    String requestedFile,
    Optional<InetAddress> leasedAddress,
    Optional<String> bootFile) {

  /** By BOOTP, without what only some requests have. */
  public BootRequest(
      HardwareAddress hardwareAddress,
      int xid,
      Optional<InetAddress> clientAddress,
      Optional<InetAddress> relayAddress,
      InetSocketAddress source,
      String requestedFile) {
    this(
        BootProtocol.BOOTP,
        hardwareAddress,
        xid,
        clientAddress,
        relayAddress,
        source,
        requestedFile,
        Optional.empty(),
        Optional.empty());
  }
}
