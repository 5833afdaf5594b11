package org.slipway.provisioning;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.slipway.leases.Network;

/**
 * The names that targets of rules and templates may use. What we know ourselves cannot be replaced
 * by a variable of the same name; a variable of the device goes before one of its network.
 */
final class DeviceVariables {
  private static final int OCTETS = 6;

  private final Map<String, String> values = new TreeMap<>();

  private DeviceVariables() {}

  /**
   * @param address of the client, which is the device's where it is known
   * @param server our own address as the client reaches it
   */
  static Map<String, String> of(
      Optional<Device> device,
      Optional<Network> network,
      Optional<InetAddress> address,
      Optional<InetAddress> server) {
    DeviceVariables variables = new DeviceVariables();
    network.ifPresent(n -> variables.values.putAll(n.variables()));
    device.ifPresent(d -> variables.values.putAll(d.variables()));
    network.ifPresent(variables::putNetwork);
    address.ifPresent(variables::putAddress);
    server.ifPresent(a -> variables.values.put("server_address", a.getHostAddress()));
    device.ifPresent(d -> {
      variables.putMac(d.hardwareAddress());
      variables.values.put("name", d.name());
    });
    return variables.values;
  }

  private void putMac(HardwareAddress mac) {
    String hyphens = mac.text().replace(':', '-');
    String bare = mac.text().replace(":", "");
    values.put("mac", mac.text());
    values.put("mac_upper", mac.text().toUpperCase(Locale.ROOT));
    values.put("mac_hyphen", hyphens);
    values.put("mac_hyphen_upper", hyphens.toUpperCase(Locale.ROOT));
    values.put("mac_bare", bare);
    values.put("mac_bare_upper", bare.toUpperCase(Locale.ROOT));
    if (mac.octets().length == OCTETS) {
      values.put(
          "mac_dots", bare.substring(0, 4) + "." + bare.substring(4, 8) + "." + bare.substring(8));
    }
  }

  private void putAddress(InetAddress address) {
    values.put("address", address.getHostAddress());
    if (address instanceof Inet4Address) {
      values.put("ip_hex", HexFormat.of().withUpperCase().formatHex(address.getAddress()));
    }
  }

  private void putNetwork(Network network) {
    values.put("network.name", network.name());
    values.put("network.subnet", network.subnet().toString());
    values.put("network.prefix", String.valueOf(network.subnet().prefix()));
    values.put("network.netmask", network.subnet().mask().getHostAddress());
    network.router().ifPresent(r -> values.put("network.router", r.getHostAddress()));
    network.domain().ifPresent(d -> values.put("network.domain", d));
    putAddresses("network.dns", network.dnsServers());
    putAddresses("network.ntp", network.ntpServers());
  }

  private void putAddresses(String name, List<InetAddress> addresses) {
    if (!addresses.isEmpty()) {
      values.put(
          name,
          addresses.stream().map(InetAddress::getHostAddress).collect(Collectors.joining(" ")));
      values.put(name + "_first", addresses.getFirst().getHostAddress());
    }
  }
}
