package org.slipway.client;

import java.net.InetAddress;
import java.util.Optional;
import java.util.OptionalInt;
import org.slipway.bootp.wire.ClientHardware;
import picocli.CommandLine.Option;

/** Where a device finds the services of its server, and which step is the file list. */
final class ServerOptions {
  @Option(
      names = "--bootp-port",
      paramLabel = "PORT",
      defaultValue = "67",
      converter = PortConverter.class,
      description = "Of the server (default: ${DEFAULT-VALUE}).")
  private int bootpPort;

  @Option(
      names = "--client-port",
      paramLabel = "PORT",
      converter = PortConverter.OrAny.class,
      description = "That BOOTP replies come to; 0 is any (default: 68).")
  private Integer clientPort;

  @Option(
      names = "--tftp-port",
      paramLabel = "PORT",
      defaultValue = "69",
      converter = PortConverter.class,
      description = "Of the server (default: ${DEFAULT-VALUE}).")
  private int tftpPort;

  @Option(
      names = "--ftp-port",
      paramLabel = "PORT",
      defaultValue = "21",
      converter = PortConverter.class,
      description = "Of the server (default: ${DEFAULT-VALUE}).")
  private int ftpPort;

  @Option(
      names = "--list",
      paramLabel = "NAME",
      description =
          "The boot step that is the file list (default: the one that begins with"
              + " \"# slipway manifest\", else the last *.rc).")
  private String list;

  @Option(
      names = "--once",
      description =
          "Ask by BOOTP once only: a server without boot sequences offers the same file for ever.")
  private boolean once;

  Optional<String> list() {
    return Optional.ofNullable(list);
  }

  /** As one device asks for it. */
  ProvisionRequest request(
      InetAddress host,
      boolean broadcast,
      ClientHardware hardware,
      Optional<InetAddress> from,
      int jobs) {
    return new ProvisionRequest(
        host,
        broadcast,
        once,
        hardware,
        from,
        bootpPort,
        clientPort == null ? OptionalInt.empty() : OptionalInt.of(clientPort),
        tftpPort,
        ftpPort,
        list(),
        jobs);
  }
}
