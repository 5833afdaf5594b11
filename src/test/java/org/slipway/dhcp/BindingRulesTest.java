package org.slipway.dhcp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.slipway.bootp.DhcpMessage;
import org.slipway.bootp.wire.BootpCodec;
import org.slipway.bootp.wire.BootpPacket;
import org.slipway.bootp.wire.MalformedBootpException;
import org.slipway.dhcp.BindingRules.Verdict;
import org.slipway.leases.Standing;
import org.slipway.provisioning.HardwareAddress;

/** The four states of a DHCPREQUEST, and what each is answered (RFC 2131 section 4.3.2). */
class BindingRulesTest {
  private static final String MAC = "52:54:00:00:00:01";

  @ParameterizedTest
  @CsvSource({
    "RESERVED_FOR_IT, grant,  grant",
    "HELD,            grant,  grant",
    "REMEMBERED,      grant,  grant",
    "FREE,            grant,  quiet",
    "TAKEN,           refuse, refuse",
    "QUARANTINED,     refuse, refuse",
    "RETIRED,         refuse, refuse",
    "FOREIGN,         refuse, quiet"
  })
  void theStateAndTheStandingDecide(Standing standing, String selecting, String others) {
    assertThat(word(RequestState.SELECTING, standing)).isEqualTo(selecting);
    assertThat(word(RequestState.INIT_REBOOT, standing)).isEqualTo(others);
    assertThat(word(RequestState.RENEWING, standing)).isEqualTo(others);
    assertThat(word(RequestState.REBINDING, standing)).isEqualTo(others);
  }

  @ParameterizedTest
  @EnumSource(RequestState.class)
  void anAddressOfAnotherNetworkIsAlwaysRefused(RequestState state) {
    assertThat(BindingRules.verdict(state, false, Standing.FOREIGN))
        .isInstanceOf(Verdict.Refuse.class);
    assertThat(BindingRules.verdict(state, false, Standing.HELD))
        .isInstanceOf(Verdict.Refuse.class);
  }

  private static String word(RequestState state, Standing standing) {
    return switch (BindingRules.verdict(state, true, standing)) {
      case Verdict.Grant g -> "grant";
      case Verdict.Refuse r -> "refuse";
      case Verdict.Quiet q -> "quiet";
    };
  }

  @Test
  void theStateFollowsFromTheFields() throws Exception {
    assertThat(state(request().requested("10.5.0.7").server("10.5.0.2")))
        .contains(RequestState.SELECTING);
    assertThat(state(request().requested("10.5.0.7"))).contains(RequestState.INIT_REBOOT);
    assertThat(state(request().ciaddr("10.5.0.7"))).contains(RequestState.RENEWING);
    assertThat(state(request().ciaddr("10.5.0.7").giaddr("10.5.0.1")))
        .contains(RequestState.REBINDING);
    assertThat(state(request().ciaddr("10.5.0.7").server("10.5.0.2")))
        .as("some clients name the server although they renew")
        .contains(RequestState.RENEWING);
    assertThat(state(request())).isEmpty();
    assertThat(state(request().server("10.5.0.2"))).isEmpty();
    assertThat(state(request().option(50, 10, 5))).as("a cut off address").isEmpty();
  }

  private static Messages request() {
    return Messages.of(Messages.REQUEST, MAC, 1);
  }

  private static Optional<RequestState> state(Messages message) throws Exception {
    return RequestState.of(read(message));
  }

  static DhcpRequest read(Messages message) throws IOException, MalformedBootpException {
    BootpPacket packet = BootpCodec.decode(ByteBuffer.wrap(message.built().octets()));
    return DhcpRequest.of(
            new DhcpMessage(
                packet,
                HardwareAddress.of(packet.hardware().octets()),
                new InetSocketAddress("127.0.0.1", 68),
                0))
        .orElseThrow();
  }
}
