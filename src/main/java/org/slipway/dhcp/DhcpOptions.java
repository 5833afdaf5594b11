package org.slipway.dhcp;

import java.net.Inet4Address;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slipway.bootp.ConfiguredOption;
import org.slipway.bootp.ReplyOptions;
import org.slipway.bootp.wire.BootpCodec;
import org.slipway.bootp.wire.VendorArea;
import org.slipway.bootp.wire.VendorOption;
import org.slipway.bootp.wire.VendorTag;

/**
 * The options of an offer or an acknowledgement: what the protocol needs first, then what the
 * client asks for in its order (option 55), then the rest; the relay's last of all (RFC 3046
 * section 2.1). Never in the fields of file and sname: boot ROMs read those as names.
 *
 * @param written in the order of the packet
 * @param leftOut tags that had no room
 */
record DhcpOptions(List<VendorOption> written, List<Integer> leftOut) {
  /** The protocol's own: nobody configures these. */
  private static final Set<Integer> OWN = Set.of(50, 51, 52, 53, 54, 55, 56, 57, 58, 59, 61, 82);

  /** IP and UDP headers, which option 57 counts too. */
  private static final int HEADERS = 28;

  /** An Ethernet frame: longer ones would be cut into fragments, which ROMs cannot put together. */
  private static final int MOST_SIZE = 1500;

  /** End of discovery: use the file of the message (PXE 2.1, table 2-1, tag 6, bit 3). */
  private static final byte[] BYPASS = {6, 1, 8, (byte) 0xFF};

  DhcpOptions {
    written = List.copyOf(written);
    leftOut = List.copyOf(leftOut);
  }

  /**
   * @param file as the client is told it
   */
  static DhcpOptions of(DhcpRequest request, ReplyContent content, String file) {
    Map<Integer, byte[]> all = new LinkedHashMap<>();
    Set<Integer> needed = new LinkedHashSet<>();
    protocol(request, content)
        .forEach(o -> {
          all.put(o.tag(), o.data());
          needed.add(o.tag());
        });
    boot(request, content, file)
        .forEach((tag, data) -> {
          all.put(tag, data);
          needed.add(tag);
        });
    if (!content.proxy()) {
      ReplyOptions.facts(content.offer()).forEach(o -> all.putIfAbsent(o.tag(), o.data()));
    }
    configured(content, all, needed);
    request
        .identifier()
        .ifPresent(d -> {
          all.put(VendorTag.CLIENT_IDENTIFIER, d);
          needed.add(VendorTag.CLIENT_IDENTIFIER);
        });
    return fitted(ordered(request, all, needed), request);
  }

  private static List<VendorOption> protocol(DhcpRequest request, ReplyContent content) {
    List<VendorOption> options = new ArrayList<>();
    options.add(content.type().option());
    options.add(VendorOption.address(VendorTag.SERVER_IDENTIFIER, content.server()));
    content
        .lease()
        .map(Duration::toSeconds)
        .ifPresent(seconds -> {
          options.add(VendorOption.number32(VendorTag.LEASE_TIME, seconds));
          options.add(VendorOption.number32(VendorTag.RENEWAL_TIME, seconds / 2));
          options.add(VendorOption.number32(VendorTag.REBINDING_TIME, seconds * 7 / 8));
        });
    if (!content.proxy() && content.offer().network().isPresent()) {
      options.add(
          VendorOption.address(
              VendorTag.SUBNET_MASK,
              (Inet4Address) content.offer().network().get().subnet().mask()));
    }
    return options;
  }

  /** What boot ROMs look at, beside the fields siaddr, sname and file. */
  private static Map<Integer, byte[]> boot(DhcpRequest request, ReplyContent content, String file) {
    Map<Integer, byte[]> options = new LinkedHashMap<>();
    PxeRules rules = content.rules();
    if (rules.isHttp()) {
      options.put(VendorTag.CLASS_IDENTIFIER, ascii(PxeClient.HTTP));
    } else if (content.proxy()) {
      options.put(VendorTag.CLASS_IDENTIFIER, ascii(PxeClient.PXE));
      if (rules.isBios() && rules.isOn(PxeRule.DISCOVERY_BYPASS)) {
        options.put(VendorTag.VENDOR_SPECIFIC, BYPASS);
      }
    }
    if (rules.isOn(PxeRule.MACHINE_IDENTIFIER)) {
      request.pxe().machine().ifPresent(d -> options.put(VendorTag.MACHINE_IDENTIFIER, d));
    }
    if (!file.isEmpty()) {
      bootFile(request, content, file, options);
    }
    return options;
  }

