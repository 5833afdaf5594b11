package org.slipway.leases;

import java.math.BigInteger;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slipway.settings.CidrBlock;

/**
 * A subnet and what its devices are told.
 *
 * @param serverAddress our own address as its devices reach it
 * @param pools kept for dynamic addresses
 * @param relays addresses of relay agents that speak for it (giaddr)
 * @param options further options by name or number
 * @param variables for rendered files, beside those of the device
 * @param tftp what its devices may do by TFTP, where they themselves do not say
 */
public record Network(
    String name,
    CidrBlock subnet,
    Optional<InetAddress> serverAddress,
    Optional<InetAddress> router,
    List<InetAddress> dnsServers,
    List<InetAddress> ntpServers,
    Optional<String> domain,
    List<Pool> pools,
    List<InetAddress> relays,
    UnknownDevices unknownDevices,
    Map<String, String> options,
    Map<String, String> variables,
    TftpRules tftp,
    long revision) {

  /** Whether an address is in one of its pools, and one that devices may have. */
  boolean gives(InetAddress address) {
    return pools.stream().anyMatch(p -> p.contains(address)) && !isOfItsOwn(address);
  }

  /**
   * Whether an address is one that no device may have: those of the subnet itself (RFC 919, but for
   * the two of a /31 and the one of a /32), of the router, and our own.
   */
  boolean isOfItsOwn(InetAddress address) {
    if (router.filter(address::equals).isPresent()
        || serverAddress.filter(address::equals).isPresent()) {
      return true;
    }
    if (!(address instanceof Inet4Address) || subnet.prefix() >= 31) {
      return false;
    }
    int hostBits = address.hashCode() & ~subnet.mask().hashCode();
    return hostBits == 0 || hostBits == ~subnet.mask().hashCode();
  }

  /** The file for devices that nobody has entered, whatever kind they are; an option. */
  public Optional<String> bootFile() {
    return Optional.ofNullable(options.get("boot-file"))
        .map(String::strip)
        .filter(f -> !f.isEmpty());
  }

  /** Addresses from {@code first} to {@code last}, both included. */
  public record Pool(InetAddress first, InetAddress last) {

    private static final BigInteger MOST = BigInteger.valueOf(1 << 20);

    boolean isOrdered() {
      return Arrays.compareUnsigned(first.getAddress(), last.getAddress()) <= 0;
    }

    boolean isTooLarge() {
      BigInteger from = new BigInteger(1, first.getAddress());
      return new BigInteger(1, last.getAddress()).subtract(from).compareTo(MOST) >= 0;
    }

    /** Both ends belong to it; an address of the other family never does. */
    boolean contains(InetAddress address) {
      byte[] octets = address.getAddress();
      return octets.length == first.getAddress().length
          && Arrays.compareUnsigned(first.getAddress(), octets) <= 0
          && Arrays.compareUnsigned(octets, last.getAddress()) <= 0;
    }
  }

  /** What a device gets that nobody has entered. */
  public enum UnknownDevices {
    IGNORE,
    POOL
  }
}
