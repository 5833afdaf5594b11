package org.slipway.bootp;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
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
public record ReplyOptions(List<VendorOption> written, List<Integer> leftOut) {
  /** What comes first; tags that are not here come last, by number. */
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

  private static final int[] RANK = ranks();
  private static final int BLOCK = 512;
  private static final int MOST_BLOCKS = 0xFFFF;

  public ReplyOptions {
    written = List.copyOf(written);
    leftOut = List.copyOf(leftOut);
  }

  /**
   * @param room octets of the vendor area, cookie and end tag included
   */
  static ReplyOptions of(Offer offer, int room) {
    List<VendorOption> options = all(offer);
    options.sort(Comparator.comparingInt(o -> RANK[o.tag()]));
    return fitted(options, room - VendorArea.OVERHEAD);
  }

  private static List<VendorOption> all(Offer offer) {
    List<VendorOption> options = facts(offer);
    if (offer.network().isPresent()) {
      addConfigured(offer.network().get().options(), options);
    }
    addConfigured(offer.device().options(), options);
    return options;
  }

  /** What follows from the network, the device and its file, before anybody configures options. */
  public static List<VendorOption> facts(Offer offer) {
    List<VendorOption> options = new ArrayList<>(8);
    if (offer.network().isPresent()) {
      addNetwork(offer.network().get(), options);
    }
    if (HostName.isValid(offer.device().name())) {
      add(VendorOption.text(VendorTag.HOST_NAME, offer.device().name()), options);
    }
    addFileSize(offer, options);
    return options;
  }

  private static void addNetwork(Network network, List<VendorOption> options) {
    addAddresses(VendorTag.SUBNET_MASK, List.of(network.subnet().mask()), options);
    if (network.router().isPresent()) {
      addAddresses(VendorTag.ROUTER, List.of(network.router().get()), options);
    }
    addAddresses(VendorTag.DOMAIN_NAME_SERVER, network.dnsServers(), options);
    addAddresses(VendorTag.NTP_SERVERS, network.ntpServers(), options);
    network
        .domain()
        .filter(d -> !d.isEmpty())
        .ifPresent(d -> add(VendorOption.text(VendorTag.DOMAIN_NAME, d), options));
  }

  private static void addAddresses(
      int tag, List<InetAddress> addresses, List<VendorOption> options) {
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

  /** Files over 32 MB have no number in two octets: nothing is better than a wrong one. */
  private static void addFileSize(Offer offer, List<VendorOption> options) {
    if (offer.fileSize().isPresent() && !offer.file().isEmpty()) {
      long blocks = (offer.fileSize().getAsLong() + BLOCK - 1) / BLOCK;
      if (blocks <= MOST_BLOCKS) {
        add(VendorOption.number16(VendorTag.BOOT_FILE_SIZE, (int) blocks), options);
      }
    }
  }

  private static void addConfigured(Map<String, String> configured, List<VendorOption> options) {
    if (!configured.isEmpty()) {
      configured.forEach(
          (name, value) -> ConfiguredOption.read(name, value).ifPresent(o -> add(o, options)));
    }
  }

  /** A later one with the same tag takes the place of an earlier one. */
  private static void add(VendorOption option, List<VendorOption> options) {
    if (VendorTag.isDhcpOnly(option.tag())) {
      return;
    }
    for (int i = 0; i < options.size(); i++) {
      if (options.get(i).tag() == option.tag()) {
        options.set(i, option);
        return;
      }
    }
    options.add(option);
  }

  private static int[] ranks() {
    int[] ranks = new int[VendorTag.END];
    for (int tag = 0; tag < ranks.length; tag++) {
      ranks[tag] = VendorTag.END + tag;
    }
    for (int i = 0; i < PRIORITY.length; i++) {
      ranks[PRIORITY[i]] = i;
    }
    return ranks;
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
