package org.slipway.dhcp;

import java.net.Inet4Address;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Which boot file a kind of client gets, by the options {@code boot-file.KIND} of its device and
 * its network: {@code boot-file.ipxe} for iPXE, {@code boot-file.http} for HTTP boot, {@code
 * boot-file.x64} and so on by architecture, {@code boot-file} for all others.
 *
 * @param device the options of the device
 * @param network those of its network
 */
record PxeRules(PxeClient client, Map<String, String> device, Map<String, String> network) {
  private static final String BOOT_FILE = "boot-file";

  boolean isOn(PxeRule rule) {
    return rule.isOn(device, network);
  }

  boolean isIpxe() {
    return isOn(PxeRule.IPXE_SCRIPT) && client.isIpxe(isOn(PxeRule.BARE_USER_CLASS));
  }

  boolean isHttp() {
    return isOn(PxeRule.HTTP_BOOT) && client.isHttp();
  }

  private Optional<Architecture> architecture() {
    return isOn(PxeRule.ARCHITECTURE)
        ? client.architecture(isOn(PxeRule.EBC_IS_X64))
        : Optional.empty();
  }

  boolean isBios() {
    return client.isPxe() && client.architecture(false).equals(Optional.of(Architecture.BIOS));
  }

  /** The file of the client's kind; empty where what is entered for its device counts. */
  Optional<String> bootFile() {
    if (isIpxe()) {
      // Never by architecture: it would fetch itself, and again, without an end.
      return option("ipxe");
    }
    Optional<String> byArchitecture = architecture().flatMap(a -> option(a.word()));
    if (isHttp()) {
      return architecture()
          .flatMap(a -> option("http." + a.word()))
          .or(() -> option("http"))
          .or(() -> byArchitecture)
          .or(() -> configured(BOOT_FILE));
    }
    return byArchitecture.or(() -> configured(BOOT_FILE));
  }

  private Optional<String> option(String kind) {
    return configured(BOOT_FILE + "." + kind);
  }

  private Optional<String> configured(String name) {
    return Optional.ofNullable(device.get(name))
        .or(() -> Optional.ofNullable(network.get(name)))
        .map(String::strip)
        .filter(f -> !f.isEmpty());
  }

  /**
   * The name as the client is told it: a URL for HTTP boot, the file itself otherwise.
   *
   * @param base the URL of the boot files, ending with a slash
   */
  String told(String file, String base) {
    if (!isHttp() || file.isEmpty() || file.contains("://")) {
      return file;
    }
    return base
        + Arrays.stream(file.split("/"))
            .filter(s -> !s.isEmpty())
            .map(s -> URLEncoder.encode(s, StandardCharsets.UTF_8).replace("+", "%20"))
            .collect(Collectors.joining("/"));
  }

  /** The server as sname and option 66 name it. */
  String serverName(String name, Inet4Address server) {
    return isOn(PxeRule.SERVER_AS_ADDRESS) ? server.getHostAddress() : name;
  }
}
