package org.slipway.bootp.wire;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import org.slipway.bootp.wire.BootpPacket.Op;

/** Reads and writes {@link BootpPacket}s. */
public final class BootpCodec {
  /** Octets before the vendor area. */
  public static final int FIXED_LENGTH = 236;

  /** Octets of the message of RFC 951. */
  public static final int MIN_LENGTH = 300;

  /** Most octets that a UDP datagram holds. */
  public static final int MAX_LENGTH = 65_507;

  /** Longest server name that leaves room for its NUL. */
  public static final int SNAME_ROOM = 63;

  /** Longest file name that leaves room for its NUL. */
  public static final int FILE_ROOM = 127;

  private static final int HTYPE = 1;
  private static final int HLEN = 2;
  private static final int HOPS = 3;
  private static final int XID = 4;
  private static final int SECS = 8;
  private static final int FLAGS = 10;
  private static final int CIADDR = 12;
  private static final int YIADDR = 16;
  private static final int SIADDR = 20;
  private static final int GIADDR = 24;
  private static final int CHADDR = 28;
  private static final int SNAME = 44;
  private static final int FILE = 108;

  /** Values of option 52; 3 is both (RFC 2132 section 9.3). */
  private static final int FILE_HOLDS_OPTIONS = 1;

  private static final int SNAME_HOLDS_OPTIONS = 2;

  private static final byte[] ZEROS = new byte[128];

  /** IANA has given out the ARP hardware types up to this one. */
  private static final int LAST_HTYPE = 38;

  private static final int IEEE_802 = 6;
  private static final int ETHERNET_OCTETS = 6;

  private BootpCodec() {}

  /** Reads a packet with every {@link Leniency}. */
  public static BootpPacket decode(ByteBuffer packet) throws MalformedBootpException {
    return decode(packet, Leniency.ALL);
  }

  /**
   * Reads the octets between position and limit, and moves neither.
   *
   * @throws MalformedBootpException if they are no BOOTP message
   */
  public static BootpPacket decode(ByteBuffer packet, Set<Leniency> tolerated)
      throws MalformedBootpException {
    checkLength(packet.remaining(), tolerated);
    ByteBuffer p = packet.slice().order(ByteOrder.BIG_ENDIAN);
    Op op = op(p.get(0));
    VendorArea vend = VendorAreaCodec.decode(p, FIXED_LENGTH, tolerated);
    int overload = vend.isDhcp() ? overload(vend) : 0;
    if ((overload & FILE_HOLDS_OPTIONS) != 0) {
      vend = VendorAreaCodec.overloaded(vend, p, FILE, FIXED_LENGTH);
    }
    if ((overload & SNAME_HOLDS_OPTIONS) != 0) {
      vend = VendorAreaCodec.overloaded(vend, p, SNAME, FILE);
    }
    return new BootpPacket(
        op,
        hardware(p),
        p.get(HOPS) & 0xFF,
        p.getInt(XID),
        p.getShort(SECS) & 0xFFFF,
        p.getShort(FLAGS) & 0xFFFF,
        Ipv4.get(p, CIADDR),
        Ipv4.get(p, YIADDR),
        Ipv4.get(p, SIADDR),
        Ipv4.get(p, GIADDR),
        (overload & SNAME_HOLDS_OPTIONS) != 0 ? "" : name(p, "sname", SNAME, FILE, tolerated),
        (overload & FILE_HOLDS_OPTIONS) != 0 ? "" : name(p, "file", FILE, FIXED_LENGTH, tolerated),
        vend);
  }

  /** Only DHCP has option 52: in BOOTP the two fields are names, whatever the area says. */
  private static int overload(VendorArea vend) {
    return vend.option(VendorTag.OVERLOAD).map(o -> (int) o.toNumber()).orElse(0);
  }

