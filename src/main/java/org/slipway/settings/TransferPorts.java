package org.slipway.settings;

/**
 * From which UDP ports TFTP transfers are served: the transfer identifiers of RFC 1350 section 4.
 */
public sealed interface TransferPorts {

  /** A port that the operating system chooses for each transfer. */
  record Ephemeral() implements TransferPorts {}

  /** The listening port serves everything. */
  record Single() implements TransferPorts {}

  /** One port of a range for each transfer. */
  record Fixed(PortRange range) implements TransferPorts {}

  static TransferPorts parse(String text) {
    return switch (text.toLowerCase(java.util.Locale.ROOT)) {
      case "ephemeral" -> new Ephemeral();
      case "single" -> new Single();
      default -> new Fixed(SettingText.portRange(text));
    };
  }
}
