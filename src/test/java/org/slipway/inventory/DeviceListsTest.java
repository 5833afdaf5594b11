package org.slipway.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slipway.provisioning.Device;

/** Lists as other servers keep them, read into what they say of each device. */
class DeviceListsTest {
  private static Device only(DeviceListFormat format, String text) {
    DeviceList list = format.read(text);
    assertThat(list.refused()).isEmpty();
    assertThat(list.devices()).hasSize(1);
    return device(list.devices().getFirst());
  }

  private static Device device(ListedDevice listed) {
    return listed.edit().appliedTo(Device.unknown(listed.hardwareAddress()));
  }

  private static String address(Device device) {
    return device.address().map(a -> a.getHostAddress()).orElse("-");
  }

  private static List<String> reasons(List<LineRemark> remarks) {
    return remarks.stream().map(r -> r.line() + " " + r.reason().message()).toList();
  }

  @Test
  void aBootptabWithATemplateAsItsManualShowsIt() {
    DeviceList list =
        DeviceListFormat.BOOTPTAB.read(
            """
            # Sample bootptab file (domain=andrew.cmu.edu)

            .default:\\
            	:hd=/usr/boot:bf=null:\\
            	:ds=netserver, lancaster:\\
            	:ns=pcs2, pcs1:\\
            	:ht=ethernet:\\
            	:sm=255.255.255.0:\\
            	:gw=128.2.232.1 128.2.232.2:\\
            	:hn:to=-18000:
            # ds and ns of the manual are names; bootpd asks for them, we do not.

            carnegie:ht=6:ha=7FF8100000AF:ip=128.2.11.1:tc=.default:ds@:ns@:
            baldwin:ha="08:00:20:0b:16:e1":ip=128.2.11.10:tc=.default:ds=128.2.11.2:ns@:bf=/abs/k:
            mars:ht=ethernet:ha=0x00DD00CADF00:tc=.default:
            """);
    assertThat(reasons(list.refused())).containsExactly("15 Not an IPv4 address: netserver");
    Device carnegie = device(list.devices().get(0));
    assertThat(carnegie.hardwareAddress().text()).isEqualTo("7f:f8:10:00:00:af");
    assertThat(carnegie.name()).isEqualTo("carnegie");
    assertThat(address(carnegie)).isEqualTo("128.2.11.1");
    assertThat(carnegie.bootFile()).contains("/usr/boot/null");
    assertThat(carnegie.options())
        .isEqualTo(
            Map.of(
                "subnet-mask", "255.255.255.0",
                "router", "128.2.232.1 128.2.232.2",
                "time-offset", "-18000"));
    Device baldwin = device(list.devices().get(1));
    assertThat(baldwin.options()).containsEntry("domain-name-servers", "128.2.11.2");
    assertThat(baldwin.bootFile()).contains("/abs/k");
    assertThat(list.devices()).hasSize(2);
    assertThat(list.ignored()).isEmpty();
  }

