package org.slipway.bootp.wire;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The vend field (RFC 951 section 3): nothing that we read, or the magic cookie 99.130.83.99 and
 * options (RFC 1497, RFC 2132 section 2).
 *
 * @param cookie whether the magic cookie stands first
 * @param options in the order of the packet; empty without the cookie
 * @param size octets of the field, at least {@link #SIZE}
 */
public record VendorArea(boolean cookie, List<VendorOption> options, int size) {
  /** Octets of the field in RFC 951. */
  public static final int SIZE = 64;

  /** 99.130.83.99. */
  public static final int MAGIC_COOKIE = 0x63825363;

  /** Cookie and end tag take these octets of the field. */
  public static final int OVERHEAD = 5;

  /** All zero. */
  public static final VendorArea NONE = new VendorArea(false, List.of(), SIZE);

  public VendorArea {
    options = List.copyOf(options);
    if (!cookie && !options.isEmpty()) {
      throw new IllegalArgumentException("options without the cookie");
    }
    size = Math.max(SIZE, Math.max(size, encodedLength(cookie, options)));
  }

  /** With the cookie, and as long as the options need. */
  public static VendorArea of(List<VendorOption> options) {
    return new VendorArea(true, options, SIZE);
  }

  public Optional<VendorOption> option(int tag) {
    for (VendorOption option : options) {
      if (option.tag() == tag) {
        return Optional.of(option);
      }
    }
    return Optional.empty();
  }

  /**
   * The data of an option that may be split: all of its parts, one after the other (RFC 3396
   * section 7).
   */
  public Optional<byte[]> joined(int tag) {
    byte[] all = null;
    for (VendorOption option : options) {
      if (option.tag() == tag) {
        byte[] part = option.data();
        int before = all == null ? 0 : all.length;
        all = all == null ? part : Arrays.copyOf(all, before + part.length);
        System.arraycopy(part, 0, all, before, part.length);
      }
    }
    return Optional.ofNullable(all);
  }

  /** A message with option 53 is DHCP, whatever else it holds (RFC 1534). */
  public boolean isDhcp() {
    for (VendorOption option : options) {
      if (option.tag() == VendorTag.DHCP_MESSAGE_TYPE) {
        return true;
      }
    }
    return false;
  }

  private static int encodedLength(boolean cookie, List<VendorOption> options) {
    int length = cookie ? OVERHEAD : 0;
    for (VendorOption option : options) {
      length += option.encodedLength();
    }
    return length;
  }
}
