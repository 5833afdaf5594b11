package org.slipway.bootp;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A datagram from a server, read as RFC 951 section 3 and RFC 1497 lay it out.
 *
 * @param octets all of them
 * @param from where it came from
 */
public record RfcReply(byte[] octets, InetSocketAddress from) {

  public int op() {
    return octets[0];
  }

  public int hops() {
    return octets[3] & 0xFF;
  }

  public int xid() {
    return ByteBuffer.wrap(octets).getInt(4);
  }

  public int secs() {
    return ByteBuffer.wrap(octets).getShort(8) & 0xFFFF;
  }

  public int flags() {
    return ByteBuffer.wrap(octets).getShort(10) & 0xFFFF;
  }

  public String ciaddr() {
    return address(12);
  }

  public String yiaddr() {
    return address(16);
  }

  public String siaddr() {
    return address(20);
  }

  public String giaddr() {
    return address(24);
  }

  public String hardware() {
    return HexFormat.ofDelimiter(":").formatHex(octets, 28, 28 + octets[2]);
  }

  public String sname() {
    return text(44, 64);
  }

  public String file() {
    return text(108, 128);
  }

  public boolean hasCookie() {
    return Arrays.equals(octets, 236, 240, new byte[] {99, (byte) 130, 83, 99}, 0, 4);
  }

  /** The vendor area as it stands. */
  public byte[] vendor() {
    return Arrays.copyOfRange(octets, 236, octets.length);
  }

  /** Tags with their data in hex, in the order of the packet; a cut area is an error. */
  public Map<Integer, String> tags() {
    Map<Integer, String> tags = new LinkedHashMap<>();
    int at = 240;
    while ((octets[at] & 0xFF) != 255) {
      int tag = octets[at] & 0xFF;
      if (tag == 0) {
        at++;
        continue;
      }
      int length = octets[at + 1] & 0xFF;
      if (tags.put(tag, HexFormat.of().formatHex(octets, at + 2, at + 2 + length)) != null) {
        throw new AssertionError("tag twice: " + tag);
      }
      at += 2 + length;
    }
    return tags;
  }

  private String address(int offset) {
    try {
      return InetAddress.getByAddress(Arrays.copyOfRange(octets, offset, offset + 4))
          .getHostAddress();
    } catch (UnknownHostException e) {
      throw new AssertionError(e);
    }
  }

  private String text(int offset, int room) {
    int end = offset;
    while (end < offset + room && octets[end] != 0) {
      end++;
    }
    if (end == offset + room) {
      throw new AssertionError("not terminated");
    }
    for (int i = end; i < offset + room; i++) {
      if (octets[i] != 0) {
        throw new AssertionError("rubbish after the NUL");
      }
    }
    return new String(octets, offset, end - offset, StandardCharsets.UTF_8);
  }

  @Override
  public String toString() {
    return "%s xid %08x yiaddr %s file '%s'".formatted(hardware(), xid(), yiaddr(), file());
  }
}
