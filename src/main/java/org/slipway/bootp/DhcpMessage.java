package org.slipway.bootp;

import java.net.InetSocketAddress;
import org.slipway.bootp.wire.BootpPacket;
import org.slipway.provisioning.HardwareAddress;

/**
 * A message with option 53, as it arrived.
 *
 * @param hardwareAddress of the client
 * @param source where the packet came from
 * @param interfaceIndex where it came in; 0 where the system does not tell
 */
public record DhcpMessage(
    BootpPacket packet,
    HardwareAddress hardwareAddress,
    InetSocketAddress source,
    int interfaceIndex) {}
