package org.slipway.bootp;

import java.net.Inet4Address;
import java.util.List;
import org.slipway.bootp.wire.BootpPacket;
import org.slipway.bootp.wire.BootpPacket.Op;
import org.slipway.bootp.wire.VendorArea;
import org.slipway.provisioning.BootDecision.Offer;

/** Makes the reply to a request (RFC 951 section 7.3). Pure: the same input, the same reply. */
final class BootpResponder {
  /** RFC 2131 section 2: no reply needs a longer vendor area. */
  private static final int MOST_ROOM = 312;

  private BootpResponder() {}

  /**
   * A reply, and what it had no room for.
   *
   * @param leftOut tags of options
   */
  record Reply(BootpPacket packet, List<Integer> leftOut) {}

  /**
   * @param server siaddr
   * @param serverName sname
   */
  static Reply reply(BootpPacket request, Offer offer, Inet4Address server, String serverName) {
    Vendor vendor = vendor(request.vend(), offer);
    BootpPacket packet =
        new BootpPacket(
            Op.BOOTREPLY,
            request.hardware(),
            request.hops(),
            request.xid(),
            request.secs(),
            request.flags(),
            request.ciaddr(),
            offered(offer),
            server,
            request.giaddr(),
            serverName,
            offer.file(),
            vendor.area());
    return new Reply(packet, vendor.leftOut());
  }

  private static Inet4Address offered(Offer offer) {
    return offer.address().orElse(null) instanceof Inet4Address address
        ? address
        : BootpPacket.UNSET;
  }

  private record Vendor(VendorArea area, List<Integer> leftOut) {}

  /**
   * Tags go only to a device that has shown the cookie: others may read the area in their own way.
   * A request with a longer area may get a longer reply, where the options need it.
   */
  private static Vendor vendor(VendorArea asked, Offer offer) {
    if (!asked.cookie()) {
      return new Vendor(VendorArea.NONE, List.of());
    }
    ReplyOptions options = ReplyOptions.of(offer, Math.min(MOST_ROOM, asked.size()));
    return new Vendor(VendorArea.of(options.written()), options.leftOut());
  }
}
