package org.slipway.client;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The certificates that the user has said yes to, one server a line in the file {@code
 * known-servers}: {@code HOST:PORT FINGERPRINT}.
 */
final class KnownServers {
  private static final String FILE = "known-servers";

  private KnownServers() {}

  static Optional<String> fingerprint(String server) throws IOException {
    return ConfigFolder.lines(FILE).orElse(List.of()).stream()
        .filter(line -> line.startsWith(server + " "))
        .map(line -> line.substring(server.length() + 1).strip())
        .findFirst();
  }

  /** In place of what was known of the server. */
  static void remember(String server, String fingerprint) throws IOException {
    List<String> lines = new ArrayList<>(ConfigFolder.lines(FILE).orElse(List.of()));
    lines.removeIf(line -> line.startsWith(server + " "));
    lines.add(server + " " + fingerprint);
    ConfigFolder.write(FILE, lines);
  }
}
