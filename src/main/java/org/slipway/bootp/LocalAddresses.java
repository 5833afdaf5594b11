package org.slipway.bootp;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InterfaceAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.slipway.settings.CidrBlock;

/** The IPv4 addresses of this machine's interfaces that are up, at one moment. */
record LocalAddresses(List<LocalAddress> addresses) {

  /**
   * An address with the prefix length of its interface.
   *
   * @param interfaceIndex as {@link NetworkInterface#getIndex}
   */
  record LocalAddress(Inet4Address address, int prefix, int interfaceIndex) {

    boolean reaches(Inet4Address other) {
      int mask = prefix == 0 ? 0 : -1 << (32 - prefix);
      return ((address.hashCode() ^ other.hashCode()) & mask) == 0;
    }
  }

  LocalAddresses {
    addresses = List.copyOf(addresses);
  }

  static LocalAddresses current() {
    List<LocalAddress> found = new ArrayList<>();
    try {
      NetworkInterface.networkInterfaces()
          .sorted(Comparator.comparingInt(NetworkInterface::getIndex))
          .filter(LocalAddresses::isUp)
          .forEach(n -> n.getInterfaceAddresses().forEach(a -> add(n, a, found)));
    } catch (SocketException e) {
      return new LocalAddresses(List.of());
    }
    return new LocalAddresses(found);
  }

  /** The one in a subnet. */
  Optional<Inet4Address> in(CidrBlock subnet) {
    return first(a -> subnet.contains(a.address()));
  }

  /** Whether an interface has one in a subnet. */
  boolean in(CidrBlock subnet, int interfaceIndex) {
    return first(a -> a.interfaceIndex() == interfaceIndex && subnet.contains(a.address()))
        .isPresent();
  }

  /** The one whose interface reaches an address without a router. */
  Optional<Inet4Address> beside(Inet4Address other) {
    return first(a -> a.reaches(other));
  }

  /** The first of an interface. */
  Optional<Inet4Address> of(int interfaceIndex) {
    return first(a -> a.interfaceIndex() == interfaceIndex);
  }

  Optional<Inet4Address> firstNotLoopback() {
    return first(a -> !a.address().isLoopbackAddress());
  }

  boolean contains(InetAddress address) {
    return first(a -> a.address().equals(address)).isPresent();
  }

  private Optional<Inet4Address> first(java.util.function.Predicate<LocalAddress> wanted) {
    return addresses.stream().filter(wanted).findFirst().map(LocalAddress::address);
  }

  private static void add(NetworkInterface n, InterfaceAddress a, List<LocalAddress> into) {
    if (a.getAddress() instanceof Inet4Address address) {
      into.add(new LocalAddress(address, a.getNetworkPrefixLength(), n.getIndex()));
    }
  }

  private static boolean isUp(NetworkInterface n) {
    try {
      return n.isUp();
    } catch (SocketException e) {
      return false;
    }
  }
}
