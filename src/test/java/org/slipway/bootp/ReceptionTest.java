package org.slipway.bootp;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.slipway.provisioning.HardwareAddress;
import org.slipway.provisioning.SilenceReason;

/** What a socket of a test cannot send. */
class ReceptionTest {
  private static final String MAC = "52:54:00:00:00:01";
  private static final InetSocketAddress OWN = new InetSocketAddress("10.0.0.1", 67);
  private static final Reception.Rules RULES =
      new Reception.Rules(false, ServerName.of(Optional.empty(), "us"), OWN::equals);

  @Test
  void aSourceWithoutAPortIsDropped() {
    assertThat(from(new InetSocketAddress("10.0.0.7", 0)))
        .isEqualTo(
            new Reception.Ignored(Optional.of(new HardwareAddress(MAC)), SilenceReason.MALFORMED));
  }

  @Test
  void ourOwnPacketsAreDropped() {
    assertThat(from(OWN)).isEqualTo(new Reception.Ignored(Optional.empty(), SilenceReason.LOOP));
  }

  @Test
  void anyOtherSourceIsHeard() {
    assertThat(from(new InetSocketAddress("0.0.0.0", 68)))
        .isInstanceOfSatisfying(
            Reception.Request.class,
            r -> assertThat(r.hardwareAddress()).isEqualTo(new HardwareAddress(MAC)));
    assertThat(from(new InetSocketAddress("10.0.0.2", 67))).isInstanceOf(Reception.Request.class);
    assertThat(from(new InetSocketAddress("10.0.0.1", 12345)))
        .isInstanceOf(Reception.Request.class);
  }

  private static Reception from(InetSocketAddress source) {
    return Reception.of(
        ByteBuffer.wrap(RfcRequest.of(MAC, 1).octets()), new BootpSocket.Arrival(source, 0), RULES);
  }
}
