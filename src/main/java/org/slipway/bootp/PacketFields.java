package org.slipway.bootp;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * A BOOTP or DHCP packet (RFC 951, RFC 2131) field by field, for reading. Whatever the packet
 * holds, something is shown: what has no known form is shown as octets, what is cut short as far as
 * it goes.
 */
public final class PacketFields {
  private static final HexFormat OCTETS = HexFormat.ofDelimiter(" ");
  private static final HexFormat COLONS = HexFormat.ofDelimiter(":");
  private static final int VEND = 236;
  private static final int FILE = 108;
  private static final int SNAME = 44;
  private static final int CHADDR = 28;
  private static final int COOKIE = 0x63825363;
  private static final int PAD = 0;
  private static final int OVERLOAD = 52;
  private static final int END = 255;
  private static final int MOST_SHOWN = 128;

  private final ByteBuffer packet;
  private final List<Field> fields = new ArrayList<>();
  private int overload;

  /**
   * One field.
   *
   * @param name as the RFC has it; for an option its tag and its name
   * @param offset in octets from the begin of the packet
   * @param length in octets
   */
  public record Field(String name, String value, int offset, int length) {}

  private PacketFields(byte[] octets) {
    this.packet = ByteBuffer.wrap(octets);
  }

  public static List<Field> of(byte[] octets) {
    PacketFields read = new PacketFields(octets);
    read.header();
    read.vendorArea();
    return List.copyOf(read.fields);
  }

  private void header() {
    number(0, 1).ifPresent(n -> add("op", operation(n), 0, 1));
    number(1, 1).ifPresent(n -> add("htype", n == 1 ? "1 Ethernet" : "" + n, 1, 1));
    number(2, 1).ifPresent(n -> add("hlen", "" + n, 2, 1));
    number(3, 1).ifPresent(n -> add("hops", "" + n, 3, 1));
    number(4, 4).ifPresent(n -> add("xid", "0x%08x".formatted(n), 4, 4));
    number(8, 2).ifPresent(n -> add("secs", "" + n, 8, 2));
    number(10, 2)
        .ifPresent(n ->
            add("flags", "0x%04x%s".formatted(n, (n & 0x8000) != 0 ? " broadcast" : ""), 10, 2));
    int offset = 12;
    for (String name : List.of("ciaddr", "yiaddr", "siaddr", "giaddr")) {
      int at = offset;
      slice(at, 4).ifPresent(a -> add(name, addresses(a), at, 4));
      offset += 4;
    }
    slice(CHADDR, 16)
        .ifPresent(a -> add("chaddr", COLONS.formatHex(a, 0, hardwareLength()), CHADDR, 16));
    slice(SNAME, 64).ifPresent(a -> add("sname", text(a), SNAME, 64));
    slice(FILE, 128).ifPresent(a -> add("file", text(a), FILE, 128));
  }

  private static String operation(long op) {
    return op == 1 ? "1 BOOTREQUEST" : op == 2 ? "2 BOOTREPLY" : "" + op;
  }

  private int hardwareLength() {
    int length = packet.get(2) & 0xFF;
    return length == 0 || length > 16 ? 16 : length;
  }

  private void vendorArea() {
    if (packet.limit() < VEND + 4) {
      return;
    }
    if (packet.getInt(VEND) != COOKIE) {
      byte[] rest = Arrays.copyOfRange(packet.array(), VEND, packet.limit());
      boolean empty = ByteBuffer.wrap(rest).equals(ByteBuffer.allocate(rest.length));
      add("vend", empty ? "empty" : hex(rest), VEND, rest.length);
      return;
    }
    add("cookie", "99.130.83.99", VEND, 4);
    options(VEND + 4, packet.limit(), "");
    if ((overload & 1) != 0) {
      options(FILE, FILE + 128, " (in file)");
    }
    if ((overload & 2) != 0) {
      options(SNAME, SNAME + 64, " (in sname)");
    }
  }

