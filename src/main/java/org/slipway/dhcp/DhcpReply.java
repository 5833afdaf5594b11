package org.slipway.dhcp;

import java.net.Inet4Address;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.slipway.bootp.wire.BootpCodec;
import org.slipway.bootp.wire.BootpPacket;
import org.slipway.bootp.wire.BootpPacket.Op;
import org.slipway.bootp.wire.DhcpMessageType;
import org.slipway.bootp.wire.VendorArea;
import org.slipway.bootp.wire.VendorOption;
import org.slipway.bootp.wire.VendorTag;

/** Makes replies (RFC 2131 table 3). Pure: the same input, the same reply. */
final class DhcpReply {
  private DhcpReply() {}

  /**
   * A reply, and what it had no room for.
   *
   * @param leftOut tags of options
   */
  record Made(BootpPacket packet, List<Integer> leftOut) {}

  /** DHCPOFFER or DHCPACK. */
  static Made of(DhcpRequest request, ReplyContent content) {
    String file = content.rules().told(content.offer().file(), content.files());
    DhcpOptions options = DhcpOptions.of(request, content, file);
    boolean offer = content.type() == DhcpMessageType.OFFER;
    BootpPacket packet =
        reply(
            request,
            request.packet().flags(),
            offer ? BootpPacket.UNSET : request.packet().ciaddr(),
            address(content),
            content.server(),
            fitting(
                content.rules().client().isBootRom()
                    ? content.rules().serverName(content.serverName(), content.server())
                    : content.serverName(),
                BootpCodec.SNAME_ROOM),
            fitting(file, BootpCodec.FILE_ROOM),
            options.written());
    return new Made(packet, options.leftOut());
  }

  private static Inet4Address address(ReplyContent content) {
    return content.offer().address().orElse(null) instanceof Inet4Address a ? a : BootpPacket.UNSET;
  }

  /**
   * DHCPNAK. A relay is told to broadcast it: the client may not use its address any more.
   *
   * @param why for the client's log
   */
  static BootpPacket refusal(DhcpRequest request, Inet4Address server, String why) {
    List<VendorOption> options = new ArrayList<>();
    options.add(DhcpMessageType.NAK.option());
    options.add(VendorOption.address(VendorTag.SERVER_IDENTIFIER, server));
    options.add(VendorOption.text(VendorTag.MESSAGE, why));
    request
        .identifier()
        .ifPresent(d -> options.addAll(VendorOption.split(VendorTag.CLIENT_IDENTIFIER, d)));
    request
        .relayAgent()
        .ifPresent(d -> options.addAll(VendorOption.split(VendorTag.RELAY_AGENT, d)));
    int flags = request.packet().flags();
    return reply(
        request,
        request.giaddr().isPresent() ? flags | BootpPacket.BROADCAST_FLAG : flags,
        BootpPacket.UNSET,
        BootpPacket.UNSET,
        BootpPacket.UNSET,
        "",
        "",
        options);
  }

  private static BootpPacket reply(
      DhcpRequest request,
      int flags,
      Inet4Address ciaddr,
      Inet4Address yiaddr,
      Inet4Address siaddr,
      String sname,
      String file,
      List<VendorOption> options) {
    BootpPacket asked = request.packet();
    return new BootpPacket(
        Op.BOOTREPLY,
        asked.hardware(),
        0,
        asked.xid(),
        0,
        flags,
        ciaddr,
        yiaddr,
        siaddr,
        asked.giaddr(),
        sname,
        file,
        VendorArea.of(options));
  }

  /** What its field cannot hold is left to the options, which can. */
  private static String fitting(String name, int room) {
    return name.getBytes(StandardCharsets.UTF_8).length <= room ? name : "";
  }
}
