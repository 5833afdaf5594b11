package org.slipway.tftp;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.ProtocolFamily;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.channels.DatagramChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Opens the well-known port. Where no address is configured there is a socket for each address of
 * this machine, so that it is known to which one a request was sent and the answer can come from
 * there; and one for all addresses, which gets what comes to an address that is new, or to the
 * broadcast address.
 */
final class ListeningSockets {
  private static final Logger LOG = Logger.getLogger(ListeningSockets.class.getName());

  /** Requests of many machines that boot at once must find room. */
  private static final int RECEIVE_BUFFER = 4 << 20;

  private ListeningSockets() {}

  /**
   * @return the first is the one whose address is shown
   * @throws IOException if the port cannot be had; nothing stays open
   */
  static List<DatagramChannel> open(Optional<InetAddress> address, int port) throws IOException {
    List<DatagramChannel> channels = new ArrayList<>();
    try {
      DatagramChannel first = bound(address.orElse(null), port, false);
      channels.add(first);
      if (address.isEmpty()) {
        int actual = ((InetSocketAddress) first.getLocalAddress()).getPort();
        share(channels, true);
        for (InetAddress own : ownAddresses()) {
          openBeside(channels, own, actual);
        }
        share(channels, false);
      }
      return channels;
    } catch (IOException | RuntimeException e) {
      for (DatagramChannel channel : channels) {
        channel.close();
      }
      throw e;
    }
  }

  private static void openBeside(List<DatagramChannel> channels, InetAddress own, int port) {
    try {
      channels.add(bound(own, port, true));
    } catch (IOException e) {
      LOG.log(Level.FINE, "No socket of its own for " + own.getHostAddress(), e);
    }
  }

  /** Sockets of one port need the option while they are bound, and nobody else shall use it. */
  private static void share(List<DatagramChannel> channels, boolean on) throws IOException {
    for (DatagramChannel channel : channels) {
      channel.setOption(StandardSocketOptions.SO_REUSEADDR, on);
    }
  }

  private static List<InetAddress> ownAddresses() throws IOException {
    return NetworkInterface.networkInterfaces()
        .flatMap(NetworkInterface::inetAddresses)
        .distinct()
        .toList();
  }

  private static DatagramChannel bound(InetAddress address, int port, boolean shared)
      throws IOException {
    DatagramChannel channel =
        address == null ? DatagramChannel.open() : DatagramChannel.open(family(address));
    try {
      channel.setOption(StandardSocketOptions.SO_RCVBUF, RECEIVE_BUFFER);
      channel.setOption(StandardSocketOptions.SO_REUSEADDR, shared);
      return channel.bind(new InetSocketAddress(address, port));
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  static ProtocolFamily family(InetAddress address) {
    return address instanceof java.net.Inet4Address
        ? StandardProtocolFamily.INET
        : StandardProtocolFamily.INET6;
  }
}
