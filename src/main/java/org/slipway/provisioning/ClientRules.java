package org.slipway.provisioning;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.net.InetAddress;
import java.util.Optional;
import org.slipway.leases.Network;
import org.slipway.leases.Networks;
import org.slipway.leases.TftpRules;

/**
 * What a client may do by TFTP, which knows it by its address only: as its device says, where that
 * is silent as the network with the longest prefix says.
 */
@Singleton
public final class ClientRules {
  private final Devices devices;
  private final Networks networks;

  @Inject
  public ClientRules(Devices devices, Networks networks) {
    this.devices = devices;
    this.networks = networks;
  }

  /** What is said for a client; what nobody says is left to the settings. */
  public TftpRules of(InetAddress client) {
    TftpRules network = networks.of(client).map(Network::tftp).orElse(TftpRules.NONE);
    return devices.find(client).map(Device::tftp).orElse(TftpRules.NONE).over(network);
  }

  /** Whether the client is a device that is to get nothing. */
  public boolean isDisabled(InetAddress client) {
    Optional<Device> device = devices.find(client);
    return device.isPresent() && !device.get().enabled();
  }
}
