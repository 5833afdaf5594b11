package org.slipway.bootp.wire;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Reads and writes the vendor area; never reads past the end of the packet. */
final class VendorAreaCodec {
  private static final int COOKIE_LENGTH = 4;
  private static final byte[] ZEROS = new byte[VendorArea.SIZE];

  private VendorAreaCodec() {}

  static VendorArea decode(ByteBuffer p, int from, Set<Leniency> tolerated)
      throws MalformedBootpException {
    int size = p.limit() - from;
    if (size < COOKIE_LENGTH || p.getInt(from) != VendorArea.MAGIC_COOKIE) {
      return size <= VendorArea.SIZE ? VendorArea.NONE : new VendorArea(false, List.of(), size);
    }
    List<VendorOption> options = new ArrayList<>(4);
    int fault = readOptions(p, from + COOKIE_LENGTH, p.limit(), options);
    if (fault >= 0) {
      if (!tolerated.contains(Leniency.DAMAGED_VENDOR_AREA)) {
        throw new MalformedBootpException(
            "vend", fault, "runs past the end", Leniency.DAMAGED_VENDOR_AREA);
      }
      // A damaged DHCP message is still none of BOOTP's: that one tag is kept.
      options.removeIf(o -> o.tag() != VendorTag.DHCP_MESSAGE_TYPE);
    }
    return new VendorArea(true, options, size);
  }

  /**
   * @return where the area is damaged, or -1
   */
  private static int readOptions(ByteBuffer p, int from, int to, List<VendorOption> into) {
    int at = from;
    while (at < to) {
      int tag = p.get(at) & 0xFF;
      if (tag == VendorTag.END) {
        return -1;
      }
      if (tag == VendorTag.PAD) {
        at++;
        continue;
      }
      int length = at + 1 < to ? p.get(at + 1) & 0xFF : Integer.MAX_VALUE;
      if (length > to - at - 2) {
        return at;
      }
      byte[] data = new byte[length];
      p.get(at + 2, data);
      into.add(new VendorOption(tag, data));
      at += 2 + length;
    }
    return at;
  }

  /**
   * What a DHCP message holds in a field that its option 52 declares to be options (RFC 2131
   * section 4.1), after what it has in the area itself. A damaged field adds nothing.
   */
  static VendorArea overloaded(VendorArea area, ByteBuffer p, int from, int to) {
    List<VendorOption> more = new ArrayList<>();
    int fault = readOptions(p, from, to, more);
    if (fault >= 0 && fault < to) {
      return area;
    }
    List<VendorOption> all = new ArrayList<>(area.options());
    all.addAll(more);
    return new VendorArea(true, all, area.size());
  }

  /** Writes at the position and fills the area with zeros. */
  static void encode(VendorArea area, ByteBuffer p) {
    int end = p.position() + area.size();
    if (area.cookie()) {
      p.putInt(VendorArea.MAGIC_COOKIE);
      for (VendorOption option : area.options()) {
        option.writeTo(p);
      }
      p.put((byte) VendorTag.END);
    }
    while (p.position() < end) {
      p.put(ZEROS, 0, Math.min(ZEROS.length, end - p.position()));
    }
  }
}
