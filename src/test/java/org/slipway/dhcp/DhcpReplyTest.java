package org.slipway.dhcp;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slipway.bootp.RfcReply;
import org.slipway.bootp.wire.BootpCodec;
import org.slipway.bootp.wire.DhcpMessageType;
import org.slipway.leases.Network;
import org.slipway.leases.TftpRules;
import org.slipway.provisioning.BootDecision.Offer;
import org.slipway.provisioning.Device;
import org.slipway.provisioning.HardwareAddress;
import org.slipway.settings.CidrBlock;

/** Fields and options of offers and acknowledgements, octet by octet. */
class DhcpReplyTest {
  private static final String MAC = "52:54:00:00:00:01";
  private static final Inet4Address SERVER = (Inet4Address) InetAddress.ofLiteral("10.5.0.2");
  private static final String FILE = "boot/loader.0";

  private List<Integer> leftOut = List.of();

  @Test
  void whatTheClientAsksForComesInItsOrderBehindTheMask() throws Exception {
    RfcReply reply = reply(discover().option(55, 15, 6, 3, 1, 99), Map.of());
    assertThat(reply.tags().keySet()).containsExactly(53, 54, 51, 1, 15, 6, 3, 58, 59);
  }

  @Test
  void whoAsksForNothingIsToldEverything() throws Exception {
    assertThat(reply(discover(), Map.of()).tags())
        .containsKeys(1, 3, 6, 12, 15, 51, 53, 54, 58, 59, 66, 67, 150);
  }

  @Test
  void whatIsConfiguredIsSentUnaskedButNothingOfTheProtocolIsConfigured() throws Exception {
    RfcReply reply =
        reply(
            discover().option(55, 1),
            Map.of("43", "0x0102ff", "54", "10.9.9.9", "51", "1", "82", "x", "224", "hello"));
    assertThat(reply.tags())
        .containsEntry(43, "0102ff")
        .containsEntry(224, Messages.textHex("hello"))
        .containsEntry(54, Messages.hex("10.5.0.2"))
        .containsEntry(51, "00000e10")
        .doesNotContainKey(82);
  }

  @Test
  void aLongOptionIsSplitIntoSeveral() throws Exception {
    String value = "ab".repeat(300);
    byte[] octets = octets(discover().option(57, 5, 220), Map.of("224", "0x" + value));
    HexFormat hex = HexFormat.of();
    assertThat(hex.formatHex(octets))
        .contains("e0ff" + "ab".repeat(255) + "e02d" + "ab".repeat(45));
  }

  @ParameterizedTest
  @CsvSource({"0, 548", "300, 548", "576, 548", "1000, 972", "1500, 1472", "65535, 1472"})
  void noReplyIsLongerThanTheClientTakes(int maxSize, int most) throws Exception {
    Messages discover = discover();
    if (maxSize > 0) {
      discover.option(57, maxSize >> 8, maxSize & 0xFF);
    }
    Map<String, String> many = new HashMap<>();
    for (int tag = 180; tag < 220; tag++) {
      many.put(String.valueOf(tag), "x".repeat(60));
    }
    byte[] octets = octets(discover, many);
    assertThat(octets.length).isLessThanOrEqualTo(most).isGreaterThan(most - 62);
    assertThat(leftOut).isNotEmpty();
  }

  @Test
  void theRelaysOptionHasItsRoomWhateverElseIsLeftOut() throws Exception {
    Map<String, String> many = new HashMap<>();
    for (int tag = 180; tag < 220; tag++) {
      many.put(String.valueOf(tag), "x".repeat(60));
    }
    RfcReply reply = reply(discover().hex(82, "01" + "28" + "cc".repeat(40)), many);
    assertThat(reply.tags().keySet()).last().isEqualTo(82);
    assertThat(reply.octets().length).isLessThanOrEqualTo(548);
  }

  @Test
  void sizesOf300OctetsAtLeastAndNeverAnOverload() throws Exception {
    RfcReply reply = reply(discover().option(55, 1), Map.of());
    assertThat(reply.octets()).hasSizeGreaterThanOrEqualTo(300);
    assertThat(reply.tags()).doesNotContainKey(52);
    assertThat(reply.file()).isEqualTo(FILE);
    assertThat(reply.sname()).isEqualTo("boot.example.org");
  }

  @Test
  void aBootRomFindsServerAndFileInEveryPlace() throws Exception {
    for (DhcpMessageType type : List.of(DhcpMessageType.OFFER, DhcpMessageType.ACK)) {
      RfcReply reply = new RfcReply(octets(rom(), Map.of(), type, FILE, false), null);
      assertThat(reply.siaddr()).isEqualTo("10.5.0.2");
      assertThat(reply.sname()).isEqualTo("10.5.0.2");
      assertThat(reply.file()).isEqualTo(FILE);
      assertThat(reply.tags())
          .containsEntry(66, Messages.textHex("10.5.0.2"))
          .containsEntry(67, Messages.textHex(FILE) + "00")
          .containsEntry(150, Messages.hex("10.5.0.2"));
      assertThat(reply.tags()).as("no PXE server of the address").doesNotContainKeys(60, 43);
    }
  }

  @Test
  void eachPlaceCanBeSwitchedOff() throws Exception {
    RfcReply reply =
        reply(
            rom(),
            Map.of(
                "pxe.tftp-server-option", "off",
                "pxe.boot-file-option", "off",
                "pxe.tftp-list-option", "off",
                "pxe.server-as-address", "off",
                "pxe.machine-identifier", "off"));
    assertThat(reply.tags()).doesNotContainKeys(66, 67, 150, 97);
    assertThat(reply.sname()).isEqualTo("boot.example.org");
    assertThat(reply.file()).isEqualTo(FILE);
    assertThat(reply(rom(), Map.of("pxe.nul-after-boot-file", "off")).tags())
        .containsEntry(67, Messages.textHex(FILE));
  }

