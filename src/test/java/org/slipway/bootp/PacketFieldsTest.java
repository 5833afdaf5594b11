package org.slipway.bootp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.slipway.bootp.PacketFields.Field;

class PacketFieldsTest {

  @Test
  void aPlainRequestIsReadFieldByField() {
    byte[] packet = RfcRequest.of("52:54:00:00:00:0a", 0x12345678).octets();
    assertThat(value(packet, "op")).isEqualTo("1 BOOTREQUEST");
    assertThat(value(packet, "htype")).isEqualTo("1 Ethernet");
    assertThat(value(packet, "xid")).isEqualTo("0x12345678");
    assertThat(value(packet, "ciaddr")).isEqualTo("0.0.0.0");
    assertThat(value(packet, "chaddr")).isEqualTo("52:54:00:00:00:0a");
  }

  @Test
  void optionsHaveTheirNamesAndForms() {
    byte[] packet =
        dhcp(
            53, 1, 1, //
            55, 3, 1, 3, 67, //
            50, 4, 10, 0, 0, 9, //
            60, 4, 'P', 'X', 'E', 7, //
            93, 2, 0, 9, //
            200, 2, 0xAB, 0xCD, //
            255);
    assertThat(value(packet, "53 message type")).isEqualTo("1 DISCOVER");
    assertThat(value(packet, "55 parameter request list")).isEqualTo("1 3 67");
    assertThat(value(packet, "50 requested address")).isEqualTo("10.0.0.9");
    assertThat(value(packet, "60 vendor class")).isEqualTo("PXE\\x07");
    assertThat(value(packet, "93 client architecture")).isEqualTo("9");
    assertThat(value(packet, "200")).isEqualTo("ab cd");
    assertThat(PacketFields.of(packet).getLast().name()).isEqualTo("255 end");
  }

  @Test
  void optionsInFileAndSnameAreReadWhereOverloadSaysSo() {
    byte[] packet = dhcp(52, 1, 3, 255);
    put(packet, 108, 12, 2, 'a', 'b', 255);
    put(packet, 44, 15, 1, 'c', 255);
    assertThat(value(packet, "12 host name (in file)")).isEqualTo("ab");
    assertThat(value(packet, "15 domain name (in sname)")).isEqualTo("c");
  }

  @Test
  void anOptionThatPointsPastTheEndIsShownAsFarAsItGoes() {
    byte[] packet = Arrays.copyOf(dhcp(12, 9, 'a', 'b'), 244);
    assertThat(value(packet, "12 host name")).isEqualTo("ab (cut short: 2 of 9 octets)");
    assertThat(PacketFields.of(Arrays.copyOf(packet, 241)).getLast().name())
        .isEqualTo("12 cut short");
  }

  @Test
  void anAreaWithoutTheCookieIsShownAsOctets() {
    byte[] packet = new byte[548];
    assertThat(value(packet, "vend")).isEqualTo("empty");
    packet[236] = 5;
    assertThat(value(packet, "vend")).startsWith("05 00").endsWith("...").hasSizeLessThan(400);
  }

  @Test
  void whateverComesIsReadWithoutAFaultAndWithinItsBounds() {
    Random random = new Random(1);
    for (int i = 0; i < 20_000; i++) {
      byte[] packet = dhcp(52, 1, 3, 255);
      random.nextBytes(packet);
      put(packet, 236, 0x63, 0x82, 0x53, 0x63);
      byte[] cut = Arrays.copyOf(packet, random.nextInt(packet.length));
      for (Field field : PacketFields.of(cut)) {
        assertThat(field.offset() + field.length()).isLessThanOrEqualTo(cut.length);
        assertThat(field.value().chars()).allMatch(c -> c >= ' ' && c <= '~');
      }
    }
  }

  private static String value(byte[] packet, String name) {
    List<Field> fields = PacketFields.of(packet);
    return fields.stream().filter(f -> f.name().equals(name)).findFirst().orElseThrow().value();
  }

  private static byte[] dhcp(int... options) {
    byte[] packet = new byte[548];
    packet[0] = 1;
    put(packet, 236, 0x63, 0x82, 0x53, 0x63);
    put(packet, 240, options);
    return packet;
  }

  private static void put(byte[] packet, int offset, int... octets) {
    for (int i = 0; i < octets.length; i++) {
      packet[offset + i] = (byte) octets[i];
    }
  }
}
