package org.slipway.inventory;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.slipway.provisioning.HardwareAddress;

/**
 * Lines {@code dhcp-host=} of dnsmasq(8): hardware addresses, {@code id:}, {@code set:}, an
 * address, a name, a lease time and {@code ignore}, in any order. Lines of a {@code dhcp-hostsfile}
 * have no keyword.
 */
final class DnsmasqHosts {
  private static final String KEYWORD = "dhcp-host";

  /** RFC 2132 section 9.14: an identifier of type 1 is a hardware address of Ethernet. */
  private static final String ETHERNET = "01[:-]([0-9a-fA-F]{1,2}([:-][0-9a-fA-F]{1,2}){5})";

  private final DeviceList list;
  private final int line;
  private final String text;
  private final List<HardwareAddress> hardwareAddresses = new ArrayList<>();
  private final List<String> tags = new ArrayList<>();
  private final DeviceEdit edit = new DeviceEdit();
  private Optional<InetAddress> address = Optional.empty();

  private DnsmasqHosts(DeviceList list, int line, String text) {
    this.list = list;
    this.line = line;
    this.text = text;
  }

  static DeviceList read(String text) {
    DeviceList list = new DeviceList();
    int line = 0;
    for (String each : text.split("\\R", -1)) {
      line++;
      String said = each.replaceFirst("(^|\\s)#.*", "").strip();
      if (!said.isEmpty()) {
        readLine(list, line, each, said);
      }
    }
    return list;
  }

  private static void readLine(DeviceList list, int line, String text, String said) {
    int equals = said.indexOf('=');
    String before = (equals < 0 ? said : said.substring(0, equals)).strip();
    String keyword = before.startsWith("--") ? before.substring(2) : before;
    if (keyword.equals(KEYWORD) && equals >= 0) {
      new DnsmasqHosts(list, line, text).host(said.substring(equals + 1));
    } else if (!said.contains(",") || equals >= 0 && keyword.matches("[a-z][a-z0-9-]*")) {
      list.ignore(line, text, "import.otherLine", "Not a line dhcp-host");
    } else {
      new DnsmasqHosts(list, line, text).host(said);
    }
  }

  private void host(String value) {
    try {
      for (String part : EntryText.unquoted(value).split(",")) {
        part(EntryText.unquoted(part));
      }
      addDevices();
    } catch (UnreadableEntryException e) {
      list.refuse(line, text, e.code(), e.getMessage());
    }
  }

  private void part(String part) {
    Optional<HardwareAddress> mac =
        HardwareAddress.parse(part.replaceFirst("^0?1-(?=.*:)", "").strip());
    if (mac.isPresent()) {
      hardwareAddresses.add(mac.get());
    } else if (part.matches("(?i)(set|net):.+")) {
      tags.add(part.substring(4).strip());
    } else if (part.matches("(?i)id:.*")) {
      identifier(part.substring(3));
    } else if (part.matches("\\d{1,3}(\\.\\d{1,3}){3}")) {
      address = Optional.of(EntryText.address(part));
    } else if (part.equalsIgnoreCase("ignore")) {
      edit.enabled(false);
    } else {
      rest(part);
    }
  }

  private void rest(String part) {
    if (part.contains("*")) {
      throw new UnreadableEntryException(
          "import.wildcard", "A pattern of hardware addresses is not one device: " + part);
    }
    if (part.matches("(?i)infinite|\\d+[smhdw]?")) {
      notTaken("The lease time is said by the network of a device: " + part);
    } else if (part.matches("[A-Za-z0-9]([A-Za-z0-9_.-]*[A-Za-z0-9])?")) {
      edit.name(part);
    } else if (part.matches("(?i)tag:.*")) {
      notTaken("There are no conditions on tags: " + part);
    } else if (part.startsWith("[")) {
      notTaken("Only IPv4 addresses are given to devices: " + part);
    } else if (!part.isEmpty()) {
      throw new UnreadableEntryException("import.field", "This is not understood: " + part);
    }
  }

  /** {@code id:*} says that identifiers are not looked at, and they never are here. */
  private void identifier(String id) {
    if (id.toLowerCase(Locale.ROOT).matches(ETHERNET)) {
      hardwareAddresses.add(EntryText.hardwareAddress(id.substring(3)));
    } else if (!id.equals("*")) {
      notTaken("A device is known by its hardware address alone, not by an identifier: " + id);
    }
  }

  private void notTaken(String why) {
    list.ignore(line, text, "import.notTaken", why);
  }

  /**
   * dnsmasq gives one address to whichever of several cards asks. Here an address belongs to one
   * device: the first has it.
   */
  private void addDevices() {
    if (hardwareAddresses.isEmpty()) {
      throw new UnreadableEntryException("import.hardwareAddress", "It has no hardware address");
    }
    if (!tags.isEmpty()) {
      edit.variable("tags", String.join(",", tags));
    }
    List<HardwareAddress> distinct = hardwareAddresses.stream().distinct().toList();
    DeviceEdit first = edit.copy();
    address.ifPresent(a -> first.address(Optional.of(a)));
    list.add(new ListedDevice(line, text, distinct.getFirst(), first));
    for (HardwareAddress other : distinct.subList(1, distinct.size())) {
      list.add(new ListedDevice(line, text, other, edit));
    }
    if (distinct.size() > 1 && address.isPresent()) {
      notTaken("An address belongs to one device: the first of these has it");
    }
  }
}
