package org.slipway.client;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/** An address and port as people write them. */
final class Endpoint {
  private Endpoint() {}

  static String text(InetSocketAddress endpoint) {
    InetAddress address = endpoint.getAddress();
    String host = address.getHostAddress();
    return (address instanceof Inet6Address ? "[" + host + "]" : host) + ":" + endpoint.getPort();
  }
}
