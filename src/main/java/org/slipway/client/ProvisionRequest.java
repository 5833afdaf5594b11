package org.slipway.client;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.slipway.bootp.wire.ClientHardware;

/**
 * What the user asked for.
 *
 * @param host the server
 * @param broadcast whether BOOTP asks everybody
 * @param once whether the first step is the only one
 * @param from the address that the device asks from, and fetches from where this machine does not
 *     have the one that the server gives it; empty for any
 * @param clientPort the port that BOOTP replies come to; empty for the usual one
 * @param list name of the file list among the steps; empty to find it
 * @param jobs files at once by FTP
 */
record ProvisionRequest(
    InetAddress host,
    boolean broadcast,
    boolean once,
    ClientHardware hardware,
    Optional<InetAddress> from,
    int bootpPort,
    OptionalInt clientPort,
    int tftpPort,
    int ftpPort,
    Optional<String> list,
    int jobs) {
  private static final byte[] EVERYBODY = {-1, -1, -1, -1};

  boolean isToEverybody() {
    return broadcast || Arrays.equals(host.getAddress(), EVERYBODY);
  }

  /** Whether HOST is a server, and not only the broadcast address. */
  boolean namesServer() {
    return !Arrays.equals(host.getAddress(), EVERYBODY);
  }

  InetSocketAddress bootpServer() throws UnknownHostException {
    return new InetSocketAddress(
        isToEverybody() ? InetAddress.getByAddress(EVERYBODY) : host, bootpPort);
  }

  /** Everywhere that a question goes to: the server, or everybody on each network. */
  List<InetSocketAddress> bootpServers() throws IOException {
    List<InetSocketAddress> servers = new ArrayList<>();
    servers.add(bootpServer());
    if (isToEverybody()) {
      for (InetAddress network : LocalAddress.broadcasts()) {
        servers.add(new InetSocketAddress(network, bootpPort));
      }
    }
    return servers;
  }

  /**
   * Who has the offered file: siaddr, as a device would do, but for a server on this machine, which
   * may call itself by an address that is not to be reached from here.
   */
  InetSocketAddress tftpServer(BootOffer offer) {
    boolean named = !offer.server().isAnyLocalAddress();
    if (namesServer() && (host.isLoopbackAddress() || !named)) {
      return new InetSocketAddress(host, tftpPort);
    }
    return new InetSocketAddress(named ? offer.server() : offer.from(), tftpPort);
  }

  /** HOST, or where the list came from if HOST is everybody. */
  InetSocketAddress ftpServer(Inventory.Step list) {
    return new InetSocketAddress(namesServer() ? host : list.server().getAddress(), ftpPort);
  }
}
