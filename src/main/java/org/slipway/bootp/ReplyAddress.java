package org.slipway.bootp;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import org.slipway.bootp.wire.BootpPacket;

/**
 * Where a reply goes (RFC 1542 section 5.4).
 *
 * <pre>
 *  ciaddr  giaddr  B   UDP port     IP destination
 *  ------------------------------------------------------
 *  not 0   any     any client (68)  ciaddr
 *  0       not 0   any relay (67)   giaddr
 *  0       0       0   client (68)  yiaddr, see below
 *  0       0       1   client (68)  255.255.255.255
 * </pre>
 *
 * In the third row the device cannot answer ARP for yiaddr yet, and a process without raw sockets
 * cannot name its link address: it is answered by broadcast too, as the RFC allows. Never at the
 * subnet's broadcast address, which a host cannot know before it is configured.
 *
 * <p>Before all rows: a request from a loopback address is answered at its source, so that one
 * machine can try everything without privilege.
 */
public record ReplyAddress(Route route, InetSocketAddress destination) {
  private static final Inet4Address LIMITED_BROADCAST = limitedBroadcast();

  /** The row of the table. */
  public enum Route {
    SOURCE,
    CLIENT,
    RELAY,
    BROADCAST
  }

  /**
   * @param source where the request came from
   */
  public static ReplyAddress of(
      BootpPacket request, InetSocketAddress source, int clientPort, int relayPort) {
    if (source.getAddress().isLoopbackAddress()) {
      return new ReplyAddress(Route.SOURCE, source);
    }
    if (!request.ciaddr().equals(BootpPacket.UNSET)) {
      return at(Route.CLIENT, request.ciaddr(), clientPort);
    }
    if (!request.giaddr().equals(BootpPacket.UNSET)) {
      return at(Route.RELAY, request.giaddr(), relayPort);
    }
    return at(Route.BROADCAST, LIMITED_BROADCAST, clientPort);
  }

  /**
   * Where a reply of DHCP goes (RFC 2131 section 4.1): the relay goes before the client, and what
   * refuses the client its address is not sent to that address.
   *
   * @param refusal whether it is a DHCPNAK
   */
  public static ReplyAddress ofDhcp(
      BootpPacket request,
      boolean refusal,
      InetSocketAddress source,
      int clientPort,
      int relayPort) {
    if (!source.getAddress().isLoopbackAddress()) {
      if (!request.giaddr().equals(BootpPacket.UNSET)) {
        return at(Route.RELAY, request.giaddr(), relayPort);
      }
      if (refusal) {
        return at(Route.BROADCAST, LIMITED_BROADCAST, clientPort);
      }
    }
    return of(request, source, clientPort, relayPort);
  }

  /** Back to where the request came from: so a server answers at port 4011. */
  public static ReplyAddress atSource(InetSocketAddress source) {
    return new ReplyAddress(Route.SOURCE, source);
  }

  private static ReplyAddress at(Route route, Inet4Address address, int port) {
    return new ReplyAddress(route, new InetSocketAddress(address, port));
  }

  private static Inet4Address limitedBroadcast() {
    byte all = (byte) 0xFF;
    try {
      return (Inet4Address) InetAddress.getByAddress(new byte[] {all, all, all, all});
    } catch (UnknownHostException e) {
      throw new AssertionError("four octets are an address", e);
    }
  }
}
