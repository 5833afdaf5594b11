package org.slipway.portal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The ports at which a process takes connections or datagrams, as Linux tells it. */
public final class ListeningPorts {

  /** {@code TCP_LISTEN}, and what {@code /proc} shows for a UDP socket that is not connected. */
  private static final Set<String> OPEN_STATES = Set.of("0A", "07");

  private ListeningPorts() {}

  /** Such as {@code tcp/8080} and {@code udp/69}, whatever the IP family. */
  public static Set<String> of(long pid) throws IOException {
    Set<String> sockets = socketsOf(pid);
    Set<String> ports = new TreeSet<>();
    for (String protocol : Set.of("tcp", "udp")) {
      for (String family : Set.of("", "6")) {
        Path table = Path.of("/proc/" + pid + "/net/" + protocol + family);
        try (Stream<String> lines = Files.lines(table)) {
          lines
              .skip(1)
              .map(line -> line.strip().split("\\s+"))
              .filter(fields -> OPEN_STATES.contains(fields[3]) && sockets.contains(fields[9]))
              .map(fields -> protocol + "/" + port(fields[1]))
              .forEach(ports::add);
        }
      }
    }
    return ports;
  }

  private static int port(String address) {
    return Integer.parseInt(address.substring(address.indexOf(':') + 1), 16);
  }

  private static Set<String> socketsOf(long pid) throws IOException {
    try (Stream<Path> descriptors = Files.list(Path.of("/proc/" + pid + "/fd"))) {
      return descriptors
          .map(ListeningPorts::target)
          .filter(target -> target.startsWith("socket:["))
          .map(target -> target.substring("socket:[".length(), target.length() - 1))
          .collect(Collectors.toSet());
    }
  }

  private static String target(Path descriptor) {
    try {
      return Files.readSymbolicLink(descriptor).toString();
    } catch (IOException closedMeanwhile) {
      return "";
    }
  }
}
