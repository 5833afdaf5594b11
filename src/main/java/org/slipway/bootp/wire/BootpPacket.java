package org.slipway.bootp.wire;

import java.net.Inet4Address;
import java.util.Objects;

/**
 * One BOOTP message (RFC 951 section 3, flags of RFC 1542 section 2.2).
 *
 * <pre>
 *  0                   1                   2                   3
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 * +---------------+---------------+---------------+---------------+
 * |     op (1)    |   htype (1)   |   hlen (1)    |   hops (1)    |  0
 * +---------------+---------------+---------------+---------------+
 * |                            xid (4)                            |  4
 * +-------------------------------+-------------------------------+
 * |           secs (2)            |B|         flags (2)           |  8
 * +-------------------------------+-------------------------------+
 * |                           ciaddr (4)                          | 12
 * +---------------------------------------------------------------+
 * |                           yiaddr (4)                          | 16
 * +---------------------------------------------------------------+
 * |                           siaddr (4)                          | 20
 * +---------------------------------------------------------------+
 * |                           giaddr (4)                          | 24
 * +---------------------------------------------------------------+
 * |                           chaddr (16)                         | 28
 * +---------------------------------------------------------------+
 * |                           sname  (64)                         | 44
 * +---------------------------------------------------------------+
 * |                           file   (128)                        | 108
 * +---------------------------------------------------------------+
 * |                           vend   (64, or more)                | 236
 * +---------------------------------------------------------------+
 * </pre>
 *
 * @param hardware htype, hlen and chaddr
 * @param secs 0 to 65535
 * @param flags 0 to 65535; the highest bit asks for a broadcast reply
 * @param sname without its padding
 * @param file without its padding
 */
public record BootpPacket(
    Op op,
    ClientHardware hardware,
    int hops,
    int xid,
    int secs,
    int flags,
    Inet4Address ciaddr,
    Inet4Address yiaddr,
    Inet4Address siaddr,
    Inet4Address giaddr,
    String sname,
    String file,
    VendorArea vend) {

  /** Flag bit: the client cannot receive unicast before it is configured. */
  public static final int BROADCAST_FLAG = 0x8000;

  /** {@code 0.0.0.0}, what an empty address field holds. */
  public static final Inet4Address UNSET = Ipv4.of(0);

  /** Direction of a message. */
  public enum Op {
    BOOTREQUEST(1),
    BOOTREPLY(2);

    private final int code;

    Op(int code) {
      this.code = code;
    }

    int code() {
      return code;
    }
  }

  public BootpPacket {
    Objects.requireNonNull(op, "op");
    Objects.requireNonNull(hardware, "hardware");
    Objects.requireNonNull(vend, "vend");
    requireOctets("hops", hops, 0xFF);
    requireOctets("secs", secs, 0xFFFF);
    requireOctets("flags", flags, 0xFFFF);
  }

  /** A request with everything else empty; the {@code with} methods fill in more. */
  public static BootpPacket request(ClientHardware hardware, int xid) {
    return new BootpPacket(
        Op.BOOTREQUEST,
        hardware,
        0,
        xid,
        0,
        0,
        UNSET,
        UNSET,
        UNSET,
        UNSET,
        "",
        "",
        VendorArea.NONE);
  }

  public boolean wantsBroadcast() {
    return (flags & BROADCAST_FLAG) != 0;
  }

  public BootpPacket withSecs(int value) {
    return new BootpPacket(
        op, hardware, hops, xid, value, flags, ciaddr, yiaddr, siaddr, giaddr, sname, file, vend);
  }

  public BootpPacket withFlags(int value) {
    return new BootpPacket(
        op, hardware, hops, xid, secs, value, ciaddr, yiaddr, siaddr, giaddr, sname, file, vend);
  }

  public BootpPacket withCiaddr(Inet4Address value) {
    return new BootpPacket(
        op, hardware, hops, xid, secs, flags, value, yiaddr, siaddr, giaddr, sname, file, vend);
  }

  public BootpPacket withGiaddr(Inet4Address value) {
    return new BootpPacket(
        op, hardware, hops, xid, secs, flags, ciaddr, yiaddr, siaddr, value, sname, file, vend);
  }

  public BootpPacket withSname(String value) {
    return new BootpPacket(
        op, hardware, hops, xid, secs, flags, ciaddr, yiaddr, siaddr, giaddr, value, file, vend);
  }

  public BootpPacket withFile(String value) {
    return new BootpPacket(
        op, hardware, hops, xid, secs, flags, ciaddr, yiaddr, siaddr, giaddr, sname, value, vend);
  }

  public BootpPacket withVend(VendorArea value) {
    return new BootpPacket(
        op, hardware, hops, xid, secs, flags, ciaddr, yiaddr, siaddr, giaddr, sname, file, value);
  }

  /** The address of four octets; never asks anybody. */
  public static Inet4Address address(int octets) {
    return Ipv4.of(octets);
  }

  private static void requireOctets(String field, int value, int most) {
    if (value < 0 || value > most) {
      throw new IllegalArgumentException(field + " out of range: " + value);
    }
  }
}
