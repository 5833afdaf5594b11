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
 */
public record BootRequest(
    HardwareAddress hardwareAddress,
    int xid,
    Optional<InetAddress> clientAddress,
    Optional<InetAddress> relayAddress,
    InetSocketAddress source,
    String requestedFile) {}
