package org.slipway.bootp;

import java.net.InetSocketAddress;
import java.time.Instant;

/**
 * A BOOTP or DHCP datagram as it came or went.
 *
 * @param sent whether we sent it
 * @param octets the payload of the UDP datagram; not to be changed
 */
public record CapturedPacket(
    Instant at, boolean sent, InetSocketAddress from, InetSocketAddress to, byte[] octets) {}
