package org.slipway.dhcp;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.slipway.audit.Who;
import org.slipway.bootp.ArrivalNetwork;
import org.slipway.bootp.BootPortal;
import org.slipway.bootp.BootpListener;
import org.slipway.bootp.RfcClient;
import org.slipway.bootp.ServerAddress;
import org.slipway.leases.Network;
import org.slipway.leases.TftpRules;
import org.slipway.portal.FreePorts;
import org.slipway.provisioning.Device;
import org.slipway.provisioning.HardwareAddress;
import org.slipway.provisioning.SilenceReason;
import org.slipway.settings.CidrBlock;
import org.slipway.tftp.RequestJournal;
import org.slipway.tftp.TftpListener;

/** A real portal that answers DHCP on free loopback ports. */
final class DhcpPortal implements AutoCloseable {
  static final String SERVER = "127.0.0.1";

  final BootPortal portal;
  final BootpListener bootp;
  final ProxyListener proxy;
  final TftpListener tftp;
  final RfcClient client;
  final RfcClient proxyClient;
  final InetSocketAddress tftpAddress;
  private int nextXid = 1000;

  DhcpPortal(Path folder, Clock clock, Map<String, String> settings) throws IOException {
    Map<String, String> all = new HashMap<>();
    all.put("slipway.bind.address", SERVER);
    all.put("slipway.bootp.server-name", "boot.example.org");
    for (String port :
        List.of("slipway.bootp.port", "slipway.tftp.port", "slipway.dhcp.proxy-port")) {
      all.put(port, String.valueOf(FreePorts.next()));
    }
    all.putAll(settings);
    portal = new BootPortal(folder, clock, all);
    DhcpEngine engine = engine(clock);
    bootp = portal.listener(engine);
    proxy = new ProxyListener(portal.settings, engine, portal.assignments, portal.journal);
    tftp =
        new TftpListener(
            portal.settings,
            portal.content,
            portal.uploads,
            portal.transfers,
            new RequestJournal(portal.transfers),
            portal.threads);
    InetAddress local = InetAddress.ofLiteral(SERVER);
    client = new RfcClient(local, portal.serve(bootp));
    proxyClient = new RfcClient(local, portal.serve(proxy));
    tftpAddress = portal.serve(tftp);
  }

  private DhcpEngine engine(Clock clock) {
    ServerAddress own = new ServerAddress(portal.settings);
    ArrivalNetwork arrival = new ArrivalNetwork(portal.networks, own);
    Replies replies = new Replies(portal.settings, own);
    BootFiles files = new BootFiles(portal.assignments);
    return new DhcpEngine(
        portal.settings,
        portal.devices,
        portal.architectures,
        new DhcpServer(
            portal.settings, arrival, portal.devices, portal.leases, files, replies, clock),
        new ProxyDhcp(arrival, portal.devices, files, replies));
  }

  /**
   * @param pool first and last address; empty for none
   */
  Network network(
      String name,
      String subnet,
      List<String> pool,
      Network.UnknownDevices unknown,
      Map<String, String> options) {
    List<Network.Pool> pools =
        pool.isEmpty()
            ? List.of()
            : List.of(
                new Network.Pool(
                    InetAddress.ofLiteral(pool.getFirst()), InetAddress.ofLiteral(pool.getLast())));
    return portal.networks.put(
        new Network(
            name,
            CidrBlock.parse(subnet),
            Optional.empty(),
            Optional.of(CidrBlock.parse(subnet).base())
                .map(a -> InetAddress.ofLiteral(a.getHostAddress().replaceAll("\\d+$", "1")))
                .filter(a -> !a.isLoopbackAddress()),
            List.of(InetAddress.ofLiteral("192.0.2.53")),
            List.of(),
            Optional.of("lab.example"),
            pools,
            List.of(),
            unknown,
            options,
            Map.of(),
            TftpRules.NONE,
            0),
        OptionalLong.empty(),
        Who.SYSTEM);
  }

  Device device(String mac, String address, Map<String, String> options) {
    return device(mac, address, null, null, true, options);
  }

  Device device(
      String mac,
      String address,
      String manifest,
      String bootFile,
      boolean enabled,
      Map<String, String> options) {
    return portal.devices.put(
        new Device(
            new HardwareAddress(mac),
            "sw-01",
            Optional.ofNullable(address).map(InetAddress::ofLiteral),
            Optional.ofNullable(manifest),
            Optional.ofNullable(bootFile),
            enabled,
            Map.of(),
            options,
            TftpRules.NONE,
            0),
        OptionalLong.empty(),
        Who.SYSTEM);
  }

  Messages message(int type, String mac) {
    return Messages.of(type, mac, nextXid++);
  }

  long silences(SilenceReason reason) {
    return portal.assignments.silences().get(reason).sum();
  }

  @Override
  public void close() {
    client.close();
    proxyClient.close();
    tftp.stop();
    proxy.stop();
    bootp.stop();
    portal.close();
  }
}