  private static void bootFile(
      DhcpRequest request, ReplyContent content, String file, Map<Integer, byte[]> options) {
    PxeRules rules = content.rules();
    boolean rom = request.pxe().isBootRom();
    if ((rom || request.wants(VendorTag.TFTP_SERVER_NAME))
        && rules.isOn(PxeRule.TFTP_SERVER_OPTION)
        && !rules.isHttp()) {
      options.put(
          VendorTag.TFTP_SERVER_NAME,
          ascii(rules.serverName(content.serverName(), content.server())));
    }
    boolean onlyThere = file.getBytes(StandardCharsets.UTF_8).length > BootpCodec.FILE_ROOM;
    if (onlyThere
        || rules.isHttp()
        || (rom || request.wants(VendorTag.BOOT_FILE_NAME))
            && rules.isOn(PxeRule.BOOT_FILE_OPTION)) {
      byte[] name = file.getBytes(StandardCharsets.UTF_8);
      boolean nul = rules.isOn(PxeRule.NUL_AFTER_BOOT_FILE) && !rules.isHttp();
      options.put(VendorTag.BOOT_FILE_NAME, nul ? Arrays.copyOf(name, name.length + 1) : name);
    }
    if ((rom || request.wants(VendorTag.TFTP_SERVER_ADDRESS))
        && rules.isOn(PxeRule.TFTP_LIST_OPTION)
        && !rules.isHttp()) {
      options.put(VendorTag.TFTP_SERVER_ADDRESS, content.server().getAddress());
    }
  }

  /** Configured options go before what follows from elsewhere, and are sent unasked. */
  private static void configured(
      ReplyContent content, Map<Integer, byte[]> all, Set<Integer> needed) {
    Map<String, String> texts = new LinkedHashMap<>(content.rules().network());
    texts.putAll(content.rules().device());
    texts.forEach((name, text) ->
        ConfiguredOption.value(name, text)
            .filter(v -> !OWN.contains(v.tag()))
            .ifPresent(v -> {
              all.put(v.tag(), v.data());
              needed.add(v.tag());
            }));
  }

  private static Map<Integer, byte[]> ordered(
      DhcpRequest request, Map<Integer, byte[]> all, Set<Integer> needed) {
    List<Integer> order = new ArrayList<>();
    order.add(VendorTag.DHCP_MESSAGE_TYPE);
    order.add(VendorTag.SERVER_IDENTIFIER);
    order.add(VendorTag.LEASE_TIME);
    // RFC 2132 section 3.3: the mask before the router, whatever the client's order.
    order.add(VendorTag.SUBNET_MASK);
    order.addAll(request.parameters());
    order.addAll(needed);
    if (request.parameters().isEmpty()) {
      order.addAll(all.keySet());
    }
    Map<Integer, byte[]> ordered = new LinkedHashMap<>();
    order.stream().filter(all::containsKey).forEach(tag -> ordered.putIfAbsent(tag, all.get(tag)));
    return ordered;
  }

  private static DhcpOptions fitted(Map<Integer, byte[]> wanted, DhcpRequest request) {
    List<VendorOption> relay =
        request
            .relayAgent()
            .map(d -> VendorOption.split(VendorTag.RELAY_AGENT, d))
            .orElse(List.of());
    int free = room(request) - length(relay);
    List<VendorOption> written = new ArrayList<>();
    List<Integer> leftOut = new ArrayList<>();
    for (Map.Entry<Integer, byte[]> option : wanted.entrySet()) {
      List<VendorOption> parts = VendorOption.split(option.getKey(), option.getValue());
      if (length(parts) <= free) {
        written.addAll(parts);
        free -= length(parts);
      } else {
        leftOut.add(option.getKey());
      }
    }
    written.addAll(relay);
    return new DhcpOptions(written, leftOut);
  }

  private static int room(DhcpRequest request) {
    return Math.min(request.maxSize(), MOST_SIZE)
        - HEADERS
        - BootpCodec.FIXED_LENGTH
        - VendorArea.OVERHEAD;
  }

  private static int length(List<VendorOption> options) {
    return options.stream().mapToInt(VendorOption::encodedLength).sum();
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
