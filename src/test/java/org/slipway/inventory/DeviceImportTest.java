package org.slipway.inventory;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.slipway.accounts.InvalidInputException;
import org.slipway.audit.AuditAction;
import org.slipway.audit.Who;
import org.slipway.inventory.ImportReport.Outcome;
import org.slipway.leases.TftpRules;
import org.slipway.portal.PortalParts;
import org.slipway.provisioning.Device;
import org.slipway.provisioning.HardwareAddress;

/** A list meets the devices that are there, in a real database. */
class DeviceImportTest {
  private static final Who OPERATOR = new Who("olga", "192.0.2.1", "WEB");

  @TempDir Path folder;
  private PortalParts portal;
  private DeviceImport imports;

  @BeforeEach
  void open() {
    portal = PortalParts.open(folder);
    imports = new DeviceImport(portal.devices, portal.audit);
  }

  @AfterEach
  void close() {
    portal.close();
  }

  private Device device(int number) {
    return portal.devices.find(mac(number)).orElseThrow();
  }

  private static HardwareAddress mac(int number) {
    return HardwareAddress.parse("5254000%05x".formatted(number)).orElseThrow();
  }

  private ImportReport apply(String csv) {
    return imports.apply(DeviceListFormat.CSV, csv, false, OPERATOR);
  }

  private List<String> audited(AuditAction action) {
    portal.settle();
    return portal.jdbi.withHandle(h ->
        h.createQuery("SELECT subject || ' ' || outcome FROM audit_entry WHERE action = ?")
            .bind(0, action.name())
            .mapTo(String.class)
            .list());
  }

  @Test
  void whatIsPreviewedIsWhatIsApplied() {
    apply("mac,name,ip\n525400000001,a,10.0.0.1\n525400000002,b,10.0.0.2\n");
    String csv = "mac,name\n525400000001,new\n525400000002,b\n525400000003,c\n";
    ImportReport preview = imports.preview(DeviceListFormat.CSV, csv);
    assertThat(preview.applied()).isFalse();
    assertThat(device(1).name()).isEqualTo("a");
    ImportReport applied = apply(csv);
    assertThat(applied.applied()).isTrue();
    assertThat(applied.lines().stream().map(l -> l.line() + " " + l.outcome() + l.changes()))
        .containsExactly("2 CHANGED[name]", "3 UNCHANGED[]", "4 ADDED[name]")
        .containsExactlyElementsOf(
            preview.lines().stream().map(l -> l.line() + " " + l.outcome() + l.changes()).toList());
    assertThat(device(1).name()).isEqualTo("new");
    assertThat(device(1).address()).as("no column says it").isPresent();
    assertThat(audited(AuditAction.DEVICES_IMPORTED)).containsExactly("CSV DONE", "CSV DONE");
    assertThat(audited(AuditAction.DEVICE_CHANGED)).containsExactly(mac(1) + " DONE");
    assertThat(audited(AuditAction.DEVICE_ADDED)).hasSize(3);
  }

  @Test
  void aRefusedLineKeepsEverythingBackUnlessTheRestIsWanted() {
    String csv = "mac,name,file\n525400000001,a,x\nnonsense,b,y\n525400000002,c,../../etc/passwd\n";
    ImportReport whole = apply(csv);
    assertThat(whole.applied()).isFalse();
    assertThat(whole.refused().stream().map(LineRemark::line)).containsExactly(3, 4);
    assertThat(whole.refused().getLast().reason().field()).isEqualTo("bootFile");
    assertThat(portal.devices.all()).isEmpty();
    assertThat(audited(AuditAction.DEVICES_IMPORTED)).containsExactly("CSV REFUSED");
    ImportReport rest = imports.apply(DeviceListFormat.CSV, csv, true, OPERATOR);
    assertThat(rest.applied()).isTrue();
    assertThat(portal.devices.all()).extracting(Device::name).containsExactly("a");
  }

  @Test
  void anAddressBelongsToOneDeviceButMayChangeHands() {
    apply("mac,ip\n525400000001,10.0.0.1\n525400000002,10.0.0.2\n525400000003,10.0.0.3\n");
    ImportReport swapped = apply("mac,ip\n525400000001,10.0.0.2\n525400000002,10.0.0.1\n");
    assertThat(swapped.applied()).isTrue();
    assertThat(device(1).address()).contains(PortalParts.address("10.0.0.2"));
    assertThat(portal.devices.find(PortalParts.address("10.0.0.1"))).contains(device(2));
    ImportReport taken =
        apply("mac,ip\n525400000004,10.0.0.3\n525400000005,10.0.0.5\n525400000006,10.0.0.5\n");
    assertThat(taken.refused().stream().map(r -> r.line() + " " + r.reason().message()))
        .containsExactly(
            "2 The address 10.0.0.3 belongs to device 52:54:00:00:00:03",
            "4 The address 10.0.0.5 belongs to device 52:54:00:00:00:05");
  }

  @Test
  void whoeverIsRefusedKeepsTheAddressThatAnotherCountedOn() {
    apply("mac,ip\n525400000001,10.0.0.1\n525400000002,10.0.0.2\n525400000003,10.0.0.3\n");
    ImportReport report =
        imports.apply(
            DeviceListFormat.CSV,
            "mac,ip\n525400000001,10.0.0.2\n525400000002,10.0.0.3\n525400000004,10.0.0.4\n",
            true,
            OPERATOR);
    assertThat(report.refused().stream().map(LineRemark::line)).containsExactly(2, 3);
    assertThat(report.count(Outcome.ADDED)).isEqualTo(1);
    assertThat(device(1).address()).contains(PortalParts.address("10.0.0.1"));
  }

