package org.slipway.client;

import java.io.IOException;
import java.net.DatagramSocket;
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
