package org.slipway.dhcp;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.slipway.bootp.wire.VendorArea;
import org.slipway.bootp.wire.VendorTag;

/**
 * What a client says of itself as a boot ROM (RFC 4578).
 *
 * @param vendorClass option 60, empty if it has none
 * @param architecture the first code of option 93, or -1
 * @param userClass the data of option 77
 * @param ipxeOptions whether it has the options of iPXE (175)
 * @param machine the data of option 97
 */
record PxeClient(
    String vendorClass,
    int architecture,
    Optional<byte[]> userClass,
    boolean ipxeOptions,
    Optional<byte[]> machine) {
  static final String PXE = "PXEClient";
  static final String HTTP = "HTTPClient";
  private static final String IPXE = "iPXE";
  private static final String U_BOOT = "U-Boot";

  /** A type octet and a UUID (RFC 4578 section 2.3). */
  private static final int MACHINE_OCTETS = 17;

  static PxeClient of(VendorArea area) {
    return new PxeClient(
        area.joined(VendorTag.CLASS_IDENTIFIER)
            .map(d -> new String(d, StandardCharsets.ISO_8859_1))
            .orElse(""),
        architecture(area.joined(VendorTag.CLIENT_ARCHITECTURE)),
        area.joined(VendorTag.USER_CLASS),
        area.option(VendorTag.IPXE).isPresent(),
        area.joined(VendorTag.MACHINE_IDENTIFIER)
            .filter(d -> d.length == MACHINE_OCTETS && d[0] == 0));
  }

  private static int architecture(Optional<byte[]> data) {
    return data.filter(d -> d.length >= 2).map(d -> (d[0] & 0xFF) << 8 | d[1] & 0xFF).orElse(-1);
  }

  /** A network boot ROM by PXE, iPXE too. */
  boolean isPxe() {
    return vendorClass.startsWith(PXE);
  }

  /** Firmware that boots by HTTP (UEFI specification, section 24.7). */
  boolean isHttp() {
    return vendorClass.startsWith(HTTP);
  }

  boolean isBootRom() {
    return isPxe() || isHttp() || vendorClass.startsWith(U_BOOT) || isIpxe(true);
  }

  /**
   * @param bareClass whether a user class counts that is not laid out by RFC 3004
   */
  boolean isIpxe(boolean bareClass) {
    if (ipxeOptions) {
      return true;
    }
    byte[] data = userClass.orElse(new byte[0]);
    return hasClass(data, IPXE) || bareClass && IPXE.equals(text(data, 0, data.length));
  }

  /** RFC 3004 section 4: each class has its length before it. */
  private static boolean hasClass(byte[] data, String wanted) {
    int at = 0;
    while (at < data.length) {
      int length = data[at] & 0xFF;
      if (length == 0 || at + 1 + length > data.length) {
        return false;
      }
      if (wanted.equals(text(data, at + 1, length))) {
        return true;
      }
      at += 1 + length;
    }
    return false;
  }

  private static String text(byte[] data, int from, int length) {
    int end = from + length;
    while (end > from && data[end - 1] == 0) {
      end--;
    }
    return new String(data, from, end - from, StandardCharsets.ISO_8859_1);
  }

  Optional<Architecture> architecture(boolean ebcIsX64) {
    return Architecture.of(architecture, ebcIsX64);
  }
}
