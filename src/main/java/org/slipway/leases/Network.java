package org.slipway.leases;

import java.net.InetAddress;
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

  /** Addresses from {@code first} to {@code last}, both included. */
  public record Pool(InetAddress first, InetAddress last) {}

  /** What a device gets that nobody has entered. */
  public enum UnknownDevices {
    IGNORE,
    POOL
  }
}
