package org.slipway.portal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * Virtual machines with the network firmware that real machines have, on a network of their own,
 * boot from the portal as an operator starts it: address, file by TFTP, script by HTTP, until the
 * serial console shows what the last file says.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class QemuBootIT {
  private static final String QEMU = "/usr/bin/qemu-system-x86_64";
  private static final String U_BOOT = "/usr/lib/u-boot/qemu-x86_64/u-boot.rom";
  private static final String ROMS = "/usr/lib/ipxe/qemu/pxe-virtio.rom";
  private static final String ADMIN = "admin:correct-horse-battery-9";
  private static final String PORTAL = "http://10.78.0.1:8080";
  private static final Duration PATIENCE = Duration.ofSeconds(120);

  @TempDir private static Path folder;
  private NamespaceLab lab;

  @BeforeAll
  void startThePortal() throws Exception {
    for (String needed : List.of(QEMU, U_BOOT, ROMS, "/usr/bin/curl")) {
      boolean installed = Files.exists(Path.of(needed));
      assumeTrue(installed || "true".equals(System.getenv("CI")), needed + " is not installed");
    }
    lab = new NamespaceLab();
    lab.host("portal");
    lab.on("portal", "tuntap add dev ipxe mode tap");
    lab.address("portal", "ipxe", "10.78.0.1/24");
    lab.up("portal", "ipxe");
    lab.on("portal", "tuntap add dev uboot mode tap");
    lab.address("portal", "uboot", "10.79.0.1/24");
    lab.up("portal", "uboot");
    startScript();
    network("ipxe", "10.78.0.0/24");
    network("uboot", "10.79.0.0/24");
    device("52:54:00:12:34:56", "10.78.0.56", "boot/first.ipxe");
    device("52:54:00:12:34:57", "10.79.0.57", "boot/marker.txt");
    put(
        "/boot-files/boot/first.ipxe",
        "#!ipxe\necho FIRST ${net0/ip}\nchain " + PORTAL + "/boot/boot/last.ipxe\n");
    put("/boot-files/boot/last.ipxe", "#!ipxe\necho SLIPWAY-MARKER over HTTP\n");
    put("/boot-files/boot/marker.txt", "SLIPWAY-MARKER by TFTP".repeat(1000));
  }

  private void startScript() throws Exception {
    Path log = folder.resolve("portal.log");
    List<String> command = new ArrayList<>();
    command.add(Path.of("deploy/slipway.sh").toAbsolutePath().toString());
    command.addAll(List.of("--data", folder.resolve("data").toString(), "--https-port", "off"));
    command.addAll(
        List.of("--payara-micro", Path.of("target/payara-micro.jar").toAbsolutePath().toString()));
    command.addAll(List.of("--war", Path.of("target/slipway.war").toAbsolutePath().toString()));
    command.addAll(
        List.of(
            "-Dslipway.dhcp.mode=server",
            "-Dslipway.admin.username=admin",
            "-Dslipway.admin.password=correct-horse-battery-9"));
    Process portal = lab.start("portal", log, command);
    Instant deadline = Instant.now().plusSeconds(180);
    while (!curl("-o", "/dev/null", "-w", "%{http_code}", "http://127.0.0.1:8080/health/ready")
        .equals("200")) {
      assertThat(portal.isAlive()).as(Files.readString(log)).isTrue();
      assertThat(Instant.now()).as(Files.readString(log)).isBefore(deadline);
    }
  }

  @AfterAll
  void stop() throws Exception {
    if (lab != null) {
      lab.close();
    }
  }

  @Test
  void ipxeGetsItsAddressItsScriptByTftpAndTheNextByHttp() throws Exception {
    Process machine =
        lab.startTalking(
            "portal", qemu("ipxe", "virtio-net-pci", "52:54:00:12:34:56", "-boot", "n"));
    assertThat(untilSaid(machine, "SLIPWAY-MARKER over HTTP"))
        .contains("FIRST 10.78.0.56")
        .contains("SLIPWAY-MARKER over HTTP");
    machine.destroy();
    String api = "http://127.0.0.1:8080/api/v1";
    assertThat(curl("-u", ADMIN, api + "/devices/52:54:00:12:34:56/packets"))
        .contains("1 DISCOVER", "2 OFFER", "3 REQUEST", "5 ACK", "iPXE");
    // It is written beside the transfer.
    Instant deadline = Instant.now().plus(PATIENCE);
    String transfers;
    do {
      transfers = curl("-u", ADMIN, api + "/transfers?device=52:54:00:12:34:56");
    } while (!transfers.contains("boot/last.ipxe") && Instant.now().isBefore(deadline));
    assertThat(transfers).contains("boot/first.ipxe", "\"TFTP\"", "boot/last.ipxe", "\"HTTP\"");
  }

  @Test
  void ubootGetsItsAddressAndItsFileByBootpAndByDhcp() throws Exception {
    Process machine =
        lab.startTalking(
            "portal", qemu("uboot", "e1000", "52:54:00:12:34:57", "-m", "256", "-bios", U_BOOT));
    untilSaid(machine, "autoboot");
    say(machine, "");
    untilSaid(machine, "=> ");
    for (String command : List.of("bootp", "dhcp")) {
      say(machine, command + " 0x1000000 && echo has ${ipaddr} 0x${filesize}; md.b 0x1000000 16");
      assertThat(untilSaid(machine, "SLIPWAY-MARKER b"))
          .as(command)
          .contains("has 10.79.0.57 0x55f0");
      untilSaid(machine, "=> ");
    }
    machine.destroy();
  }

  private static List<String> qemu(String tap, String card, String mac, String... more) {
    List<String> command = new ArrayList<>(List.of(QEMU, "-nographic", "-no-reboot"));
    command.addAll(List.of("-netdev", "tap,id=n,ifname=" + tap + ",script=no,downscript=no"));
    command.addAll(List.of("-device", card + ",netdev=n,mac=" + mac));
    command.addAll(List.of(more));
    return command;
  }

  private static void say(Process machine, String line) throws IOException {
    machine.getOutputStream().write((line + "\n").getBytes(StandardCharsets.US_ASCII));
    machine.getOutputStream().flush();
  }

  /** What the serial console shows until it shows a text. */
  private static String untilSaid(Process machine, String text) throws Exception {
    StringBuilder said = new StringBuilder();
    Instant deadline = Instant.now().plus(PATIENCE);
    Thread ending =
        Thread.startVirtualThread(() -> {
          try {
            Thread.sleep(PATIENCE);
            machine.destroy();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        });
    try {
      while (said.indexOf(text) < 0) {
        int octet = machine.getInputStream().read();
        assertThat(octet).as("the console of the machine:\n" + said).isNotNegative();
        assertThat(Instant.now()).as(said.toString()).isBefore(deadline);
        said.append((char) octet);
      }
      return said.toString();
    } finally {
      ending.interrupt();
    }
  }

  private void network(String name, String subnet) throws Exception {
    put(
        "/networks/" + name,
        "{\"name\":\"%s\",\"subnet\":\"%s\",\"unknownDevices\":\"IGNORE\"}".formatted(name, subnet),
        "Content-Type: application/json");
  }

  private void device(String mac, String address, String file) throws Exception {
    put(
        "/devices/" + mac,
        "{\"hardwareAddress\":\"%s\",\"name\":\"%s\",\"address\":\"%s\",\"bootFile\":\"%s\",\"enabled\":true}"
            .formatted(mac, mac, address, file),
        "Content-Type: application/json");
  }

  private void put(String path, String body, String... headers) throws Exception {
    Path content = Files.writeString(folder.resolve("body"), body);
    List<String> arguments = new ArrayList<>(List.of("-u", ADMIN, "-T", content.toString()));
    arguments.addAll(List.of("-w", "\n%{http_code}"));
    for (String header : headers) {
      arguments.addAll(List.of("-H", header));
    }
    arguments.add("http://127.0.0.1:8080/api/v1" + path);
    assertThat(curl(arguments.toArray(String[]::new))).as(path).endsWith("201");
  }

  private String curl(String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of("curl", "-s"));
    command.addAll(List.of(arguments));
    return lab.output("portal", command);
  }
}
