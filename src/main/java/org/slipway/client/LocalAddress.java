package org.slipway.client;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
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

  /** Whether an interface other than the loopback is up and has an IPv4 address. */
  static boolean hasAny() throws SocketException {
    for (NetworkInterface each : NetworkInterface.networkInterfaces().toList()) {
      if (each.isUp()
          && !each.isLoopback()
          && each.inetAddresses().anyMatch(Inet4Address.class::isInstance)) {
        return true;
      }
    }
    return false;
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
