package org.slipway.ftp;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.StandardProtocolFamily;
import java.nio.channels.DatagramChannel;
import java.util.Optional;
import org.slipway.settings.CidrBlock;

/** What this machine knows of addresses without asking anybody. */
final class LocalAddress {
  private static final int DISCARD_PORT = 9;

  /** RFC 6598, behind the NAT of a provider. */
  private static final CidrBlock SHARED = CidrBlock.parse("100.64.0.0/10");

  /** RFC 4193. */
  private static final CidrBlock UNIQUE_LOCAL = CidrBlock.parse("fc00::/7");

  private LocalAddress() {}

  /**
   * The address from which packets to somebody leave, which is the one that it comes to unless
   * something between translates it. Sends nothing.
   */
  static Optional<InetAddress> towards(InetAddress somebody) {
    StandardProtocolFamily family =
        somebody instanceof Inet4Address
            ? StandardProtocolFamily.INET
            : StandardProtocolFamily.INET6;
    try (DatagramChannel channel = DatagramChannel.open(family)) {
      channel.connect(new InetSocketAddress(somebody, DISCARD_PORT));
      return Optional.of(((InetSocketAddress) channel.getLocalAddress()).getAddress())
          .filter(address -> !address.isAnyLocalAddress());
    } catch (IOException | UnsupportedOperationException e) {
      return Optional.empty();
    }
  }

  static boolean isOwn(InetAddress address) {
    try {
      return address.isLoopbackAddress() || NetworkInterface.getByInetAddress(address) != null;
    } catch (SocketException e) {
      return false;
    }
  }

  /** Whether nobody in the Internet can reach it as such. */
  static boolean isPrivate(InetAddress address) {
    return address.isSiteLocalAddress()
        || address.isLinkLocalAddress()
        || address.isLoopbackAddress()
        || SHARED.contains(address)
        || UNIQUE_LOCAL.contains(address);
  }
}
