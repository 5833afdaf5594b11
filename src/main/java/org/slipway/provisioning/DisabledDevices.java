package org.slipway.provisioning;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.net.InetAddress;
import java.util.Optional;
import org.slipway.accounts.Authorization;
import org.slipway.accounts.Refusal;

/**
 * What is disabled gets nothing, by FTP neither: no login from the address of a disabled device,
 * and a session that is open ends.
 */
@Singleton
public final class DisabledDevices {
  private final Devices devices;

  @Inject
  public DisabledDevices(Devices devices, Authorization authorization) {
    this.devices = devices;
    authorization.alsoForFtp(this::refusal);
  }

  private Optional<Refusal> refusal(InetAddress address) {
    return devices
        .find(address)
        .filter(device -> !device.enabled())
        .map(device ->
            Refusal.of(Refusal.Kind.DEVICE_DISABLED, "The device at this address is disabled"));
  }
}
