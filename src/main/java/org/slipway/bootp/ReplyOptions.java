package org.slipway.bootp;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.slipway.bootp.wire.VendorArea;
import org.slipway.bootp.wire.VendorOption;
import org.slipway.bootp.wire.VendorTag;
import org.slipway.leases.Network;
import org.slipway.provisioning.BootDecision.Offer;

/**
 * What the vendor area of a reply says (RFC 1497, RFC 2132), the most important first. The area of
 * RFC 951 has room for 59 octets of options: what does not fit is left out, whole, and named.
 *
 * @param written in the order of the packet
 * @param leftOut tags that had no room
 */
record ReplyOptions(List<VendorOption> written, List<Integer> leftOut) {
  private static final int[] PRIORITY = {
    VendorTag.SUBNET_MASK,
    VendorTag.ROUTER,
    VendorTag.DOMAIN_NAME_SERVER,
    VendorTag.HOST_NAME,
    VendorTag.DOMAIN_NAME,
    VendorTag.ROOT_PATH,
    VendorTag.BOOT_FILE_SIZE,
    VendorTag.BROADCAST_ADDRESS,
    VendorTag.NTP_SERVERS,
    VendorTag.EXTENSIONS_PATH
  };
  private static final int BLOCK = 512;
  private static final int MOST_BLOCKS = 0xFFFF;

  /** RFC 952 and RFC 1123 section 2.1: anything else a device would choke on. */
  private static final Pattern HOST_NAME =
      Pattern.compile("[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?(\\.[A-Za-z0-9-]{1,63})*");

  ReplyOptions {
    written = List.copyOf(written);
    leftOut = List.copyOf(leftOut);
  }

  /**
   * @param room octets of the vendor area, cookie and end tag included
   */
  static ReplyOptions of(Offer offer, int room) {
    return fitted(inOrder(all(offer)), room - VendorArea.OVERHEAD);
  }

  private static Map<Integer, VendorOption> all(Offer offer) {
    Map<Integer, VendorOption> options = new TreeMap<>();
    offer.network().ifPresent(network -> addNetwork(network, options));
    addHostName(offer.device().name(), options);
    addFileSize(offer, options);
    addConfigured(offer.network().map(Network::options).orElse(Map.of()), options);
    addConfigured(offer.device().options(), options);
    return options;
  }

  private static void addNetwork(Network network, Map<Integer, VendorOption> options) {
    addAddresses(VendorTag.SUBNET_MASK, List.of(network.subnet().mask()), options);
    addAddresses(VendorTag.ROUTER, network.router().map(List::of).orElse(List.of()), options);
    addAddresses(VendorTag.DOMAIN_NAME_SERVER, network.dnsServers(), options);
    addAddresses(VendorTag.NTP_SERVERS, network.ntpServers(), options);
    network
        .domain()
        .filter(d -> !d.isEmpty())
        .ifPresent(d -> add(VendorOption.text(VendorTag.DOMAIN_NAME, d), options));
  }

  private static void addAddresses(
      int tag, List<InetAddress> addresses, Map<Integer, VendorOption> options) {
    List<Inet4Address> v4 = new ArrayList<>(addresses.size());
    for (InetAddress address : addresses) {
      if (address instanceof Inet4Address a) {
        v4.add(a);
      }
    }
    if (!v4.isEmpty()) {
      add(VendorOption.addresses(tag, v4), options);
    }
  }

  private static void addHostName(String name, Map<Integer, VendorOption> options) {
    if (HOST_NAME.matcher(name).matches()) {
      add(VendorOption.text(VendorTag.HOST_NAME, name), options);
    }
  }

  /** Files over 32 MB have no number in two octets: nothing is better than a wrong one. */
  private static void addFileSize(Offer offer, Map<Integer, VendorOption> options) {
    if (offer.fileSize().isPresent() && !offer.file().isEmpty()) {
      long blocks = (offer.fileSize().getAsLong() + BLOCK - 1) / BLOCK;
      if (blocks <= MOST_BLOCKS) {
        add(VendorOption.number16(VendorTag.BOOT_FILE_SIZE, (int) blocks), options);
      }
    }
  }

  private static void addConfigured(
      Map<String, String> configured, Map<Integer, VendorOption> options) {
    if (!configured.isEmpty()) {
      configured.forEach(
          (name, value) -> ConfiguredOption.read(name, value).ifPresent(o -> add(o, options)));
    }
  }

  private static void add(VendorOption option, Map<Integer, VendorOption> options) {
    if (!VendorTag.isDhcpOnly(option.tag())) {
      options.put(option.tag(), option);
    }
  }

  private static List<VendorOption> inOrder(Map<Integer, VendorOption> options) {
    List<VendorOption> ordered = new ArrayList<>(options.size());
    for (int tag : PRIORITY) {
      Optional.ofNullable(options.remove(tag)).ifPresent(ordered::add);
    }
    ordered.addAll(options.values());
    return ordered;
  }

  private static ReplyOptions fitted(List<VendorOption> wanted, int room) {
    List<VendorOption> written = new ArrayList<>(wanted.size());
    List<Integer> leftOut = Collections.emptyList();
    int free = room;
    for (VendorOption option : wanted) {
      if (option.encodedLength() <= free) {
        written.add(option);
        free -= option.encodedLength();
      } else {
        leftOut = leftOut.isEmpty() ? new ArrayList<>() : leftOut;
        leftOut.add(option.tag());
      }
    }
    return new ReplyOptions(written, leftOut);
  }
}
