package org.slipway.bootp.wire;

import java.net.Inet4Address;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/**
 * One tagged item of the vendor area (RFC 1497, RFC 2132 section 2).
 *
 * <pre>
 *  +-----+-----+-----+-----+-----
 *  | tag | len | data (len octets)
 *  +-----+-----+-----+-----+-----
 * </pre>
 *
 * @param tag 1 to 254: pad and end carry no data and are no options
 */
public record VendorOption(int tag, byte[] data) {

  public VendorOption {
    if (tag <= VendorTag.PAD || tag >= VendorTag.END) {
      throw new IllegalArgumentException("tag out of range: " + tag);
    }
    if (data.length > 0xFF) {
      throw new IllegalArgumentException("option " + tag + " too long: " + data.length);
    }
    data = data.clone();
  }

  public static VendorOption addresses(int tag, List<Inet4Address> addresses) {
    ByteBuffer data = ByteBuffer.allocate(4 * addresses.size());
    addresses.forEach(a -> data.put(a.getAddress()));
    return new VendorOption(tag, data.array());
  }

  public static VendorOption address(int tag, Inet4Address address) {
    return new VendorOption(tag, address.getAddress());
  }

  /** Names of the field are NVT ASCII; other characters go out as UTF-8. No NUL at the end. */
  public static VendorOption text(int tag, String text) {
    return new VendorOption(tag, text.getBytes(StandardCharsets.UTF_8));
  }

  /** An unsigned number of two octets. */
  public static VendorOption number16(int tag, int number) {
    return new VendorOption(tag, new byte[] {(byte) (number >>> 8), (byte) number});
  }

  /** An unsigned number of four octets. */
  public static VendorOption number32(int tag, long number) {
    return new VendorOption(tag, ByteBuffer.allocate(4).putInt((int) number).array());
  }

  /**
   * Data of any length, in as many options of the tag as it takes (RFC 3396 section 5); none for no
   * data.
   */
  public static List<VendorOption> split(int tag, byte[] data) {
    List<VendorOption> parts = new ArrayList<>();
    for (int from = 0; from < data.length; from += 0xFF) {
      int to = Math.min(data.length, from + 0xFF);
      parts.add(new VendorOption(tag, Arrays.copyOfRange(data, from, to)));
    }
    return parts;
  }

  @Override
  public byte[] data() {
    return data.clone();
  }

  /** How many octets it takes in the area. */
  public int encodedLength() {
    return 2 + data.length;
  }

  /** The data as IPv4 addresses; what is left over of an odd length is ignored. */
  public List<Inet4Address> toAddresses() {
    List<Inet4Address> addresses = new ArrayList<>();
    ByteBuffer buffer = ByteBuffer.wrap(data);
    while (buffer.remaining() >= 4) {
      addresses.add(Ipv4.of(buffer.getInt()));
    }
    return List.copyOf(addresses);
  }

  /** The data as text, without NULs that some senders append. */
  public String toText() {
    int end = data.length;
    while (end > 0 && data[end - 1] == 0) {
      end--;
    }
    return new String(data, 0, end, StandardCharsets.UTF_8);
  }

  /** The data as an unsigned number of at most four octets. */
  public long toNumber() {
    long number = 0;
    for (int i = 0; i < Math.min(4, data.length); i++) {
      number = number << 8 | data[i] & 0xFF;
    }
    return number;
  }

  void writeTo(ByteBuffer area) {
    area.put((byte) tag).put((byte) data.length).put(data);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof VendorOption o && tag == o.tag && Arrays.equals(data, o.data);
  }

  @Override
  public int hashCode() {
    return 31 * tag + Arrays.hashCode(data);
  }

  @Override
  public String toString() {
    return tag + "=" + HexFormat.of().formatHex(data);
  }
}