  @Test
  void aDeviceThatStandsTwiceIsRefusedTheSecondTime() {
    ImportReport report = apply("mac,name\n525400000001,a\n52-54-00-00-00-01,b\n");
    assertThat(report.refused()).hasSize(1);
    assertThat(report.refused().getFirst().reason().message())
        .isEqualTo("52:54:00:00:00:01 is in line 2");
  }

  @Test
  void whatIsExportedIsReadBackExactly() throws IOException {
    Device odd =
        new Device(
            mac(1),
            "=cmd|' /C calc'!A0",
            Optional.of(PortalParts.address("10.0.0.1")),
            Optional.of("board"),
            Optional.of("boot/x \"y\",z"),
            false,
            Map.of("a", "-1+1", "b", " blanks ", "c", "two\nlines"),
            Map.of("144", "x=y", "router", "10.0.0.254"),
            new TftpRules(
                Optional.of(1468),
                Optional.empty(),
                Optional.of(false),
                Optional.empty(),
                Optional.of(TftpRules.WriteGrant.RENAME),
                Optional.empty()),
            0);
    portal.devices.put(odd, OptionalLong.empty(), OPERATOR);
    apply("mac,name\n525400000002,'quoted\n525400000003,\n525400000004,中文\n");
    List<Device> all = List.copyOf(portal.devices.all());
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    new DeviceExport(portal.audit).write(all, OPERATOR, out);
    String csv = out.toString(UTF_8);
    assertThat(csv).contains("\"'=cmd|").contains("\"''quoted\"").doesNotContain(",\"=");
    assertThat(audited(AuditAction.DEVICES_EXPORTED)).hasSize(1);
    assertThat(imports.preview(DeviceListFormat.CSV, csv).count(Outcome.UNCHANGED)).isEqualTo(4);
    all.forEach(d -> portal.devices.delete(d.hardwareAddress(), OptionalLong.empty(), OPERATOR));
    assertThat(apply(csv).count(Outcome.ADDED)).isEqualTo(4);
    Device back = device(1);
    assertThat(back.name()).isEqualTo(odd.name());
    assertThat(back.variables()).isEqualTo(odd.variables());
    assertThat(back.options()).isEqualTo(odd.options());
    assertThat(back.tftp()).isEqualTo(odd.tftp());
    assertThat(back.enabled()).isFalse();
    assertThat(device(2).name()).isEqualTo("'quoted");
    assertThat(device(4).name()).isEqualTo("中文");
  }

  @Test
  void asManyAsMayBeAreImportedAndOneMoreIsRefused() {
    StringBuilder csv = new StringBuilder("mac,name,ip\n");
    for (int i = 1; i <= DeviceList.MOST; i++) {
      csv.append("5254000%05x,d%d,10.1.%d.%d\n".formatted(i, i, i / 250, i % 250));
    }
    assertThat(apply(csv.toString()).count(Outcome.ADDED)).isEqualTo(DeviceList.MOST);
    assertThat(portal.devices.all()).hasSize(DeviceList.MOST);
    assertThat(device(777).name()).isEqualTo("d777");
    csv.append("525400ffffff,x,\n");
    assertThatThrownBy(() -> apply(csv.toString()))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("import.many");
  }

  @Test
  @Timeout(20)
  void aListThatIsMadeForItHoldsNobodyUp() {
    String blanks = " ".repeat(1 << 20);
    StringBuilder chain = new StringBuilder("t0:gw=10.0.0.1:\n");
    for (int i = 1; i < 100_000; i++) {
      chain.append("t%d:tc=t%d:\n".formatted(i, i - 1));
    }
    chain.append("a:tc=t99999:ha=525400000001:\n");
    ImportReport report = imports.preview(DeviceListFormat.BOOTPTAB, chain.toString());
    assertThat(report.refused()).hasSize(1);
    String slashes = "a:ha=525400000001:hd=" + "/".repeat(1 << 20) + "x:bf=y:\n";
    assertThat(imports.preview(DeviceListFormat.BOOTPTAB, slashes).refused()).hasSize(1);
    for (String line : List.of("a" + blanks + "b,c", "a" + blanks + "=b,c", "\"" + blanks)) {
      imports.preview(DeviceListFormat.DNSMASQ, line);
      imports.preview(DeviceListFormat.CSV, "mac\n" + line);
    }
    assertThatThrownBy(() -> imports.preview(DeviceListFormat.DNSMASQ, "x\n".repeat(1 << 20)))
        .hasMessageContaining("import.many");
  }

  @Test
  void aFileIsUtf8AndNotTooLarge() {
    assertThat(DeviceImport.text("\ufeffmac".getBytes(UTF_8))).isEqualTo("mac");
    assertThatThrownBy(() -> DeviceImport.text("中文".getBytes(Charset.forName("GB18030"))))
        .hasMessageContaining("import.encoding");
    assertThatThrownBy(() -> DeviceImport.text(new byte[DeviceImport.MOST_BYTES + 1]))
        .hasMessageContaining("import.large");
  }
}
