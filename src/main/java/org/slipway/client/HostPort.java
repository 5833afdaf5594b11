package org.slipway.client;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code HOST[:PORT]} as a user writes it; an IPv6 address with a port stands in brackets. */
final class HostPort {
  private static final Pattern WITH_PORT = Pattern.compile("(\\[[^]]+]|[^:]+):([0-9]{1,5})");

  private HostPort() {}

  static InetSocketAddress resolve(String text, int usualPort) {
    Matcher matcher = WITH_PORT.matcher(text);
    return matcher.matches()
        ? new InetSocketAddress(resolve(matcher.group(1)), port(matcher.group(2)))
        : new InetSocketAddress(resolve(text), usualPort);
  }

  /** Without the port, and an IPv6 address without its brackets. */
  static String host(String text) {
    Matcher matcher = WITH_PORT.matcher(text);
    return (matcher.matches() ? matcher.group(1) : text).replaceAll("[\\[\\]]", "");
  }

  static InetAddress resolve(String host) {
    try {
      return InetAddress.getByName(host);
    } catch (UnknownHostException e) {
      throw new CommandFailedException(
          ExitCode.FAILED, Text.of("There is no host of the name \"%s\".", Printable.of(host)), e);
    }
  }

  private static int port(String text) {
    int port = Integer.parseInt(text);
    if (port < 1 || port > PortConverter.LARGEST) {
      throw new CommandFailedException(
          ExitCode.USAGE, Text.of("%s is no port; allowed is 1 to 65535.", text));
    }
    return port;
  }
}
