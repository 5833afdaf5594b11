package org.slipway.dhcp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.slipway.portal.InstalledTool;
import org.slipway.portal.NamespaceLab;

/**
 * The clients that are in use, on networks of network namespaces, none with an address beforehand:
 * two networks at once, one behind a relay, one where another server gives the addresses, one that
 * nobody has entered.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DhcpClientsIT {
  private static final List<String> NATIVE_ACCESS =
      List.of("--enable-native-access=ALL-UNNAMED", "--add-opens=java.base/sun.nio.ch=ALL-UNNAMED");
  private static final String SAME_MAC = "52:54:00:77:00:01";
  private static final Pattern GRANTED = Pattern.compile("(\\S+) from \\S+ yiaddr (\\S+) .*");

  @TempDir private static Path folder;
  private NamespaceLab lab;
  private Process server;

  @BeforeAll
  void connect() throws Exception {
    lab = new NamespaceLab();
    for (String name : List.of("s", "a", "b", "r", "c", "d", "e", "k")) {
      lab.host(name);
    }
    cable("va", "a", "10.77.1.1/24");
    cable("vb", "b", "10.77.2.1/24");
    cable("vr", "r", "10.77.3.1/24");
    cable("vd", "d", "10.77.9.1/24");
    lab.address("r", "eth0", "10.77.3.2/24");
    lab.cable("r", "eth1", "c", "eth0");
    lab.address("r", "eth1", "10.77.4.1/24");
    lab.on("s", "route add 10.77.4.0/24 via 10.77.3.2");
    for (String client : List.of("a", "b")) {
      lab.on(client, "link set eth0 address " + SAME_MAC);
    }
    server =
        portal(
            "s",
            "server",
            "network=one,10.77.1.0/24,10.77.1.50,10.77.1.99,boot/one",
            "network=two,10.77.2.0/24,10.77.2.50,10.77.2.99,boot/two",
            "network=far,10.77.4.0/24,10.77.4.50,10.77.4.99,boot/far",
            "device=52:54:00:77:00:09,,boot/nine");
  }

  private void cable(String port, String host, String address) throws Exception {
    lab.cable("s", port, host, "eth0");
    lab.address("s", port, address);
  }

  @AfterAll
  void disconnect() throws Exception {
    if (lab != null) {
      lab.close();
    }
  }

  private Process portal(String host, String mode, String... entered) throws IOException {
    List<String> arguments = new ArrayList<>();
    arguments.add(folder.resolve("data-" + host).toString());
    arguments.add(mode);
    arguments.addAll(List.of(entered));
    Process process =
        lab.startTalking(host, java(NamespacePortal.class, arguments.toArray(String[]::new)));
    List<String> said = new ArrayList<>();
    assertThat(untilSaid(process, "ready", said)).as(String.join("\n", said)).isTrue();
    return process;
  }

  private static boolean untilSaid(Process process, String wanted, List<String> said)
      throws IOException {
    String line = process.inputReader().readLine();
    while (line != null && !line.startsWith(wanted)) {
      said.add(line);
      line = process.inputReader().readLine();
    }
    return line != null;
  }

  private static List<String> java(Class<?> main, String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx96m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    command.addAll(NATIVE_ACCESS);
    command.add("-cp");
    command.add(
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));
    command.add(main.getName());
    command.addAll(List.of(arguments));
    return command;
  }

  /** A script that a client calls with what it was told; it prints it. */
  private static String hook(String name) throws IOException {
    Path script = folder.resolve(name);
    Files.writeString(script, "#!/bin/sh\necho \"event $1 $reason\"\nenv\n");
    Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
    return script.toString();
  }

  private String udhcpc(String host) throws Exception {
    String tool = InstalledTool.named("udhcpc").toString();
    String options = "-f -q -n -t 10 -T 1 -A 1 -i eth0 -O tftp -O bootfile -s " + hook("udhcpc.sh");
    List<String> command = new ArrayList<>(List.of(tool));
    command.addAll(List.of(options.split(" ")));
    return lab.output(host, command);
  }

  @Test
  void udhcpcOnTwoNetworksAtOnceWithOneHardwareAddress() throws Exception {
    for (int round = 0; round < 2; round++) {
      assertThat(udhcpc("a"))
          .contains("event bound")
          .containsPattern("ip=10\\.77\\.1\\.[5-9][0-9]\n")
          .contains("router=10.77.1.1\n", "siaddr=10.77.1.1\n", "boot_file=boot/one\n")
          .contains("serverid=10.77.1.1\n", "dns=192.0.2.53\n", "domain=lab.example\n");
      assertThat(udhcpc("b"))
          .containsPattern("ip=10\\.77\\.2\\.[5-9][0-9]\n")
          .contains("router=10.77.2.1\n", "siaddr=10.77.2.1\n", "boot_file=boot/two\n");
    }
  }

  @Test
  void dhclientIsTold() throws Exception {
    String tool = InstalledTool.named("dhclient").toString();
    Path log = folder.resolve("dhclient.log");
    Path configuration = folder.resolve("dhclient.conf");
    Files.writeString(
        configuration,
        "request subnet-mask, routers, domain-name, tftp-server-name, bootfile-name;\n");
    String options =
        "-4 -1 -d -cf %s -lf %s -pf %s -sf %s eth0"
            .formatted(
                configuration,
                folder.resolve("dhclient.leases"),
                folder.resolve("dhclient.pid"),
                hook("dhclient.sh"));
    List<String> command = new ArrayList<>(List.of(tool));
    command.addAll(List.of(options.split(" ")));
    Process client = lab.start("b", log, command);
    assertThat(awaited(log, "event  BOUND", client))
        .containsPattern("new_ip_address=10\\.77\\.2\\.[5-9][0-9]\n")
        .contains("new_routers=10.77.2.1\n", "new_filename=boot/two\n")
        .contains("new_next_server=10.77.2.1\n", "new_domain_name=lab.example\n");
    client.destroy();
    client.waitFor();
  }

  private static String awaited(Path log, String wanted, Process process) throws Exception {
    Instant deadline = Instant.now().plusSeconds(30);
    while (!Files.readString(log).contains(wanted)) {
      assertThat(Instant.now()).as(Files.readString(log)).isBefore(deadline);
      assertThat(process.isAlive()).as(Files.readString(log)).isTrue();
      process.waitFor(50, java.util.concurrent.TimeUnit.MILLISECONDS);
    }
    // What is printed with it comes in the same moment.
    process.waitFor(200, java.util.concurrent.TimeUnit.MILLISECONDS);
    return Files.readString(log);
  }

  /**
   * It cannot broadcast, and starts only where an interface has some address; it tells the server
   * none, so that it gets one as a device without an address does.
   */
  @Test
  void bootptestIsTold() throws Exception {
    String tool = InstalledTool.named("bootptest").toString();
    lab.address("a", "eth0", "10.99.0.9/32");
    try {
      lab.on("a", "route replace 10.77.1.1/32 dev eth0");
      assertThat(lab.output("a", List.of(tool, "-h", "10.77.1.1")))
          .containsPattern("10\\.77\\.1\\.[5-9][0-9]")
          .contains("10.77.1.1", "boot/one");
    } finally {
      lab.on("a", "addr del 10.99.0.9/32 dev eth0");
    }
  }

  @Test
  void aClientBehindARelayGetsWhatItsOwnNetworkHas() throws Exception {
    String tool = InstalledTool.named("dhcrelay").toString();
    Path log = folder.resolve("dhcrelay.log");
    List<String> command = List.of(tool, "-4", "-d", "-id", "eth1", "-iu", "eth0", "10.77.3.1");
    Process relay = lab.start("r", log, command);
    awaited(log, "Sending on", relay);
    assertThat(udhcpc("c"))
        .containsPattern("ip=10\\.77\\.4\\.[5-9][0-9]\n")
        .contains("router=10.77.4.1\n", "siaddr=10.77.3.1\n", "boot_file=boot/far\n");
  }

  @Test
  void aRequestOfANetworkThatIsNotEnteredIsRecordedWithItsReason() throws Exception {
    lab.on("d", "route add 255.255.255.255 dev eth0");
    assertThat(client("d", "discover", "52:54:00:77:00:09").lines())
        .hasSize(3)
        .containsOnly("discover no reply");
    assertThat(asked(server, "NETWORK_UNKNOWN")).isEqualTo("3");
  }

  private String client(String host, String... arguments) throws Exception {
    return lab.output(host, java(NamespaceClient.class, arguments));
  }

  private static String asked(Process portal, String question) throws IOException {
    portal.outputWriter().write(question + "\n");
    portal.outputWriter().flush();
    String line = portal.inputReader().readLine();
    while (line != null && !line.startsWith(NamespacePortal.ANSWER)) {
      line = portal.inputReader().readLine();
    }
    assertThat(line).as("it ended").isNotNull();
    return line.substring(NamespacePortal.ANSWER.length());
  }

  @Test
  void aProxyNamesTheFileBesideAServerThatGivesTheAddresses() throws Exception {
    String tool = InstalledTool.named("dnsmasq").toString();
    for (String name : List.of("p", "m", "x", "w")) {
      lab.host(name);
    }
    lab.on("w", "link add br0 type bridge");
    lab.up("w", "br0");
    for (String name : List.of("p", "m", "x")) {
      lab.cable("w", "to-" + name, name, "eth0");
      lab.on("w", "link set to-" + name + " master br0");
    }
    lab.address("p", "eth0", "10.77.6.1/24");
    lab.address("m", "eth0", "10.77.6.2/24");
    lab.on("x", "route add 255.255.255.255 dev eth0");
    Path log = folder.resolve("dnsmasq.log");
    String options =
        "--keep-in-foreground --log-facility=- --conf-file=/dev/null --port=0 --user=root"
            + " --dhcp-range=10.77.6.50,10.77.6.99,255.255.255.0 --no-ping --dhcp-leasefile="
            + folder.resolve("dnsmasq.leases")
            + " --pid-file="
            + folder.resolve("dnsmasq.pid");
    List<String> command = new ArrayList<>(List.of(tool));
    command.addAll(List.of(options.split(" ")));
    awaited(log, "DHCP, IP range", lab.start("m", log, command));
    Process proxy = portal("p", "proxy", "network=six,10.77.6.0/24,,,boot/six");

    assertThat(client("x", "pxe", "52:54:00:77:00:66").lines())
        .anyMatch(l -> l.startsWith("address from 10.77.6.2 yiaddr 10.77.6."))
        .contains("file from 10.77.6.1 yiaddr 0.0.0.0 siaddr 10.77.6.1 file boot/six")
        .anyMatch(l -> l.startsWith("granted from 10.77.6.2 yiaddr 10.77.6."));
    lab.address("x", "eth0", "10.77.6.50/24");
    assertThat(client("x", "proxy", "52:54:00:77:00:66", "10.77.6.1").strip())
        .isEqualTo("proxy from 10.77.6.1 yiaddr 0.0.0.0 siaddr 10.77.6.1 file boot/six");
    assertThat(asked(proxy, "others")).isEqualTo("10.77.6.2");
  }

  /** Killed while clients lease: what was acknowledged stays theirs, and nobody else's. */
  @Test
  void noAddressIsGivenTwiceByAServerThatIsKilled() throws Exception {
    lab.cable("k", "vk", "e", "eth0");
    lab.address("k", "vk", "10.77.5.1/24");
    lab.on("e", "route add 255.255.255.255 dev eth0");
    Map<String, String> granted = new LinkedHashMap<>();
    Process portal = leasing();
    Process clients =
        lab.startTalking("e", java(NamespaceClient.class, "lease", "52:54:00:88", "0", "30"));
    for (int round = 0; round < 3; round++) {
      take(clients, 3 + 2 * round, granted);
      portal.destroyForcibly().waitFor();
      portal = leasing();
    }
    take(clients, 30, granted);
    assertThat(granted).hasSize(30);
    assertThat(granted.values()).doesNotHaveDuplicates();

    List<String> reboot = new ArrayList<>(List.of("reboot"));
    granted.forEach((mac, address) -> reboot.addAll(List.of(mac, address)));
    Map<String, String> again = new LinkedHashMap<>();
    client("e", reboot.toArray(String[]::new)).lines().forEach(l -> grant(l, again));
    assertThat(again).isEqualTo(granted);
  }

  private Process leasing() throws IOException {
    return portal("k", "server", "network=five,10.77.5.0/24,10.77.5.20,10.77.5.200,boot/five");
  }

  /** Reads so many acknowledgements at most. */
  private static void take(Process clients, int most, Map<String, String> granted)
      throws IOException {
    for (int i = 0; i < most; i++) {
      String line = clients.inputReader().readLine();
      if (line == null) {
        return;
      }
      grant(line, granted);
    }
  }

  private static void grant(String line, Map<String, String> granted) {
    Matcher said = GRANTED.matcher(line);
    assertThat(said.matches()).as(line).isTrue();
    granted.put(said.group(1), said.group(2));
  }
}
