package org.slipway.dhcp;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.slipway.leases.Network.UnknownDevices;
import org.slipway.provisioning.SilenceReason;

/**
 * A portal that answers DHCP and BOOTP on their own ports, in a process of its own, for tests with
 * network namespaces. It is asked by lines on its input.
 */
final class NamespacePortal {
  /** What an answer begins with, between lines of the log. */
  static final String ANSWER = "answer: ";

  private NamespacePortal() {}

  /**
   * @param arguments data directory and mode, then {@code network=NAME,SUBNET,FIRST,LAST,FILE}
   *     (first and last may be empty) or {@code device=MAC,ADDRESS,FILE} (the address may be empty)
   */
  public static void main(String[] arguments) throws IOException {
    Map<String, String> settings =
        Map.of(
            "slipway.bind.address", "0.0.0.0",
            "slipway.bootp.port", "67",
            "slipway.dhcp.proxy-port", "4011",
            "slipway.dhcp.mode", arguments[1]);
    DhcpPortal portal =
        new DhcpPortal(Path.of(arguments[0]), Clock.systemUTC(), new HashMap<>(settings));
    for (String argument : List.of(arguments).subList(2, arguments.length)) {
      String[] parts = argument.substring(argument.indexOf('=') + 1).split(",");
      if (argument.startsWith("network=")) {
        network(portal, parts);
      } else {
        device(portal, parts);
      }
    }
    System.out.println("ready");
    answerQuestions(portal);
  }

  private static void network(DhcpPortal portal, String[] parts) {
    if (portal.portal.networks.find(parts[0]).isEmpty()) {
      portal.portal.bootFile(parts[4], new byte[1000]);
      portal.network(
          parts[0],
          parts[1],
          parts[2].isEmpty() ? List.of() : List.of(parts[2], parts[3]),
          UnknownDevices.POOL,
          Map.of("boot-file", parts[4]));
    }
  }

  private static void device(DhcpPortal portal, String[] parts) {
    portal.portal.bootFile(parts[2], new byte[1000]);
    portal.device(parts[0], parts[1].isEmpty() ? null : parts[1], null, parts[2], true, Map.of());
  }

  private static void answerQuestions(DhcpPortal portal) throws IOException {
    BufferedReader questions =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = questions.readLine(); line != null; line = questions.readLine()) {
      System.out.println(
          ANSWER
              + switch (line) {
                case "others" ->
                    portal.portal.search.search().servers().stream()
                        .map(InetAddress::getHostAddress)
                        .collect(Collectors.joining(" "));
                default -> String.valueOf(portal.silences(SilenceReason.valueOf(line)));
              });
    }
  }
}
