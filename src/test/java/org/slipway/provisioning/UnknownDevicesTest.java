package org.slipway.provisioning;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slipway.portal.PortalParts;

/** Devices that nobody entered, and a flood of them. */
class UnknownDevicesTest {
  @TempDir Path folder;

  @Test
  void aFloodKeepsOnlyTheNewest() {
    try (PortalParts portal = PortalParts.open(folder)) {
      for (int i = 0; i < 100_000; i++) {
        portal.unknown.record(address(i), "10.0.0.1");
      }
      assertThat(portal.unknown.newestFirst()).hasSize(UnknownDevices.MOST);
      assertThat(portal.unknown.newestFirst())
          .extracting(UnknownDevices.Seen::hardwareAddress)
          .contains(address(99_999))
          .doesNotContain(address(1));
      portal.unknown.flush();
      portal.settle();
    }
    try (PortalParts again = PortalParts.open(folder)) {
      assertThat(again.unknown.newestFirst()).hasSize(UnknownDevices.MOST);
    }
  }

  private static HardwareAddress address(int i) {
    return HardwareAddress.of(
        new byte[] {2, 0, (byte) (i >> 24), (byte) (i >> 16), (byte) (i >> 8), (byte) i});
  }
}
