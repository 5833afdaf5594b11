package org.slipway.client;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.nio.channels.Selector;
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
   */
  static UdpPort open(Selector selector, InetAddress server, OptionalInt wanted)
      throws IOException {
    int number = wanted.orElse(CLIENT);
    try {
      return open(selector, server, number);
    } catch (SocketException e) {
      // A server on this machine answers at the port that it was asked from, whichever it is.
      if (wanted.isEmpty() && server.isLoopbackAddress()) {
        return open(selector, server, 0);
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

  private static UdpPort open(Selector selector, InetAddress server, int number)
      throws IOException {
    InetSocketAddress local = new InetSocketAddress(number);
    return server instanceof Inet4Address
        ? UdpPort.openForBroadcast(selector, local)
        : UdpPort.open(selector, local);
  }
}