  @Test
  void theMachineIdentifierComesBackWhereThereIsOne() throws Exception {
    String uuid = "00" + "5e".repeat(16);
    assertThat(reply(rom().hex(97, uuid), Map.of()).tags()).containsEntry(97, uuid);
    assertThat(reply(rom(), Map.of()).tags()).doesNotContainKey(97);
  }

  @Test
  void httpBootGetsItsClassBackAndAUrl() throws Exception {
    Messages http = discover().text(60, "HTTPClient:Arch:00016:UNDI:003001").option(93, 0, 16);
    RfcReply reply = reply(http, Map.of());
    assertThat(reply.tags())
        .containsEntry(60, Messages.textHex("HTTPClient"))
        .containsEntry(67, Messages.textHex("http://10.5.0.2:8080/boot/boot/loader.0"))
        .doesNotContainKeys(66, 150);
    assertThat(reply.file()).isEqualTo("http://10.5.0.2:8080/boot/boot/loader.0");
  }

  @Test
  void aUrlThatTheFieldCannotHoldIsInItsOptionAlone() throws Exception {
    String url = "http://10.5.0.2:8080/boot/" + "x".repeat(200);
    Messages http = discover().text(60, "HTTPClient");
    RfcReply reply = new RfcReply(octets(http, Map.of(), DhcpMessageType.OFFER, url, false), null);
    assertThat(reply.file()).isEmpty();
    assertThat(reply.tags()).containsEntry(67, Messages.textHex(url));
  }

  @Test
  void aProxyTellsBiosToDiscoverNothingAndUefiNothingOfIt() throws Exception {
    RfcReply bios = new RfcReply(octets(rom(), Map.of(), DhcpMessageType.OFFER, FILE, true), null);
    assertThat(bios.tags())
        .containsEntry(60, Messages.textHex("PXEClient"))
        .containsEntry(43, "060108ff")
        .doesNotContainKeys(1, 3, 51, 58, 59);
    Messages uefi = discover().text(60, "PXEClient:Arch:00007").option(93, 0, 7);
    assertThat(new RfcReply(octets(uefi, Map.of(), DhcpMessageType.OFFER, FILE, true), null).tags())
        .containsEntry(60, Messages.textHex("PXEClient"))
        .doesNotContainKey(43);
    Map<String, String> off = Map.of("pxe.discovery-bypass", "off");
    assertThat(new RfcReply(octets(rom(), off, DhcpMessageType.OFFER, FILE, true), null).tags())
        .doesNotContainKey(43);
  }

  @Test
  void hopsAndSecsAreZeroAndTheRestIsCopied() throws Exception {
    RfcReply reply = reply(discover().giaddr("10.5.0.1").flags(0x8000), Map.of());
    assertThat(reply.hops()).isZero();
    assertThat(reply.secs()).isZero();
    assertThat(reply.flags()).isEqualTo(0x8000);
    assertThat(reply.giaddr()).isEqualTo("10.5.0.1");
    assertThat(reply.hardware()).isEqualTo(MAC);
    assertThat(reply.yiaddr()).isEqualTo("10.5.0.7");
  }

  private static Messages discover() {
    return Messages.of(Messages.DISCOVER, MAC, 7);
  }

  private static Messages rom() {
    return discover()
        .text(60, "PXEClient:Arch:00000:UNDI:002001")
        .option(93, 0, 0)
        .option(55, 1, 3);
  }

  private RfcReply reply(Messages message, Map<String, String> options) throws Exception {
    return new RfcReply(octets(message, options), new InetSocketAddress("127.0.0.1", 67));
  }

  private byte[] octets(Messages message, Map<String, String> options) throws Exception {
    return octets(message, options, DhcpMessageType.OFFER, FILE, false);
  }

  private byte[] octets(
      Messages message,
      Map<String, String> options,
      DhcpMessageType type,
      String file,
      boolean proxy)
      throws Exception {
    DhcpRequest request = BindingRulesTest.read(message);
    Device device =
        new Device(
            new HardwareAddress(MAC),
            "sw-01",
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            true,
            Map.of(),
            options,
            TftpRules.NONE,
            1);
    Offer offer =
        new Offer(
            device,
            proxy ? Optional.empty() : Optional.of(InetAddress.ofLiteral("10.5.0.7")),
            file,
            OptionalLong.empty(),
            Optional.of(network()),
            0);
    DhcpReply.Made made =
        DhcpReply.of(
            request,
            new ReplyContent(
                type,
                offer,
                SERVER,
                "boot.example.org",
                "http://10.5.0.2:8080/boot/",
                proxy ? Optional.empty() : Optional.of(Duration.ofHours(1)),
                new PxeRules(request.pxe(), options, Map.of()),
                proxy));
    leftOut = made.leftOut();
    ByteBuffer buffer = ByteBuffer.allocate(2000);
    int length = BootpCodec.encode(made.packet(), buffer);
    return Arrays.copyOf(buffer.array(), length);
  }

  private static Network network() {
    return new Network(
        "lab",
        CidrBlock.parse("10.5.0.0/24"),
        Optional.of(SERVER),
        Optional.of(InetAddress.ofLiteral("10.5.0.1")),
        List.of(InetAddress.ofLiteral("192.0.2.53")),
        List.of(),
        Optional.of("lab.example"),
        List.of(),
        List.of(),
        Network.UnknownDevices.IGNORE,
        Map.of(),
        Map.of(),
        TftpRules.NONE,
        1);
  }
}
