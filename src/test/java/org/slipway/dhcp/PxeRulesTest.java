package org.slipway.dhcp;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.slipway.bootp.wire.VendorArea;
import org.slipway.bootp.wire.VendorOption;

/** Which file a kind of client gets, and each rule for boot ROMs on and off. */
class PxeRulesTest {
  private static final Map<String, String> FILES =
      Map.of(
          "boot-file.bios", "undionly.kpxe",
          "boot-file.x86", "ipxe-ia32.efi",
          "boot-file.x64", "ipxe.efi",
          "boot-file.arm64", "ipxe-arm64.efi",
          "boot-file.ipxe", "menu.ipxe",
          "boot-file", "default.0");
  private static final Inet4Address SERVER = (Inet4Address) InetAddress.ofLiteral("10.5.0.2");

  @ParameterizedTest
  @CsvSource({
    "0, undionly.kpxe",
    "6, ipxe-ia32.efi",
    "7, ipxe.efi",
    "9, ipxe.efi",
    "11, ipxe-arm64.efi",
    "10, default.0",
    "4242, default.0"
  })
  void theArchitectureChoosesTheFile(int code, String file) {
    assertThat(rules(rom(code), FILES).bootFile()).contains(file);
  }

  @Test
  void x64IsCode7AndCode9() {
    assertThat(Architecture.of(7, true)).contains(Architecture.X64);
    assertThat(Architecture.of(9, true)).contains(Architecture.X64);
    assertThat(rules(rom(9), with(FILES, PxeRule.EBC_IS_X64, "off")).bootFile())
        .as("the letter of the registry")
        .contains("default.0");
  }

  @Test
  void firmwareThatBootsByHttpHasTheSameArchitectures() {
    assertThat(Architecture.of(16, true)).isEqualTo(Architecture.of(7, true));
    assertThat(Architecture.of(19, true)).isEqualTo(Architecture.of(11, true));
    assertThat(Architecture.of(28, true)).isEqualTo(Architecture.of(27, true));
  }

  @Test
  void withoutTheRuleOfArchitecturesAllGetTheSame() {
    assertThat(rules(rom(0), with(FILES, PxeRule.ARCHITECTURE, "off")).bootFile())
        .contains("default.0");
  }

  @Test
  void aDeviceWithoutAnArchitectureGetsTheUsualFile() {
    assertThat(rules(client("PXEClient"), FILES).bootFile()).contains("default.0");
    assertThat(rules(client(""), Map.of()).bootFile()).isEmpty();
  }

  @Test
  void theDeviceGoesBeforeItsNetwork() {
    PxeRules rules = new PxeRules(rom(0), Map.of("boot-file.bios", "special.0"), FILES);
    assertThat(rules.bootFile()).contains("special.0");
    Map<String, String> off = Map.of(PxeRule.ARCHITECTURE.option(), "off");
    assertThat(
            new PxeRules(rom(0), Map.of(PxeRule.ARCHITECTURE.option(), "on"), off)
                .isOn(PxeRule.ARCHITECTURE))
        .isTrue();
  }

  @Test
  void ipxeGetsTheScriptAndNotItselfAgain() {
    PxeClient ipxe = client("PXEClient:Arch:00000", option(93, 0, 0), text(77, "\4iPXE"));
    assertThat(rules(ipxe, FILES).bootFile()).contains("menu.ipxe");
    Map<String, String> withoutScript = new HashMap<>(FILES);
    withoutScript.remove("boot-file.ipxe");
    assertThat(rules(ipxe, withoutScript).bootFile()).as("no loop").isEmpty();
    assertThat(rules(ipxe, with(FILES, PxeRule.IPXE_SCRIPT, "off")).bootFile())
        .contains("undionly.kpxe");
  }

  @Test
  void ipxeIsKnownByItsOwnOptions() {
    assertThat(client("PXEClient", option(175, 0xb1, 1, 1)).isIpxe(false)).isTrue();
  }

  @Test
  void aUserClassThatIsNotLaidOutByRfc3004CountsToo() {
    PxeClient bare = client("PXEClient", text(77, "iPXE"));
    assertThat(rules(bare, FILES).isIpxe()).isTrue();
    assertThat(rules(bare, with(FILES, PxeRule.BARE_USER_CLASS, "off")).isIpxe()).isFalse();
    assertThat(client("PXEClient", text(77, "\3lab\4iPXE")).isIpxe(false)).isTrue();
    assertThat(client("PXEClient", text(77, "\11iPXE")).isIpxe(true)).as("cut off").isFalse();
    assertThat(client("PXEClient", text(77, "\0iPXE")).isIpxe(true)).isFalse();
    assertThat(client("PXEClient").isIpxe(true)).isFalse();
  }