  /**
   * Writes a packet at the buffer's position, padded with zeros to at least 300 octets.
   *
   * @return how many octets were written
   * @throws IllegalArgumentException if a name has no room in its field
   */
  public static int encode(BootpPacket packet, ByteBuffer into) {
    int length = FIXED_LENGTH + packet.vend().size();
    ByteBuffer p = into.slice(into.position(), length).order(ByteOrder.BIG_ENDIAN);
    p.put((byte) packet.op().code());
    p.put((byte) packet.hardware().type()).put((byte) packet.hardware().length());
    p.put((byte) packet.hops()).putInt(packet.xid());
    p.putShort((short) packet.secs()).putShort((short) packet.flags());
    Ipv4.put(p, CIADDR, packet.ciaddr());
    Ipv4.put(p, YIADDR, packet.yiaddr());
    Ipv4.put(p, SIADDR, packet.siaddr());
    Ipv4.put(p, GIADDR, packet.giaddr());
    p.putLong(CHADDR, packet.hardware().high()).putLong(CHADDR + 8, packet.hardware().low());
    putName(p, "sname", packet.sname(), SNAME, FILE);
    putName(p, "file", packet.file(), FILE, FIXED_LENGTH);
    VendorAreaCodec.encode(packet.vend(), p.position(FIXED_LENGTH));
    into.position(into.position() + length);
    return length;
  }

  private static void checkLength(int length, Set<Leniency> tolerated)
      throws MalformedBootpException {
    if (length < MIN_LENGTH && !tolerated.contains(Leniency.SHORT_BOOTP)) {
      throw new MalformedBootpException("length", length, "under 300 octets", Leniency.SHORT_BOOTP);
    }
    if (length < FIXED_LENGTH) {
      throw new MalformedBootpException("length", length, "under 236 octets");
    }
  }

  private static Op op(byte code) throws MalformedBootpException {
    return switch (code) {
      case 1 -> Op.BOOTREQUEST;
      case 2 -> Op.BOOTREPLY;
      default -> throw new MalformedBootpException("op", 0, "neither request nor reply");
    };
  }

  /**
   * Who has sent the octets, which may be no BOOTP message: an Ethernet address that is there whole
   * and has the length that it must have.
   */
  public static Optional<ClientHardware> ethernetSender(ByteBuffer packet) {
    ByteBuffer p = packet.slice();
    if (p.remaining() < CHADDR + ETHERNET_OCTETS
        || !isEthernet(p.get(HTYPE))
        || p.get(HLEN) != ETHERNET_OCTETS) {
      return Optional.empty();
    }
    byte[] octets = new byte[ETHERNET_OCTETS];
    p.get(CHADDR, octets);
    return Optional.of(ClientHardware.of(p.get(HTYPE), octets));
  }

  private static boolean isEthernet(int type) {
    return type == ClientHardware.ETHERNET || type == IEEE_802;
  }

  private static ClientHardware hardware(ByteBuffer p) throws MalformedBootpException {
    int type = p.get(HTYPE) & 0xFF;
    int length = p.get(HLEN) & 0xFF;
    if (type == 0 || type > LAST_HTYPE) {
      throw new MalformedBootpException("htype", HTYPE, "unknown hardware type " + type);
    }
    if (length == 0 || length > ClientHardware.MOST_OCTETS) {
      throw new MalformedBootpException("hlen", HLEN, "not 1 to 16 but " + length);
    }
    if (isEthernet(type) && length != ETHERNET_OCTETS) {
      throw new MalformedBootpException("hlen", HLEN, "not 6 for Ethernet but " + length);
    }
    return new ClientHardware(type, length, p.getLong(CHADDR), p.getLong(CHADDR + 8));
  }

  private static String name(ByteBuffer p, String field, int from, int to, Set<Leniency> tolerated)
      throws MalformedBootpException {
    int end = from;
    while (end < to && p.get(end) != 0) {
      end++;
    }
    if (end == from) {
      return "";
    }
    if (end == to && !tolerated.contains(Leniency.UNTERMINATED_NAME)) {
      throw new MalformedBootpException(field, from, "not terminated", Leniency.UNTERMINATED_NAME);
    }
    byte[] octets = new byte[end - from];
    p.get(from, octets);
    return new String(octets, StandardCharsets.UTF_8);
  }

  private static void putName(ByteBuffer p, String field, String name, int from, int to) {
    byte[] octets = name.getBytes(StandardCharsets.UTF_8);
    if (octets.length >= to - from) {
      throw new IllegalArgumentException(field + " has no room for " + octets.length + " octets");
    }
    p.put(from, octets);
    p.put(from + octets.length, ZEROS, 0, to - from - octets.length);
  }
}
