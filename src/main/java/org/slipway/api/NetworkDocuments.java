package org.slipway.api;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.slipway.api.model.NetworkDocument;
import org.slipway.leases.Network;
import org.slipway.leases.TftpRules;
import org.slipway.settings.CidrBlock;

/** Networks as documents, and back. */
final class NetworkDocuments {
  private NetworkDocuments() {}

  static NetworkDocument of(Network n) {
    return new NetworkDocument(
        n.name(),
        n.subnet().toString(),
        n.serverAddress().map(InetAddress::getHostAddress).orElse(null),
        n.router().map(InetAddress::getHostAddress).orElse(null),
        texts(n.dnsServers()),
        texts(n.ntpServers()),
        n.domain().orElse(null),
        n.pools().stream()
            .map(p ->
                new NetworkDocument.Pool(p.first().getHostAddress(), p.last().getHostAddress()))
            .toList(),
        texts(n.relays()),
        n.unknownDevices().name(),
        new TreeMap<>(n.options()),
        new TreeMap<>(n.variables()),
        TftpDocuments.of(n.tftp()));
  }

  static Network read(String name, NetworkDocument wanted) {
    Fields fields = new Fields();
    if (wanted.name() != null && !wanted.name().equals(name)) {
      fields.bad("name", "name.differs", "The body names another network than the path");
    }
    Optional<CidrBlock> subnet = fields.subnet("subnet", fields.needed("subnet", wanted.subnet()));
    Optional<InetAddress> server = fields.address("serverAddress", wanted.serverAddress());
    Optional<InetAddress> router = fields.address("router", wanted.router());
    List<InetAddress> dns = fields.addresses("dnsServers", wanted.dnsServers());
    List<InetAddress> ntp = fields.addresses("ntpServers", wanted.ntpServers());
    List<Network.Pool> pools = pools(fields, Fields.list(wanted.pools()));
    List<InetAddress> relays = fields.addresses("relays", wanted.relays());
    Network.UnknownDevices unknown =
        fields.choice(
            "unknownDevices",
            wanted.unknownDevices(),
            Network.UnknownDevices.class,
            Network.UnknownDevices.IGNORE);
    var options = fields.texts("options", wanted.options());
    var variables = fields.texts("variables", wanted.variables());
    TftpRules tftp = TftpDocuments.read(fields, wanted.tftp());
    fields.check();
    return new Network(
        name,
        subnet.orElseThrow(),
        server,
        router,
        dns,
        ntp,
        Fields.optional(wanted.domain()),
        pools,
        relays,
        unknown,
        options,
        variables,
        tftp,
        0);
  }

  private static List<Network.Pool> pools(Fields fields, List<NetworkDocument.Pool> given) {
    List<Network.Pool> result = new ArrayList<>();
    for (int i = 0; i < given.size(); i++) {
      NetworkDocument.Pool pool = given.get(i);
      String name = "pools[" + i + "]";
      if (pool == null) {
        fields.bad(name, "needed", "A value is needed");
        continue;
      }
      Optional<InetAddress> first =
          fields.address(name + ".first", fields.needed(name + ".first", pool.first()));
      Optional<InetAddress> last =
          fields.address(name + ".last", fields.needed(name + ".last", pool.last()));
      if (first.isPresent() && last.isPresent()) {
        result.add(new Network.Pool(first.get(), last.get()));
      }
    }
    return result;
  }

  private static List<String> texts(List<InetAddress> addresses) {
    return addresses.stream().map(InetAddress::getHostAddress).toList();
  }
}
