package org.slipway.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slipway.portal.NamespaceLab;

/** The devices are on another host than the server: an address of that host is each one's own. */
class SimulateOnTheWireIT {
  private static final String SERVER = "server";
  private static final String DEVICES = "devices";
  private static final int COUNT = 12;

  @TempDir private Path scratch;
  private NamespaceLab lab;

  @BeforeEach
  void connect() throws Exception {
    lab = new NamespaceLab();
    lab.host(SERVER);
    lab.host(DEVICES);
    lab.cable(SERVER, "eth0", DEVICES, "eth0");
    lab.address(SERVER, "eth0", "10.78.0.1/16");
    for (int i = 1; i <= COUNT; i++) {
      lab.address(DEVICES, "eth0", "10.78.1." + i + "/16");
    }
  }

  @AfterEach
  void disconnect() throws Exception {
    if (lab != null) {
      lab.close();
    }
  }

  @Test
  void answersComeToTheAddressOfEachDevice() throws Exception {
    Files.writeString(scratch.resolve("password"), ServingPortal.PASSWORD);
    Process portal =
        lab.startTalking(
            SERVER,
            java(
                NamespacePortal.class,
                "" + scratch.resolve("portal"),
                "10.78.0.1",
                "" + COUNT,
                "10.78.1.1"));
    List<String> simulate =
        new ArrayList<>(
            List.of(
                "simulate",
                "10.78.0.1",
                "--from=10.78.1.1",
                "--mac=" + ServingPortal.MAC,
                "--count=" + COUNT,
                "--user=" + ServingPortal.USER,
                "--password-file=" + scratch.resolve("password")));
    simulate.addAll(portsOf(portal));
    // Here they ask from the usual port, which the answers come to.
    simulate.remove("--client-port=0");
    String report = lab.output(DEVICES, java(Main.class, simulate.toArray(String[]::new)));
    assertThat(report).contains("12 devices: 12 done, 0 failed.", "48 files whole (4 of each");
  }

  @Test
  void aHostOnWhichNoServerListensSaysSo() throws Exception {
    assertThat(provision("10.78.0.1")).contains("10.78.0.1:67: nothing listens there");
  }

  /** Of a network nobody can say that nothing listens there. */
  @Test
  void aNetworkInWhichNobodyAnswersIsOnlySilent() throws Exception {
    assertThat(provision("10.78.255.255"))
        .contains("Nobody answered the BOOTP requests to 10.78.255.255:67. Check");
  }

  private String provision(String host) throws Exception {
    Path into = scratch.resolve("device");
    return lab.output(
        DEVICES,
        java(Main.class, "provision", host, "--mac=" + ServingPortal.MAC, "--into=" + into));
  }

  private static List<String> portsOf(Process portal) throws Exception {
    StringBuilder said = new StringBuilder();
    String line = portal.inputReader().readLine();
    while (line != null && !line.startsWith("ready ")) {
      said.append(line).append('\n');
      line = portal.inputReader().readLine();
    }
    assertThat(line).as(said.toString()).isNotNull();
    return List.of(line.substring("ready ".length()).split(" "));
  }

  private static List<String> java(Class<?> main, String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx512m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    command.addAll(
        List.of(
            "--enable-native-access=ALL-UNNAMED",
            "--add-opens=java.base/sun.nio.ch=ALL-UNNAMED",
            "-Duser.language=en"));
    command.add("-cp");
    command.add(
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));
    command.add(main.getName());
    command.addAll(List.of(arguments));
    return command;
  }
}
