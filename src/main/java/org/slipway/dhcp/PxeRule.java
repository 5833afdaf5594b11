package org.slipway.dhcp;

import java.util.Locale;
import java.util.Map;

/**
 * What is done for the sake of boot ROMs beyond the letter of RFC 2131. Each is on, and can be
 * switched off by an option of a network or of a device, such as {@code pxe.nul-after-boot-file} =
 * {@code off}; the device goes first.
 */
enum PxeRule {
  /** Boot file by option 93. */
  ARCHITECTURE("pxe.architecture"),
  /** Code 9 of option 93 is x64 as 7 is. */
  EBC_IS_X64("pxe.ebc-is-x64"),
  /** iPXE gets a script and never the file that it was itself. */
  IPXE_SCRIPT("pxe.ipxe-script"),
  /** The user class "iPXE" counts without the length octet of RFC 3004 too. */
  BARE_USER_CLASS("pxe.bare-user-class"),
  /** HTTPClient gets a URL, and its class back: else it does not take the offer. */
  HTTP_BOOT("pxe.http-boot"),
  /** A proxy tells a BIOS ROM by option 43 to take the file and to discover nothing. */
  DISCOVERY_BYPASS("pxe.discovery-bypass"),
  /** sname and option 66 hold the address as text: some ROMs can resolve no name. */
  SERVER_AS_ADDRESS("pxe.server-as-address"),
  /** Option 66, beside siaddr. */
  TFTP_SERVER_OPTION("pxe.tftp-server-option"),
  /** Option 150, beside siaddr. */
  TFTP_LIST_OPTION("pxe.tftp-list-option"),
  /** Option 67, beside the file field. */
  BOOT_FILE_OPTION("pxe.boot-file-option"),
  /** Option 67 ends with a NUL: old ROMs read on behind it. */
  NUL_AFTER_BOOT_FILE("pxe.nul-after-boot-file"),
  /** Option 97 comes back, where the client has sent one. */
  MACHINE_IDENTIFIER("pxe.machine-identifier");

  private final String option;

  PxeRule(String option) {
    this.option = option;
  }

  String option() {
    return option;
  }

  /**
   * @param device the options of the device
   * @param network those of its network
   */
  boolean isOn(Map<String, String> device, Map<String, String> network) {
    String value = device.getOrDefault(option, network.getOrDefault(option, "on"));
    return switch (value.strip().toLowerCase(Locale.ROOT)) {
      case "off", "false", "no", "0" -> false;
      default -> true;
    };
  }
}