  private void options(int from, int end, String where) {
    int at = from;
    while (at < end) {
      int tag = packet.get(at) & 0xFF;
      if (tag == PAD) {
        at++;
      } else if (tag == END) {
        add("255 end" + where, "", at, 1);
        return;
      } else if (at + 1 >= end) {
        add(tag + " cut short" + where, "", at, 1);
        return;
      } else {
        at = option(at, end, tag, where);
      }
    }
  }

  private int option(int at, int end, int tag, String where) {
    int said = packet.get(at + 1) & 0xFF;
    int length = Math.min(said, end - at - 2);
    byte[] value = Arrays.copyOfRange(packet.array(), at + 2, at + 2 + length);
    if (tag == OVERLOAD && length == 1 && where.isEmpty()) {
      overload = value[0];
    }
    String cut = length < said ? " (cut short: %d of %d octets)".formatted(length, said) : "";
    DhcpOptionName option = DhcpOptionName.of(tag);
    String name = option.title().map(t -> tag + " " + t).orElse("" + tag);
    add(name + where, shown(option.form(), value) + cut, at, 2 + length);
    return at + 2 + length;
  }

  private static String shown(DhcpOptionName.Form form, byte[] value) {
    return switch (form) {
      case ADDRESSES -> value.length % 4 == 0 && value.length > 0 ? addresses(value) : hex(value);
      case TEXT -> text(value);
      case NUMBER -> value.length > 0 && value.length <= 4 ? "" + number(value) : hex(value);
      case TAGS -> tags(value);
      case MESSAGE_TYPE -> value.length == 1 ? messageType(value[0]) : hex(value);
      case OCTETS -> hex(value);
    };
  }

  private static String messageType(int type) {
    List<String> names =
        List.of("DISCOVER", "OFFER", "REQUEST", "DECLINE", "ACK", "NAK", "RELEASE", "INFORM");
    return type >= 1 && type <= names.size() ? type + " " + names.get(type - 1) : "" + type;
  }

  private static String tags(byte[] value) {
    List<String> tags = new ArrayList<>();
    for (byte tag : value) {
      tags.add("" + (tag & 0xFF));
    }
    return String.join(" ", tags);
  }

  private static long number(byte[] value) {
    long number = 0;
    for (byte octet : value) {
      number = number << 8 | octet & 0xFF;
    }
    return number;
  }

  private static String addresses(byte[] value) {
    List<String> addresses = new ArrayList<>();
    try {
      for (int i = 0; i + 4 <= value.length; i += 4) {
        addresses.add(
            InetAddress.getByAddress(Arrays.copyOfRange(value, i, i + 4)).getHostAddress());
      }
    } catch (UnknownHostException e) {
      throw new AssertionError("four octets are an address", e);
    }
    return String.join(" ", addresses);
  }

  /** Up to the first NUL; octets that are no printable ASCII as escapes. */
  private static String text(byte[] value) {
    StringBuilder shown = new StringBuilder();
    for (int i = 0; i < value.length && value[i] != 0; i++) {
      char c = (char) (value[i] & 0xFF);
      if (c < ' ' || c > '~') {
        shown.append("\\x%02x".formatted((int) c));
      } else {
        shown.append(c);
      }
    }
    return shown.toString();
  }

  private static String hex(byte[] value) {
    int length = Math.min(value.length, MOST_SHOWN);
    return OCTETS.formatHex(value, 0, length) + (length < value.length ? " ..." : "");
  }

  private Optional<Long> number(int offset, int length) {
    return slice(offset, length).map(PacketFields::number);
  }

  private Optional<byte[]> slice(int offset, int length) {
    return offset + length <= packet.limit()
        ? Optional.of(Arrays.copyOfRange(packet.array(), offset, offset + length))
        : Optional.empty();
  }

  private void add(String name, String value, int offset, int length) {
    fields.add(new Field(name, value, offset, length));
  }
}
