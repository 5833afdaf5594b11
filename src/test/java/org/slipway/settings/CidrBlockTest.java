package org.slipway.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CidrBlockTest {

  @ParameterizedTest
  @CsvSource({
    "10.1.2.3/24, 10.1.2.0/24, 255.255.255.0",
    "10.1.2.3, 10.1.2.3/32, 255.255.255.255",
    "10.1.2.200/25, 10.1.2.128/25, 255.255.255.128",
    "10.1.255.255/20, 10.1.240.0/20, 255.255.240.0",
    "1.2.3.4/0, 0.0.0.0/0, 0.0.0.0",
    "2001:db8::ff/121, 2001:db8:0:0:0:0:0:80/121, ffff:ffff:ffff:ffff:ffff:ffff:ffff:ff80"
  })
  void hostBitsAreCleared(String text, String block, String mask) {
    CidrBlock parsed = CidrBlock.parse(text);

    assertThat(parsed).hasToString(block);
    assertThat(parsed.mask()).isEqualTo(InetAddress.ofLiteral(mask));
  }

  @ParameterizedTest
  @CsvSource({
    "10.1.2.128/25, 10.1.2.128, true",
    "10.1.2.128/25, 10.1.2.255, true",
    "10.1.2.128/25, 10.1.2.127, false",
    "10.1.2.128/25, 10.1.3.128, false",
    "0.0.0.0/0, 255.255.255.255, true",
    "0.0.0.0/0, ::1, false",
    "2001:db8::/32, 2001:db8:ffff::1, true",
    "2001:db8::/32, 2001:db9::1, false"
  })
  void containsItsAddressesAndNoOthers(String block, String address, boolean inside) {
    assertThat(CidrBlock.parse(block).contains(InetAddress.ofLiteral(address))).isEqualTo(inside);
  }

  @Test
  void blocksAreEqualByWhatTheyHold() {
    assertThat(CidrBlock.parse("10.0.0.9/8")).isEqualTo(CidrBlock.parse("10.0.0.0/8"));
  }
}
