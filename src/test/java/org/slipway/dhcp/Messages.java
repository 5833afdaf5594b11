package org.slipway.dhcp;

import java.io.ByteArrayOutputStream;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.slipway.bootp.RfcRequest;

/** Messages of a DHCP client, from RFC 2131 table 5 and RFC 2132 alone. */
final class Messages {
  static final int DISCOVER = 1;
  static final int REQUEST = 3;
  static final int DECLINE = 4;
  static final int RELEASE = 7;
  static final int INFORM = 8;

  static final String OFFER_HEX = "02";
  static final String ACK_HEX = "05";
  static final String NAK_HEX = "06";

  private final RfcRequest request;
  private final ByteArrayOutputStream options = new ByteArrayOutputStream();

  private Messages(RfcRequest request, int type) {
    this.request = request;
    option(53, type);
  }

  static Messages of(int type, String mac, int xid) {
    return new Messages(RfcRequest.of(mac, xid), type);
  }

  Messages option(int tag, int... octets) {
    options.write(tag);
    options.write(octets.length);
    for (int octet : octets) {
      options.write(octet);
    }
    return this;
  }

  Messages text(int tag, String text) {
    byte[] octets = text.getBytes(StandardCharsets.ISO_8859_1);
    options.write(tag);
    options.write(octets.length);
    options.writeBytes(octets);
    return this;
  }

  Messages hex(int tag, String hex) {
    byte[] octets = HexFormat.of().parseHex(hex);
    options.write(tag);
    options.write(octets.length);
    options.writeBytes(octets);
    return this;
  }

  Messages address(int tag, String address) {
    return hex(tag, hex(address));
  }

  Messages requested(String address) {
    return address(50, address);
  }

  Messages server(String address) {
    return address(54, address);
  }

  Messages ciaddr(String address) {
    request.ciaddr(address);
    return this;
  }

  Messages giaddr(String address) {
    request.giaddr(address);
    return this;
  }

  Messages flags(int flags) {
    request.flags(flags);
    return this;
  }

  RfcRequest built() {
    request.cookie();
    for (byte octet : options.toByteArray()) {
      request.vendor(octet & 0xFF);
    }
    return request.end().length(Math.max(300, 241 + options.size()));
  }

  static String hex(String address) {
    return HexFormat.of().formatHex(InetAddress.ofLiteral(address).getAddress());
  }

  /** A text as the data of an option. */
  static String textHex(String text) {
    return HexFormat.of().formatHex(text.getBytes(StandardCharsets.ISO_8859_1));
  }
}
