package org.slipway.client;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.InterfaceAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The device's address as the one that packets leave from: a server takes what comes from there as
 * the device's.
 */
final class LocalAddress {
  private LocalAddress() {}

  /** The address, if this host has it and can reach the server from it. */
  static Optional<InetAddress> of(InetAddress wanted, InetAddress server) {
    boolean canReach =
        wanted.getClass() == server.getClass()
            && (!wanted.isLoopbackAddress() || isOfThisHost(server));
    return !wanted.isAnyLocalAddress() && canReach && isBindable(wanted)
        ? Optional.of(wanted)
        : Optional.empty();
  }

  /**
   * The broadcast address of each IPv4 network that this host is in; an interface that is down, and
   * the loopback, are in none. The limited broadcast leaves by one interface only, and by none
   * where there is no default route.
   */
  static List<InetAddress> broadcasts() throws SocketException {
    List<InetAddress> addresses = new ArrayList<>();
    for (NetworkInterface each : NetworkInterface.networkInterfaces().toList()) {
      if (each.isUp() && !each.isLoopback()) {
        each.getInterfaceAddresses().stream()
            .filter(address -> address.getAddress() instanceof Inet4Address)
            .map(LocalAddress::broadcast)
            .forEach(addresses::add);
      }
    }
    return addresses;
  }

  /** All ones behind the prefix, whatever the interface was told. */
  private static InetAddress broadcast(InterfaceAddress address) {
    byte[] octets = address.getAddress().getAddress();
    for (int bit = address.getNetworkPrefixLength(); bit < Integer.SIZE; bit++) {
      octets[bit / Byte.SIZE] |= (byte) (0x80 >> bit % Byte.SIZE);
    }
    try {
      return InetAddress.getByAddress(octets);
    } catch (UnknownHostException e) {
      throw new IllegalStateException("four octets are an address", e);
    }
  }

  private static boolean isOfThisHost(InetAddress address) {
    try {
      return address.isLoopbackAddress() || NetworkInterface.getByInetAddress(address) != null;
    } catch (SocketException e) {
      return false;
    }
  }

  private static boolean isBindable(InetAddress address) {
    try (DatagramSocket socket = new DatagramSocket(new InetSocketAddress(address, 0))) {
      return socket.isBound();
    } catch (IOException e) {
      return false;
    }
  }
}
