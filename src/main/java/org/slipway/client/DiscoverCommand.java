package org.slipway.client;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.Callable;
import org.slipway.bootp.wire.ClientHardware;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Lists the BOOTP and DHCP servers of a network. */
@Command(
    name = "discover",
    description =
        "Lists every BOOTP, DHCP and PXE server that answers. Nothing is taken of what they offer.")
final class DiscoverCommand implements Callable<Integer> {
  private static final int LONGEST = 300;
  private static final int ETHERNET = 6;

  @Option(
      names = "--to",
      paramLabel = "HOST",
      description = "Ask only this server; may be given several times (default: everybody).")
  private List<String> hosts = List.of();

  @Option(
      names = "--mac",
      paramLabel = "M",
      converter = MacAddressConverter.class,
      description = "Ask as this device (default: an address of this machine).")
  private ClientHardware hardware;

  @Option(
      names = "--time",
      paramLabel = "S",
      defaultValue = "5",
      description = "Seconds that answers are waited for, 1 to 300 (default: ${DEFAULT-VALUE}).")
  private int time;

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

  @Option(names = "--json", description = "Print one JSON object instead of text.")
  private boolean json;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    Allowed.check(spec, "--time", time, 1, LONGEST);
    List<InetSocketAddress> servers = servers();
    List<FoundServer> found = discover(servers);
    if (json) {
      JsonOutput.print(found, spec.commandLine().getOut());
    } else {
      Columns.lines(headings(), found.stream().map(DiscoverCommand::row).toList(), Set.of())
          .forEach(spec.commandLine().getOut()::println);
    }
    if (found.isEmpty()) {
      throw new CommandFailedException(
          ExitCode.NOBODY_ANSWERED, Text.of("Nobody answered within %d s.", time));
    }
    return ExitCode.DONE.number();
  }

  private List<FoundServer> discover(List<InetSocketAddress> servers) throws IOException {
    OptionalInt wanted = clientPort == null ? OptionalInt.empty() : OptionalInt.of(clientPort);
    InetAddress first = servers.getFirst().getAddress();
    try (UdpPorts ports = UdpPorts.open();
        UdpPort port = BootpPort.open(ports, first, wanted, Optional.empty())) {
      ClientHardware asked = hardware == null ? ownHardware() : hardware;
      return new Discovery(port, servers, asked, new SecureRandom()).run(pauses());
    }
  }

  /** A question is repeated after one second and after two: it may be lost. */
  private List<Duration> pauses() {
    List<Duration> pauses = new ArrayList<>();
    for (int left = time; left > 0; left -= pauses.size()) {
      int pause = pauses.size() == 2 ? left : Math.min(left, pauses.size() + 1);
      pauses.add(Duration.ofSeconds(pause));
      if (pauses.size() == 3) {
        break;
      }
    }
    return pauses;
  }

  private List<InetSocketAddress> servers() throws SocketException {
    Set<InetSocketAddress> servers = new LinkedHashSet<>();
    for (String host : hosts) {
      servers.add(HostPort.resolve(host, bootpPort));
    }
    if (hosts.isEmpty()) {
      servers.add(new InetSocketAddress(HostPort.resolve("255.255.255.255"), bootpPort));
      for (InetAddress address : LocalAddress.broadcasts()) {
        servers.add(new InetSocketAddress(address, bootpPort));
      }
    }
    return List.copyOf(servers);
  }

  /** Of an interface that has one, or one of our own making that is marked as such. */
  private static ClientHardware ownHardware() throws SocketException {
    for (NetworkInterface each : NetworkInterface.networkInterfaces().toList()) {
      byte[] address = each.getHardwareAddress();
      if (each.isUp() && address != null && address.length == ETHERNET) {
        return ClientHardware.ethernet(address);
      }
    }
    byte[] made = new byte[ETHERNET];
    new SecureRandom().nextBytes(made);
    made[0] = (byte) (made[0] & 0xFC | 2);
    return ClientHardware.ethernet(made);
  }

  private static List<String> headings() {
    return List.of(
        Text.of("protocol"),
        Text.of("server"),
        Text.of("calls itself"),
        Text.of("offers"),
        Text.of("TFTP server"),
        Text.of("file"),
        Text.of("after"));
  }

  private static List<String> row(FoundServer server) {
    return List.of(
        server.protocol().name(),
        server.from(),
        shown(server.identifier()),
        shown(server.address()),
        shown(server.tftp()),
        shown(server.file()),
        "%d ms".formatted(server.millis()));
  }

  private static String shown(String text) {
    return text == null ? "-" : Printable.of(text);
  }
}
