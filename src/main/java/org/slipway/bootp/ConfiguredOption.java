package org.slipway.bootp;

import java.io.ByteArrayOutputStream;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.slipway.bootp.wire.VendorOption;
import org.slipway.bootp.wire.VendorTag;

/**
 * An option that an administrator has written for a network or a device: a name of RFC 2132 or a
 * tag number, and its value as text. Other names are switches that mean nothing to BOOTP.
 */
public final class ConfiguredOption {

  /** How a value stands in the packet. */
  private enum Form {
    ADDRESSES,
    TEXT,
    NUMBER_16,
    NUMBER_32
  }

  private record Kind(int tag, Form form) {}

  /**
   * An option before it is fitted into a packet.
   *
   * @param data of any length
   */
  public record Value(int tag, byte[] data) {}

  private static final Map<String, Kind> KINDS =
      Map.ofEntries(
          Map.entry("subnet-mask", new Kind(VendorTag.SUBNET_MASK, Form.ADDRESSES)),
          Map.entry("time-offset", new Kind(2, Form.NUMBER_32)),
          Map.entry("router", new Kind(VendorTag.ROUTER, Form.ADDRESSES)),
          Map.entry("time-servers", new Kind(4, Form.ADDRESSES)),
          Map.entry("name-servers", new Kind(5, Form.ADDRESSES)),
          Map.entry("domain-name-servers", new Kind(6, Form.ADDRESSES)),
          Map.entry("log-servers", new Kind(7, Form.ADDRESSES)),
          Map.entry("host-name", new Kind(VendorTag.HOST_NAME, Form.TEXT)),
          Map.entry("boot-file-size", new Kind(VendorTag.BOOT_FILE_SIZE, Form.NUMBER_16)),
          Map.entry("merit-dump-file", new Kind(14, Form.TEXT)),
          Map.entry("domain-name", new Kind(VendorTag.DOMAIN_NAME, Form.TEXT)),
          Map.entry("swap-server", new Kind(16, Form.ADDRESSES)),
          Map.entry("root-path", new Kind(VendorTag.ROOT_PATH, Form.TEXT)),
          Map.entry("extensions-path", new Kind(VendorTag.EXTENSIONS_PATH, Form.TEXT)),
          Map.entry("interface-mtu", new Kind(26, Form.NUMBER_16)),
          Map.entry("broadcast-address", new Kind(VendorTag.BROADCAST_ADDRESS, Form.ADDRESSES)),
          Map.entry("vendor-specific", new Kind(VendorTag.VENDOR_SPECIFIC, Form.TEXT)),
          Map.entry("tftp-server-name", new Kind(VendorTag.TFTP_SERVER_NAME, Form.TEXT)),
          Map.entry("bootfile-name", new Kind(VendorTag.BOOT_FILE_NAME, Form.TEXT)),
          Map.entry("tftp-server-address", new Kind(VendorTag.TFTP_SERVER_ADDRESS, Form.ADDRESSES)),
          Map.entry("nis-domain", new Kind(40, Form.TEXT)),
          Map.entry("nis-servers", new Kind(41, Form.ADDRESSES)),
          Map.entry("ntp-servers", new Kind(VendorTag.NTP_SERVERS, Form.ADDRESSES)));

  private static final Map<Integer, Kind> BY_TAG = byTag();

  private ConfiguredOption() {}

  /** Empty where the name is none of an option, or the value none of its form or too long. */
  static Optional<VendorOption> read(String name, String value) {
    return value(name, value)
        .filter(v -> v.data().length <= 0xFF)
        .map(v -> new VendorOption(v.tag(), v.data()));
  }

  /** The same of any length, for messages that can split it. */
  public static Optional<Value> value(String name, String value) {
    Kind kind = KINDS.get(name.strip().toLowerCase(Locale.ROOT));
    try {
      if (kind == null) {
        return numbered(name.strip(), value.strip());
      }
      return Optional.of(formed(kind, value.strip()));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** Numbers that no name stands for take text, or octets as {@code 0x0a000001}. */
  private static Optional<Value> numbered(String number, String value) {
    if (!number.matches("[0-9]{1,3}")) {
      return Optional.empty();
    }
    int tag = Integer.parseInt(number);
    if (tag <= VendorTag.PAD || tag >= VendorTag.END) {
      return Optional.empty();
    }
    if (value.startsWith("0x")) {
      return Optional.of(new Value(tag, HexFormat.of().parseHex(value.substring(2))));
    }
    return Optional.of(formed(BY_TAG.getOrDefault(tag, new Kind(tag, Form.TEXT)), value));
  }

  private static Value formed(Kind kind, String value) {
    byte[] data =
        switch (kind.form()) {
          case ADDRESSES -> addresses(value);
          case TEXT -> value.getBytes(StandardCharsets.UTF_8);
          case NUMBER_16 ->
              ByteBuffer.allocate(2).putShort((short) number(value, 0, 0xFFFF)).array();
          case NUMBER_32 ->
              ByteBuffer.allocate(4)
                  .putInt((int) number(value, Integer.MIN_VALUE, 0xFFFFFFFFL))
                  .array();
        };
    return new Value(kind.tag(), data);
  }

  private static long number(String value, long least, long most) {
    long number = Long.parseLong(value);
    if (number < least || number > most) {
      throw new IllegalArgumentException(value);
    }
    return number;
  }

  private static byte[] addresses(String value) {
    ByteArrayOutputStream octets = new ByteArrayOutputStream();
    for (String part : value.split("[,\\s]+")) {
      // ofLiteral never asks a name server.
      if (!(InetAddress.ofLiteral(part) instanceof Inet4Address address)) {
        throw new IllegalArgumentException(value);
      }
      octets.writeBytes(address.getAddress());
    }
    return octets.toByteArray();
  }

  private static Map<Integer, Kind> byTag() {
    Map<Integer, Kind> kinds = new java.util.HashMap<>();
    KINDS.values().forEach(k -> kinds.put(k.tag(), k));
    return Map.copyOf(kinds);
  }
}
