package org.slipway.inventory;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.slipway.provisioning.HardwareAddress;
import org.slipway.settings.SettingText;

/** The values that entries of every format have. */
final class EntryText {
  private EntryText() {}

  static HardwareAddress hardwareAddress(String text) {
    return HardwareAddress.parse(text)
        .orElseThrow(() ->
            new UnreadableEntryException(
                "import.hardwareAddress",
                text.isBlank()
                    ? "It has no hardware address"
                    : "Not a hardware address of six octets: " + text));
  }

  /** One numeric IPv4 address. */
  static InetAddress address(String text) {
    try {
      if (SettingText.address(text) instanceof Inet4Address address) {
        return address;
      }
    } catch (IllegalArgumentException e) {
      // Said below.
    }
    throw new UnreadableEntryException("import.address", "Not an IPv4 address: " + text);
  }

  /** Addresses with blanks or commas between them, as options are written. */
  static String addresses(String text) {
    String[] parts = text.strip().split("[\\s,]+");
    return Arrays.stream(parts)
        .map(part -> address(part).getHostAddress())
        .collect(Collectors.joining(" "));
  }

  /** Without the quotation marks around it, if there are. */
  static String unquoted(String text) {
    String stripped = text.strip();
    boolean quoted = stripped.length() >= 2 && stripped.startsWith("\"") && stripped.endsWith("\"");
    return quoted ? stripped.substring(1, stripped.length() - 1) : stripped;
  }
}