  @Test
  void httpBootIsToldAUrl() {
    Map<String, String> files = new HashMap<>(FILES);
    files.put("boot-file.http", "images/boot image.efi");
    PxeRules http = rules(client("HTTPClient:Arch:00016", option(93, 0, 16)), files);
    assertThat(http.bootFile()).contains("images/boot image.efi");
    assertThat(http.told("images/boot image.efi", "http://10.5.0.2:8080/boot/"))
        .isEqualTo("http://10.5.0.2:8080/boot/images/boot%20image.efi");
    assertThat(http.told("https://cdn.example/x.efi", "http://10.5.0.2:8080/boot/"))
        .isEqualTo("https://cdn.example/x.efi");
    assertThat(rules(client("HTTPClient:Arch:00016", option(93, 0, 16)), FILES).bootFile())
        .as("without a file of its own that of its architecture")
        .contains("ipxe.efi");
    PxeRules off = rules(client("HTTPClient"), with(files, PxeRule.HTTP_BOOT, "off"));
    assertThat(off.told("x.efi", "http://10.5.0.2:8080/boot/")).isEqualTo("x.efi");
    assertThat(rules(rom(7), FILES).told("x.efi", "http://10.5.0.2:8080/boot/"))
        .as("PXE takes a file")
        .isEqualTo("x.efi");
  }

  @Test
  void theServerIsNamedByItsAddress() {
    assertThat(rules(rom(0), Map.of()).serverName("boot", SERVER)).isEqualTo("10.5.0.2");
    assertThat(
            rules(rom(0), with(Map.of(), PxeRule.SERVER_AS_ADDRESS, "off"))
                .serverName("boot", SERVER))
        .isEqualTo("boot");
  }

  @Test
  void aMachineIdentifierIsATypeAndAUuid() {
    String uuid = "00" + "11".repeat(16);
    assertThat(client("PXEClient", hex(97, uuid)).machine()).isPresent();
    assertThat(client("PXEClient", hex(97, "01" + "11".repeat(16))).machine()).isEmpty();
    assertThat(client("PXEClient", hex(97, "0011")).machine()).isEmpty();
    assertThat(client("PXEClient").machine()).as("missing is no fault").isEmpty();
  }

  @ParameterizedTest
  @EnumSource(PxeRule.class)
  void everyRuleIsOnAndCanBeSwitchedOff(PxeRule rule) {
    assertThat(rule.isOn(Map.of(), Map.of())).isTrue();
    assertThat(rule.isOn(Map.of(rule.option(), "off"), Map.of())).isFalse();
    assertThat(rule.isOn(Map.of(), Map.of(rule.option(), "FALSE"))).isFalse();
    assertThat(rule.isOn(Map.of(rule.option(), "on"), Map.of(rule.option(), "off"))).isTrue();
    assertThat(rule.option()).startsWith("pxe.").matches("[a-z0-9.-]+");
  }

  private static PxeRules rules(PxeClient client, Map<String, String> network) {
    return new PxeRules(client, Map.of(), network);
  }

  private static Map<String, String> with(Map<String, String> options, PxeRule rule, String value) {
    Map<String, String> all = new HashMap<>(options);
    all.put(rule.option(), value);
    return all;
  }

  private static PxeClient rom(int code) {
    return client("PXEClient", option(93, code >> 8, code & 0xFF));
  }

  private static PxeClient client(String vendorClass, VendorOption... options) {
    List<VendorOption> all = new ArrayList<>(List.of(options));
    if (!vendorClass.isEmpty()) {
      all.add(VendorOption.text(60, vendorClass));
    }
    return PxeClient.of(VendorArea.of(all));
  }

  private static VendorOption option(int tag, int... octets) {
    byte[] data = new byte[octets.length];
    for (int i = 0; i < data.length; i++) {
      data[i] = (byte) octets[i];
    }
    return new VendorOption(tag, data);
  }

  private static VendorOption text(int tag, String text) {
    return new VendorOption(tag, text.getBytes(StandardCharsets.ISO_8859_1));
  }

  private static VendorOption hex(int tag, String hex) {
    return new VendorOption(tag, HexFormat.of().parseHex(hex));
  }
}
