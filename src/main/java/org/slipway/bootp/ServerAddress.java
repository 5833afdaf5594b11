package org.slipway.bootp;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.slipway.leases.Network;
import org.slipway.settings.PortalSettings;
import org.slipway.settings.Settings;

/**
 * Which of our addresses a device is told: siaddr, and the sender of broadcast replies. Many
 * clients read nothing but siaddr to find the TFTP server, so a reply without one is never sent.
 */
@Singleton
public final class ServerAddress {
  private static final long REFRESH_NANOS = TimeUnit.SECONDS.toNanos(5);
  private static final Inet4Address LOOPBACK = loopback();

  private final Settings settings;
  private final Supplier<LocalAddresses> interfaces;
  private final LongSupplier nanoTime;
  private volatile Seen seen;

  private record Seen(LocalAddresses local, long at) {}

  @Inject
  public ServerAddress(Settings settings) {
    this(settings, LocalAddresses::current, System::nanoTime);
  }

  ServerAddress(Settings settings, Supplier<LocalAddresses> interfaces, LongSupplier nanoTime) {
    this.settings = settings;
    this.interfaces = interfaces;
    this.nanoTime = nanoTime;
  }

  /**
   * The setting {@code slipway.bootp.server-address}; else the network's server address; else the
   * local address in the device's subnet; else one of the interface that it asked on; else the
   * first that is no loopback address. A portal that is bound to one address has no other.
   */
  public Optional<Inet4Address> forDevice(Optional<Network> network, Optional<InetAddress> device) {
    return forDevice(network, device, 0);
  }

  /**
   * @param interfaceIndex where the device asked; 0 if that is not known
   */
  public Optional<Inet4Address> forDevice(
      Optional<Network> network, Optional<InetAddress> device, int interfaceIndex) {
    Optional<Inet4Address> told =
        v4(settings.get(PortalSettings.BOOTP_SERVER_ADDRESS))
            .or(() -> v4(network.flatMap(Network::serverAddress)))
            .or(this::boundAddress);
    return told.isPresent() ? told : fromInterfaces(network, v4(device), interfaceIndex);
  }

  /** Whether an address is one of this machine's. */
  boolean isLocal(InetAddress address) {
    return local().contains(address);
  }

  /** Whether one of this machine's addresses is in a network. */
  boolean isIn(Network network) {
    LocalAddresses local = local();
    return local.in(network.subnet()).isPresent()
        || network.serverAddress().filter(local::contains).isPresent();
  }

  /** Whether one of an interface's addresses is in a network. */
  boolean isIn(Network network, int interfaceIndex) {
    return local().in(network.subnet(), interfaceIndex);
  }

  private Optional<Inet4Address> fromInterfaces(
      Optional<Network> network, Optional<Inet4Address> device, int interfaceIndex) {
    if (device.isPresent() && device.get().isLoopbackAddress()) {
      return Optional.of(LOOPBACK);
    }
    LocalAddresses local = local();
    return network
        .flatMap(n -> local.in(n.subnet()))
        .or(() -> device.flatMap(local::beside))
        .or(() -> local.of(interfaceIndex))
        .or(local::firstNotLoopback);
  }

  private Optional<Inet4Address> boundAddress() {
    return v4(settings.get(PortalSettings.BIND_ADDRESS)).filter(a -> !a.isAnyLocalAddress());
  }

  /** Interfaces come and go; asking the system for each packet would cost more than the packet. */
  private LocalAddresses local() {
    Seen now = seen;
    long time = nanoTime.getAsLong();
    if (now == null || time - now.at() > REFRESH_NANOS) {
      now = new Seen(interfaces.get(), time);
      seen = now;
    }
    return now.local();
  }

  private static Optional<Inet4Address> v4(Optional<InetAddress> address) {
    return address.filter(Inet4Address.class::isInstance).map(Inet4Address.class::cast);
  }

  private static Inet4Address loopback() {
    try {
      return (Inet4Address) InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
    } catch (java.net.UnknownHostException e) {
      throw new AssertionError("four octets are an address", e);
    }
  }
}
