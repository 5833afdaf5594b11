package org.slipway.ftp.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import org.junit.jupiter.api.Test;

/** RFC 959 section 5.3.2, RFC 2428. */
class HostPortTest {

  @Test
  void writesPassiveReplies() throws Exception {
    Inet4Address address = (Inet4Address) InetAddress.getByName("10.1.2.255");
    assertThat(HostPort.port(address, 50_001)).isEqualTo("10,1,2,255,195,81");
    assertThat(HostPort.extendedPassive(6446)).isEqualTo("|||6446|");
  }

  @Test
  void readsPort() {
    assertThat(HostPort.parsePort("127,0,0,1,195,80"))
        .contains(new InetSocketAddress("127.0.0.1", 50_000));
    for (String bad :
        List.of("127,0,0,1,195", "256,0,0,1,1,1", "1,1,1,1,0,0", "1,1,1,1,1,1,1", "a,0,0,1,1,1")) {
      assertThat(HostPort.parsePort(bad)).as(bad).isEmpty();
    }
  }

  @Test
  void readsExtendedPortOfBothFamilies() {
    assertThat(HostPort.parseExtendedPort("|1|132.235.1.2|6275|"))
        .contains(new InetSocketAddress("132.235.1.2", 6275));
    assertThat(HostPort.parseExtendedPort("!2!1080::8:800:200C:417A!5282!"))
        .contains(new InetSocketAddress("1080::8:800:200C:417A", 5282));
  }

  @Test
  void namesTheProtocolOfAnExtendedPort() {
    assertThat(HostPort.extendedProtocol("|1|132.235.1.2|6275|")).contains("1");
    assertThat(HostPort.extendedProtocol("!3!whatever!5282!")).contains("3");
    assertThat(HostPort.extendedProtocol("|x|132.235.1.2|6275|")).isEmpty();
    assertThat(HostPort.extendedProtocol("132.235.1.2")).isEmpty();
  }

  @Test
  void neverLooksUpANameAndRefusesTheWrongFamily() {
    for (String bad :
        List.of(
            "",
            "|",
            "|||||",
            "|1|localhost|21|",
            "|2|localhost|21|",
            "|1|::1|21|",
            "|2|127.0.0.1|21|",
            "|3|127.0.0.1|21|",
            "|1|127.0.0.1|0|",
            "|1|127.0.0.1|65536|",
            "|1|127.0.0.1|21",
            "|2|:::::|21|",
            "|1|999.0.0.1|21|")) {
      assertThat(HostPort.parseExtendedPort(bad)).as(bad).isEmpty();
    }
  }
}
