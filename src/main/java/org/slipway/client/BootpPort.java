package org.slipway.client;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.util.Optional;
import java.util.OptionalInt;

/** The port that BOOTP and DHCP replies come to. */
final class BootpPort {
  /** RFC 951: where clients listen. */
  static final int CLIENT = 68;

  /** RFC 951: where servers listen. */
  static final int SERVER = 67;

  private BootpPort() {}

  /**
   * @param server that is asked; its kind of address decides on the kind of socket
   * @param wanted empty for the usual port, or for any one if that is taken and the server is on
   *     this machine
   * @param from the address that requests leave from; empty for any
   */
  static UdpPort open(
      UdpPorts ports, InetAddress server, OptionalInt wanted, Optional<InetAddress> from)
      throws IOException {
    int number = wanted.orElse(CLIENT);
    try {
      return open(ports, server, local(from, number));
    } catch (SocketException e) {
      // A server on this machine answers at the port that it was asked from, whichever it is.
      if (wanted.isEmpty() && server.isLoopbackAddress()) {
        return open(ports, server, local(from, 0));
      }
      throw new CommandFailedException(
          ExitCode.FAILED,
          Text.of(
              "BOOTP replies come to port %d, which cannot be opened (%s): it needs privilege, or"
                  + " another program uses it. --client-port names another one, if the server is"
                  + " set to it.",
              number, IoProblem.text(e)),
          e);
    }
  }

  private static InetSocketAddress local(Optional<InetAddress> from, int number) {
    return from.map(address -> new InetSocketAddress(address, number))
        .orElseGet(() -> new InetSocketAddress(number));
  }

  private static UdpPort open(UdpPorts ports, InetAddress server, InetSocketAddress local)
      throws IOException {
    return server instanceof Inet4Address
        ? UdpPort.openForBroadcast(ports, local)
        : UdpPort.open(ports, local);
  }
}
