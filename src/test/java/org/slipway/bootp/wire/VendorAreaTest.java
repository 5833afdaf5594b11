package org.slipway.bootp.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class VendorAreaTest {
  private static final String COOKIE = "63825363";

  @Test
  void readsOptionsBetweenPads() throws Exception {
    VendorArea area = decoded(COOKIE + "00" + "0104ffffff00" + "0000" + "0c03616263" + "ff");

    assertThat(area.cookie()).isTrue();
    assertThat(area.options())
        .containsExactly(
            VendorOption.address(VendorTag.SUBNET_MASK, BootpCodecTest.ip("255.255.255.0")),
            VendorOption.text(VendorTag.HOST_NAME, "abc"));
  }

  @Test
  void nothingAfterTheEndTagIsRead() throws Exception {
    assertThat(decoded(COOKIE + "ff" + "350101").options()).isEmpty();
  }

  @Test
  void withoutTheCookieThereAreNoOptions() throws Exception {
    assertThat(decoded("00000000" + "350101ff")).isEqualTo(VendorArea.NONE);
    assertThat(decoded("434d5500" + "0a000001")).isEqualTo(VendorArea.NONE);
  }

  @Test
  void anOptionPastTheEndMeansNoOptions() throws Exception {
    VendorArea area = decoded(COOKIE + "0c03616263" + "11ff6162" + "61".repeat(51));

    assertThat(area.cookie()).isTrue();
    assertThat(area.options()).isEmpty();
  }

  @Test
  void aMissingEndTagMeansNoOptions() throws Exception {
    assertThat(decoded(COOKIE + "0c03616263").options()).isEmpty();
    assertThat(decoded(COOKIE + "0c3a" + "61".repeat(58)).options()).isEmpty();
    assertThat(decoded(COOKIE + "0c39" + "61".repeat(57) + "0c").options()).isEmpty();
  }

  @Test
  void aLongOptionIsSplitAndJoinedAgain() throws Exception {
    byte[] data = new byte[600];
    new Random(1).nextBytes(data);
    List<VendorOption> parts = VendorOption.split(43, data);
    assertThat(parts).extracting(o -> o.data().length).containsExactly(255, 255, 90);
    VendorArea area = VendorArea.of(parts);
    assertThat(area.joined(43)).hasValueSatisfying(d -> assertThat(d).isEqualTo(data));
    assertThat(area.joined(44)).isEmpty();
    assertThat(VendorOption.split(43, new byte[0])).isEmpty();
    assertThat(decoded(COOKIE + "3d020102" + "00" + "3d0103" + "ff").joined(61))
        .hasValueSatisfying(d -> assertThat(d).containsExactly(1, 2, 3));
  }

  @Test
  void theFieldsOfFileAndSnameHoldOptionsWhereDhcpSaysSo() throws Exception {
    BootpPacket both = overloaded(3, "350101");
    assertThat(both.vend().joined(12)).hasValueSatisfying(d -> assertThat(d).hasSize(3));
    assertThat(both.vend().joined(15)).hasValueSatisfying(d -> assertThat(d).hasSize(2));
    assertThat(both.file()).isEmpty();
    assertThat(both.sname()).isEmpty();
    BootpPacket file = overloaded(1, "350101");
    assertThat(file.vend().joined(15)).isEmpty();
    assertThat(file.sname()).isNotEmpty();
    assertThat(overloaded(3, "").vend().joined(12)).as("BOOTP has names there").isEmpty();
  }

  @Test
  void aDamagedFieldOfOptionsAddsNone() throws Exception {
    byte[] packet = packet(COOKIE + "350101" + "340101" + "ff");
    packet[108] = 12;
    packet[109] = (byte) 200;
    assertThat(BootpCodec.decode(ByteBuffer.wrap(packet)).vend().joined(12)).isEmpty();
  }

  private static BootpPacket overloaded(int which, String type) throws Exception {
    byte[] packet = packet(COOKIE + type + "34010" + which + "ff");
    byte[] file = HexFormat.of().parseHex("0c03616263ff");
    byte[] sname = HexFormat.of().parseHex("0f027878ff");
    System.arraycopy(file, 0, packet, 108, file.length);
    System.arraycopy(sname, 0, packet, 44, sname.length);
    return BootpCodec.decode(ByteBuffer.wrap(packet));
  }

  @Test
  void damageIsRefusedWithoutTheLeniency() {
    assertThatThrownBy(() ->
            BootpCodec.decode(
                ByteBuffer.wrap(packet(COOKIE + "0c03616263")),
                Set.of(Leniency.SHORT_BOOTP, Leniency.UNTERMINATED_NAME)))
        .isInstanceOfSatisfying(
            MalformedBootpException.class,
            e -> {
              assertThat(e.field()).isEqualTo("vend");
              assertThat(e.missingLeniency()).contains(Leniency.DAMAGED_VENDOR_AREA);
            });
  }

  @Test
  void option53MakesItDhcpEvenInADamagedArea() throws Exception {
    assertThat(decoded(COOKIE + "350101ff").isDhcp()).isTrue();
    assertThat(decoded(COOKIE + "350101" + "0cff").isDhcp()).isTrue();
    assertThat(decoded(COOKIE + "0c03353535ff").isDhcp()).isFalse();
    assertThat(decoded("00000000" + "350101ff").isDhcp()).isFalse();
  }

  @Test
  void optionsAreReadAsWhatTheyMean() throws Exception {
    VendorOption dns =
        VendorOption.addresses(
            VendorTag.DOMAIN_NAME_SERVER,
            List.of(BootpCodecTest.ip("10.0.0.1"), BootpCodecTest.ip("10.0.0.2")));

    assertThat(dns.toAddresses())
        .containsExactly(BootpCodecTest.ip("10.0.0.1"), BootpCodecTest.ip("10.0.0.2"));
    assertThat(VendorOption.number16(VendorTag.BOOT_FILE_SIZE, 40_000).toNumber())
        .isEqualTo(40_000);
    assertThat(new VendorOption(VendorTag.HOST_NAME, new byte[] {'a', 'b', 0, 0}).toText())
        .isEqualTo("ab");
  }

  @Test
  void areasGrowWithTheirOptions() {
    VendorOption big = new VendorOption(VendorTag.ROOT_PATH, new byte[200]);

    assertThat(VendorArea.of(List.of()).size()).isEqualTo(64);
    assertThat(VendorArea.of(List.of(big)).size()).isEqualTo(207);
    assertThatThrownBy(() -> new VendorArea(false, List.of(big), 64))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void padEndAndOversizeAreNoOptions() {
    assertThatThrownBy(() -> new VendorOption(0, new byte[0]))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new VendorOption(255, new byte[0]))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new VendorOption(12, new byte[256]))
        .isInstanceOf(IllegalArgumentException.class);
  }

  static VendorArea randomArea(Random random) {
    List<VendorOption> options = new ArrayList<>();
    for (int n = random.nextInt(6); n > 0; n--) {
      byte[] data = new byte[random.nextInt(60)];
      random.nextBytes(data);
      options.add(new VendorOption(1 + random.nextInt(254), data));
    }
    return VendorArea.of(options);
  }

  private static VendorArea decoded(String vend) throws MalformedBootpException {
    return BootpCodec.decode(ByteBuffer.wrap(packet(vend))).vend();
  }

  private static byte[] packet(String vend) {
    byte[] packet =
        BootpCodecTest.encoded(
            BootpPacket.request(ClientHardware.ethernet(new byte[] {2, 0, 0, 0, 0, 1}), 1));
    byte[] octets = HexFormat.of().parseHex(vend);
    System.arraycopy(octets, 0, packet, BootpCodec.FIXED_LENGTH, octets.length);
    return packet;
  }
}
