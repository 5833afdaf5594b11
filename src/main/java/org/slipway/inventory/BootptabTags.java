package org.slipway.inventory;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slipway.provisioning.HardwareAddress;

/** What the tags of one entry of a bootptab(5) say of a device. */
final class BootptabTags {
  private static final Map<String, String> ADDRESSES =
      Map.ofEntries(
          Map.entry("sm", "subnet-mask"),
          Map.entry("gw", "router"),
          Map.entry("ts", "time-servers"),
          Map.entry("ns", "name-servers"),
          Map.entry("ds", "domain-name-servers"),
          Map.entry("lg", "log-servers"),
          Map.entry("sw", "swap-server"),
          Map.entry("ys", "nis-servers"),
          Map.entry("nt", "ntp-servers"));

  /** RFC 2132 sections 3.10 to 3.13: options that have no name here. */
  private static final Map<String, Integer> NUMBERED_ADDRESSES =
      Map.of("cs", 8, "lp", 9, "im", 10, "rl", 11);

  private static final Map<String, String> TEXTS =
      Map.of(
          "dn", "domain-name",
          "rp", "root-path",
          "ef", "extensions-path",
          "df", "merit-dump-file",
          "yd", "nis-domain");

  /** RFC 1700: networks whose hardware addresses have six octets; 1 is Ethernet, 6 IEEE 802. */
  private static final Set<String> SIX_OCTETS =
      Set.of("", "1", "0x1", "ether", "ethernet", "6", "0x6", "ieee802", "tr", "token-ring");

  /**
   * What is so here without being said: our name is sent where it can be a host name, paths are
   * relative to the root of TFTP, and a reply has the vendor area of its request.
   */
  private static final Set<String> UNDERSTOOD = Set.of("ha", "ht", "hd", "td", "hn");

  private static final int SITE_SPECIFIC = 128;
  private static final int TFTP_SERVER_ADDRESS = 150;

  private final Map<String, String> tags;
  private final DeviceEdit edit = new DeviceEdit();
  private final List<String> notTaken = new ArrayList<>();

  BootptabTags(Map<String, String> tags) {
    this.tags = tags;
  }

  HardwareAddress hardwareAddress() {
    String type = EntryText.unquoted(tags.getOrDefault("ht", "")).toLowerCase(Locale.ROOT);
    if (!SIX_OCTETS.contains(type)) {
      throw new UnreadableEntryException(
          "import.hardwareType", "Hardware of this type has other addresses: ht=" + type);
    }
    String address = EntryText.unquoted(tags.getOrDefault("ha", ""));
    return EntryText.hardwareAddress(address.replaceFirst("^0[xX]", ""));
  }

  DeviceEdit edit(String name) {
    edit.name(name);
    tags.forEach(this::tag);
    return edit;
  }

  /** What has no counterpart here; complete after {@link #edit}. */
  List<String> notTaken() {
    return notTaken;
  }

  private void tag(String tag, String written) {
    String value = EntryText.unquoted(written);
    if (ADDRESSES.containsKey(tag)) {
      edit.option(ADDRESSES.get(tag), EntryText.addresses(value));
    } else if (NUMBERED_ADDRESSES.containsKey(tag)) {
      edit.option(String.valueOf(NUMBERED_ADDRESSES.get(tag)), hexAddresses(value));
    } else if (TEXTS.containsKey(tag)) {
      edit.option(TEXTS.get(tag), value);
    } else if (tag.matches("T\\d{1,3}")) {
      numbered(Integer.parseInt(tag.substring(1)), written);
    } else {
      other(tag, value);
    }
  }

  private void other(String tag, String value) {
    switch (tag) {
      case "ip" -> edit.address(Optional.of(EntryText.address(value)));
      case "bf" -> edit.bootFile(Optional.of(bootFile(value)));
      case "bs" -> numberOrAuto("boot-file-size", value);
      case "to" -> timeOffset(value);
      case "vm" -> vendorMagic(value);
      case "sa" ->
          notTaken.add("The TFTP server is said by serverAddress of the network: sa=" + value);
      case "ra" -> notTaken.add("Replies go where RFC 951 says: ra=" + value);
      default -> {
        if (!UNDERSTOOD.contains(tag)) {
          notTaken.add("A tag that has no counterpart: " + tag + "=" + value);
        }
      }
    }
  }

  /** {@code auto}, or nothing, is the size of the file, which is what we say anyway. */
  private void numberOrAuto(String option, String value) {
    if (!value.isEmpty() && !value.equalsIgnoreCase("auto")) {
      edit.option(option, number(value));
    }
  }

  private void timeOffset(String value) {
    if (value.equalsIgnoreCase("auto")) {
      notTaken.add("The time zone of the server is not told: to=auto");
    } else {
      edit.option("time-offset", number(value));
    }
  }

  private void vendorMagic(String value) {
    if (!Set.of("auto", "rfc1048", "rfc1084").contains(value.toLowerCase(Locale.ROOT))) {
      notTaken.add("Only the vendor area of RFC 1497 is spoken: vm=" + value);
    }
  }

  private static String number(String value) {
    if (!value.matches("-?\\d{1,10}")) {
      throw new UnreadableEntryException("import.number", "Not a number: " + value);
    }
    return value;
  }

  /** The home directory goes before a file that is not absolute. */
  private String bootFile(String file) {
    String folder = EntryText.unquoted(tags.getOrDefault("hd", ""));
    String root = EntryText.unquoted(tags.getOrDefault("td", ""));
    String path = file.startsWith("/") || folder.isEmpty() ? file : withSlash(folder) + file;
    String prefix = withSlash(root);
    return prefix.length() > 1 && path.startsWith(prefix)
        ? path.substring(prefix.length() - 1)
        : path;
  }

  private static String withSlash(String folder) {
    int end = folder.length();
    while (end > 0 && folder.charAt(end - 1) == '/') {
      end--;
    }
    return folder.substring(0, end) + "/";
  }

  private static String hexAddresses(String value) {
    StringBuilder hex = new StringBuilder("0x");
    for (String address : EntryText.addresses(value).split(" ")) {
      hex.append(HexFormat.of().formatHex(EntryText.address(address).getAddress()));
    }
    return hex.toString();
  }

  /**
   * An option by its number: text between quotation marks, or hexadecimal digits with any dots or
   * blanks. Octets are kept as octets; text stays readable where a number has no other form.
   */
  private void numbered(int tag, String written) {
    if (tag < 1 || tag > 254) {
      throw new UnreadableEntryException("import.option", "There is no option " + tag);
    }
    boolean text = written.startsWith("\"");
    String value = EntryText.unquoted(written);
    if (text && tag >= SITE_SPECIFIC && tag != TFTP_SERVER_ADDRESS && !value.startsWith("0x")) {
      edit.option(String.valueOf(tag), value);
    } else {
      edit.option(String.valueOf(tag), "0x" + HexFormat.of().formatHex(octets(value, text)));
    }
  }

  private static byte[] octets(String value, boolean text) {
    if (text) {
      return value.getBytes(StandardCharsets.UTF_8);
    }
    String digits = value.replaceFirst("^0[xX]", "").replaceAll("[\\s.]", "");
    try {
      return HexFormat.of().parseHex(digits.length() % 2 == 0 ? digits : "0" + digits);
    } catch (IllegalArgumentException e) {
      throw new UnreadableEntryException(
          "import.option", "Neither hexadecimal digits nor text in quotation marks: " + value);
    }
  }
}