  @Test
  void aBootptabOfAnXTerminalWithNumberedOptions() {
    DeviceList list =
        DeviceListFormat.BOOTPTAB.read(
            """
            ncd15b|ncd:\\
            #	:ip=10.0.0.99:\\
            	:ht=ether:ha=0000A7001234:ip=10.0.0.15:\\
            	:td=/tftpboot:hd=/tftpboot/ncd:bf=Xncd15b:bs=auto:\\
            	:T144="/usr/lib/X11/ncd/configs/":T18=2f:T2=ffffb9b0:\\
            	:rl=10.0.0.3:rp="/export/root:a":vm=rfc1048:sa=10.0.0.2:\\
            	:ra=10.0.0.255:xy=1:zz
            """);
    Device device = device(list.devices().getFirst());
    assertThat(address(device)).isEqualTo("10.0.0.15");
    assertThat(device.bootFile()).contains("/ncd/Xncd15b");
    assertThat(device.options())
        .isEqualTo(
            Map.of(
                "144", "/usr/lib/X11/ncd/configs/",
                "18", "0x2f",
                "2", "0xffffb9b0",
                "11", "0x0a000003",
                "root-path", "/export/root:a"));
    assertThat(reasons(list.ignored()))
        .containsExactlyInAnyOrder(
            "1 The TFTP server is said by serverAddress of the network: sa=10.0.0.2",
            "1 Replies go where RFC 951 says: ra=10.0.0.255",
            "1 A tag that has no counterpart: xy=1",
            "1 A tag that has no counterpart: zz=");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a:ip=10.0.0.1: | It has no hardware address",
        "a:ha=0011223344: | Not a hardware address of six octets: 0011223344",
        "a:ha=00:11:22:33:44:55: | Not a hardware address of six octets: 00",
        "a:ht=arcnet:ha=01: | Hardware of this type has other addresses: ht=arcnet",
        "a:tc=none:ha=001122334455: | There is no entry for tc=none",
        "a:tc=a:ha=001122334455: | Its templates lead back to themselves: a",
        "a:ha=001122334455:ip=10.0.0.256: | Not an IPv4 address: 10.0.0.256",
        "a:ha=001122334455:gw=: | Not an IPv4 address:",
        "a:ha=001122334455:to=soon: | Not a number: soon",
        "a:ha=001122334455:T0=1: | There is no option 0",
        "a:ha=001122334455:T999=1: | There is no option 999",
        "a:ha=001122334455:T66=xyz: | Neither hexadecimal digits nor text in quotation marks: xyz",
        ":ha=001122334455: | An entry begins with a name"
      })
  void aBadEntryOfABootptabIsRefusedAlone(String entry, String reason) {
    DeviceList list =
        DeviceListFormat.BOOTPTAB.read(entry + "\r\ngood:ha=00-11-22-33-44-66:ip=10.0.0.6:\r\n");
    assertThat(reasons(list.refused())).singleElement().asString().startsWith("1 " + reason);
    assertThat(list.devices()).hasSize(1);
    assertThat(list.devices().getFirst().line()).isEqualTo(2);
  }

  @Test
  void linesOfDnsmasqAsItsSampleFileHasThem() {
    DeviceList list =
        DeviceListFormat.DNSMASQ.read(
            """
            # Always allocate the host with Ethernet address 11:22:33:44:55:66
            #dhcp-host=11:22:33:44:55:66,192.168.0.60
            dhcp-range=192.168.0.50,192.168.0.150,12h
            dhcp-host=11:22:33:44:55:66,192.168.0.60
            dhcp-host=11:22:33:44:55:67,fred   # by name
            dhcp-host = 11:22:33:44:55:68,fred2,192.168.0.61,45m
            dhcp-host=11:22:33:44:55:69,12:34:56:78:90:12,192.168.0.62,lap
            dhcp-host=id:01:22:22:33:44:55:66,192.168.0.63
            dhcp-host=11:22:33:44:55:70,ignore
            dhcp-host=11:22:33:44:55:71,set:red,net:blue,id:*
            00:20:e0:3b:13:af,wap,infinite
            """);
    assertThat(list.refused()).isEmpty();
    assertThat(
            list.devices().stream()
                .map(DeviceListsTest::device)
                .map(d ->
                    d.hardwareAddress()
                        + " "
                        + d.name()
                        + " "
                        + address(d)
                        + " "
                        + d.enabled()
                        + " "
                        + d.variables()))
        .containsExactly(
            "11:22:33:44:55:66  192.168.0.60 true {}",
            "11:22:33:44:55:67 fred - true {}",
            "11:22:33:44:55:68 fred2 192.168.0.61 true {}",
            "11:22:33:44:55:69 lap 192.168.0.62 true {}",
            "12:34:56:78:90:12 lap - true {}",
            "22:22:33:44:55:66  192.168.0.63 true {}",
            "11:22:33:44:55:70  - false {}",
            "11:22:33:44:55:71  - true {tags=red,blue}",
            "00:20:e0:3b:13:af wap - true {}");
    assertThat(reasons(list.ignored()))
        .containsExactly(
            "3 Not a line dhcp-host",
            "6 The lease time is said by the network of a device: 45m",
            "7 An address belongs to one device: the first of these has it",
            "11 The lease time is said by the network of a device: infinite");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "dhcp-host=lap,192.168.0.199 | It has no hardware address",
        "dhcp-host=id:marjorie,192.168.0.60 | It has no hardware address",
        "dhcp-host=11:22:33:*:*:*,set:red | A pattern of hardware addresses is not one device",
        "dhcp-host=06-00:20:e0:3b:13:af,10.0.0.1 | This is not understood: 06-00:20",
        "dhcp-host=00:20:e0:3b:13:af,10.0.0.300 | Not an IPv4 address: 10.0.0.300",
        "dhcp-host=00:20:e0:3b:13:af,<b>x</b> | This is not understood: <b>x</b>",
        "dhcp-host= | It has no hardware address"
      })
  void aBadLineOfDnsmasqIsRefusedAlone(String line, String reason) {
    DeviceList list =
        DeviceListFormat.DNSMASQ.read(line + "\ndhcp-host=00:20:e0:3b:13:b0,[fd00::1],x\n");
    assertThat(reasons(list.refused())).singleElement().asString().startsWith("1 " + reason);
    assertThat(device(list.devices().getFirst()).name()).isEqualTo("x");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"52:54:00:AB:CD:EF", "52-54-00-ab-cd-ef", "5254.00ab.cdef", "525400ABCDEF"})
  void anyUsualSpellingOfAHardwareAddressIsRead(String mac) {
    assertThat(only(DeviceListFormat.CSV, "MAC,IP\n" + mac + ",10.0.0.1").hardwareAddress().text())
        .isEqualTo("52:54:00:ab:cd:ef");
    assertThat(only(DeviceListFormat.BOOTPTAB, "a:ha=\"" + mac + "\":").hardwareAddress().text())
        .isEqualTo("52:54:00:ab:cd:ef");
    assertThat(only(DeviceListFormat.DNSMASQ, "dhcp-host=" + mac + ",a").hardwareAddress().text())
        .isEqualTo("52:54:00:ab:cd:ef");
  }

  @Test
  void aSheetOfASpreadsheet() {
    DeviceList list =
        DeviceListFormat.CSV.read(
            "MAC Address;Host name;IP;Room;Variables;enabled\r\n"
                + "\"52:54:00:00:00:01\";\"a \"\"b\"\"; c\";10.0.0.1;4;\"site=x\n y = 2\";no\r\n"
                + ";;;;;\r\n"
                + "52:54:00:00:00:02;b\r\n");
    assertThat(list.refused()).isEmpty();
    assertThat(reasons(list.ignored())).containsExactly("1 A column that has no counterpart");
    Device first = device(list.devices().getFirst());
    assertThat(first.name()).isEqualTo("a \"b\"; c");
    assertThat(first.variables()).isEqualTo(Map.of("site", "x", "y", "2"));
    assertThat(first.enabled()).isFalse();
    assertThat(list.devices().get(1).line()).isEqualTo(5);
    assertThat(device(list.devices().get(1)).address()).isEqualTo(Optional.empty());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "mac,name~~n5.254E+11,x | 2 Not a hardware address of six octets: 5.254E+11",
        "mac,name~~n,x | 2 It has no hardware address",
        "mac,ip~~n525400000001,10.0.0 | 2 Not an IPv4 address: 10.0.0",
        "mac,ip~~n525400000001,fd00::1 | 2 Not an IPv4 address: fd00::1",
        "mac,enabled~~n525400000001,maybe | 2 Neither true nor false: maybe",
        "mac,name~~n525400000001,x,y | 2 It has more cells than the first line",
        "mac,name~~n525400000001,\"x | 2 The quotation marks of a cell are not closed",
        "mac,name~~n525400000001,\"x\"y | 2 The quotation marks of a cell are not closed",
        "mac,variables~~n525400000001,abc | 2 One name=value a line: abc",
        "mac,variables~~n525400000001,{\"a\":{}} | 2 Not a JSON object of texts",
        "mac,tftp~~n525400000001,null | 2 Not a JSON object: null",
        "mac,tftp~~n525400000001,{\"x\":1} | 2 No rules for TFTP: {\"x\":1}",
        "mac,mac~~n525400000001,1 | 1 Two columns are mac",
        "525400000001,10.0.0.1 | 1 The first line names the columns"
      })
  void aBadRowIsRefused(String text, String reason) {
    DeviceList list = DeviceListFormat.CSV.read(text.replace("~n", "\n").replace("~", ""));
    assertThat(reasons(list.refused())).singleElement().asString().startsWith(reason);
    assertThat(list.devices()).isEmpty();
  }
}
