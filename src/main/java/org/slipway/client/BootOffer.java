package org.slipway.client;

import java.net.Inet4Address;
import java.net.InetAddress;
import org.slipway.bootp.wire.BootpPacket;

/**
 * What a BOOTP reply offers.
 *
 * @param address of the device: yiaddr
 * @param server that has the file: siaddr, zero if the reply left it out
 * @param file empty at the end of a sequence that ends so
 * @param from who answered
 */
record BootOffer(Inet4Address address, Inet4Address server, String file, InetAddress from) {
  static BootOffer of(BootpPacket reply, InetAddress from) {
    return new BootOffer(reply.yiaddr(), reply.siaddr(), reply.file(), from);
  }
}
