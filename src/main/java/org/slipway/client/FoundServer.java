package org.slipway.client;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import java.net.InetAddress;
import org.slipway.bootp.wire.BootpPacket;
import org.slipway.bootp.wire.DhcpMessageType;
import org.slipway.bootp.wire.VendorOption;
import org.slipway.bootp.wire.VendorTag;

/**
 * A server that answered.
 *
 * @param protocol {@code BOOTP}, {@code DHCP} or {@code PXE}: what it was asked by
 * @param from where the answer came from
 * @param identifier what the server calls itself; null if it does not say
 * @param address offered to us; null for none, as a server for boot files alone answers
 * @param tftp server that has the boot file; null if it is not named
 * @param file null for none
 * @param lease in seconds; null where there is none
 * @param millis until the answer came
 */
@JsonInclude(Include.NON_NULL)
record FoundServer(
    Protocol protocol,
    String from,
    String identifier,
    String address,
    String tftp,
    String name,
    String file,
    Long lease,
    long millis) {

  /** What was asked. */
  enum Protocol {
    BOOTP,
    DHCP,
    PXE
  }

  static FoundServer of(Protocol asked, BootpPacket reply, InetAddress from, long millis) {
    return new FoundServer(
        asked,
        from.getHostAddress(),
        reply
            .vend()
            .option(VendorTag.SERVER_IDENTIFIER)
            .flatMap(option -> option.toAddresses().stream().findFirst())
            .map(InetAddress::getHostAddress)
            .orElse(null),
        unlessUnset(reply.yiaddr()),
        unlessUnset(reply.siaddr()),
        unlessEmpty(reply.sname()),
        unlessEmpty(file(reply)),
        reply.vend().option(VendorTag.LEASE_TIME).map(VendorOption::toNumber).orElse(null),
        millis);
  }

  private static String file(BootpPacket reply) {
    return reply.file().isEmpty()
        ? reply.vend().option(VendorTag.BOOT_FILE_NAME).map(VendorOption::toText).orElse("")
        : reply.file();
  }

  private static String unlessUnset(InetAddress address) {
    return address.isAnyLocalAddress() ? null : address.getHostAddress();
  }

  private static String unlessEmpty(String text) {
    return text.isEmpty() ? null : text;
  }

  /** Whether a reply is one to what was asked. */
  static boolean answers(Protocol asked, BootpPacket reply) {
    boolean dhcp =
        DhcpMessageType.of(reply.vend()).filter(DhcpMessageType.OFFER::equals).isPresent();
    return reply.op() == BootpPacket.Op.BOOTREPLY
        && (asked == Protocol.BOOTP ? !reply.vend().isDhcp() : dhcp);
  }

  /** The same server for the same question, whatever it says. */
  String key() {
    return protocol + " " + from + " " + identifier;
  }
}
