package org.slipway.ftp.wire;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The address of a data connection as text: {@code h1,h2,h3,h4,p1,p2} of PORT and PASV (RFC 959
 * section 5.3.2) and the delimited forms of EPRT and EPSV (RFC 2428).
 */
public final class HostPort {
  private static final Pattern SIX_NUMBERS =
      Pattern.compile("(\\d{1,3}),(\\d{1,3}),(\\d{1,3}),(\\d{1,3}),(\\d{1,3}),(\\d{1,3})");
  private static final Pattern IPV4 = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}");
  private static final Pattern IPV6 = Pattern.compile("[0-9a-fA-F:.]*:[0-9a-fA-F:.]*");

  private HostPort() {}

  /** {@code 127,0,0,1,195,80}. */
  public static String port(Inet4Address address, int port) {
    return address.getHostAddress().replace('.', ',') + "," + (port >> 8) + "," + (port & 0xFF);
  }

  /** {@code |||6446|}. */
  public static String extendedPassive(int port) {
    return "|||" + port + "|";
  }

  /** Reads the argument of PORT; empty if it is none. */
  public static Optional<InetSocketAddress> parsePort(String text) {
    Matcher m = SIX_NUMBERS.matcher(text);
    if (!m.matches()) {
      return Optional.empty();
    }
    int[] n = new int[6];
    for (int i = 0; i < 6; i++) {
      n[i] = Integer.parseInt(m.group(i + 1));
      if (n[i] > 255) {
        return Optional.empty();
      }
    }
    byte[] address = {(byte) n[0], (byte) n[1], (byte) n[2], (byte) n[3]};
    return socketAddress(address, n[4] << 8 | n[5]);
  }

  /**
   * Reads the argument of EPRT, {@code |1|132.235.1.2|6275|}, with any delimiter of ASCII 33 to
   * 126; empty if it is none.
   */
  public static Optional<InetSocketAddress> parseExtendedPort(String text) {
    if (text.length() < 5 || text.charAt(0) < 33 || text.charAt(0) > 126) {
      return Optional.empty();
    }
    String[] parts = text.split(Pattern.quote(text.substring(0, 1)), -1);
    if (parts.length != 5 || !parts[4].isEmpty() || !parts[3].matches("\\d{1,5}")) {
      return Optional.empty();
    }
    boolean fits =
        switch (parts[1]) {
          case "1" -> IPV4.matcher(parts[2]).matches();
          case "2" -> IPV6.matcher(parts[2]).matches();
          default -> false;
        };
    return fits ? numeric(parts[2], Integer.parseInt(parts[3])) : Optional.empty();
  }

  /**
   * The number of the network protocol in the argument of EPRT, whether it is known or not; empty
   * if it has none.
   */
  public static Optional<String> extendedProtocol(String text) {
    if (text.length() < 5 || text.charAt(0) < 33 || text.charAt(0) > 126) {
      return Optional.empty();
    }
    String[] parts = text.split(Pattern.quote(text.substring(0, 1)), -1);
    return parts.length == 5 && parts[1].matches("\\d{1,5}")
        ? Optional.of(parts[1])
        : Optional.empty();
  }

  /** The patterns let nothing through that would be looked up by name. */
  private static Optional<InetSocketAddress> numeric(String address, int port) {
    try {
      return socketAddress(InetAddress.getByName(address).getAddress(), port);
    } catch (UnknownHostException e) {
      return Optional.empty();
    }
  }

  private static Optional<InetSocketAddress> socketAddress(byte[] address, int port) {
    try {
      return port < 1 || port > 65535
          ? Optional.empty()
          : Optional.of(new InetSocketAddress(InetAddress.getByAddress(address), port));
    } catch (UnknownHostException e) {
      return Optional.empty();
    }
  }
}
