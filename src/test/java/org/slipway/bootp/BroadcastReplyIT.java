package org.slipway.bootp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Two networks of network namespaces, on each a device without an address: does a reply to
 * 255.255.255.255 leave by the right interface, from the right address, and arrive?
 */
class BroadcastReplyIT {
  private static final String SERVER = "slipway-s" + ProcessHandle.current().pid();
  private static final String DEVICE_A = "slipway-a" + ProcessHandle.current().pid();
  private static final String DEVICE_B = "slipway-b" + ProcessHandle.current().pid();
  private static final Path IP = Path.of("/usr/sbin/ip");

  private static final List<String> NATIVE_ACCESS =
      List.of("--enable-native-access=ALL-UNNAMED", "--add-opens=java.base/sun.nio.ch=ALL-UNNAMED");

  private Process server;

  @BeforeEach
  void connect() throws Exception {
    assumeTrue("root".equals(System.getProperty("user.name")), "network namespaces need root");
    boolean installed = Files.isExecutable(IP);
    assumeTrue(installed || "true".equals(System.getenv("CI")), "iproute2 is not installed");
    for (String name : List.of(SERVER, DEVICE_A, DEVICE_B)) {
      ip("netns add " + name);
      ip("-n " + name + " link set lo up");
    }
    cable("va", DEVICE_A, "10.77.1.1/24");
    cable("vb", DEVICE_B, "10.77.2.1/24");
  }

  private void serve(List<String> jvmOptions) throws Exception {
    server = start(SERVER, jvmOptions, NamespaceServer.class);
    assertThat(firstLine(server)).isEqualTo("ready");
  }

  /** A cable from the server to a device; only the server's end has an address. */
  private static void cable(String name, String device, String address) throws Exception {
    ip("-n %s link add %s type veth peer name eth0 netns %s".formatted(SERVER, name, device));
    ip("-n %s addr add %s dev %s".formatted(SERVER, address, name));
    ip("-n %s link set %s up".formatted(SERVER, name));
    ip("-n %s link set eth0 up".formatted(device));
    ip("-n %s route add 255.255.255.255 dev eth0".formatted(device));
  }

  @AfterEach
  void disconnect() throws Exception {
    if (server != null) {
      server.destroy();
      server.waitFor(10, TimeUnit.SECONDS);
    }
    if (Files.isExecutable(IP) && "root".equals(System.getProperty("user.name"))) {
      for (String name : List.of(SERVER, DEVICE_A, DEVICE_B)) {
        run(List.of(IP.toString(), "netns", "del", name));
      }
    }
  }

  /** Whether the JVM is allowed to ask the system for the interface of a datagram. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aDeviceWithoutAnAddressHearsItsReplyOnItsOwnNetwork(boolean told) throws Exception {
    serve(told ? NATIVE_ACCESS : List.of());
    assertThat(ask(DEVICE_A, "52:54:00:00:00:0a", "broadcast"))
        .isEqualTo("10.77.1.1:67 yiaddr 10.77.1.50 siaddr 10.77.1.1 file boot/a");
    assertThat(ask(DEVICE_B, "52:54:00:00:00:0b", "broadcast"))
        .isEqualTo("10.77.2.1:67 yiaddr 10.77.2.50 siaddr 10.77.2.1 file boot/b");
    assertThat(ask(DEVICE_B, "52:54:00:00:00:0b", "no-flag"))
        .isEqualTo("10.77.2.1:67 yiaddr 10.77.2.50 siaddr 10.77.2.1 file boot/b");

    ip("-n %s addr add 10.77.1.50/24 dev eth0".formatted(DEVICE_A));
    assertThat(ask(DEVICE_A, "52:54:00:00:00:0a", "unicast"))
        .as("the socket that broadcasts takes no requests away")
        .isEqualTo("10.77.1.1:67 yiaddr 10.77.1.50 siaddr 10.77.1.1 file boot/a");
  }

  /** No interface has an address in its subnet: only where it asked tells where it is. */
  @Test
  void aDeviceOfANetworkThatNoInterfaceHasIsAnsweredWhereItAsked() throws Exception {
    serve(NATIVE_ACCESS);
    assertThat(ask(DEVICE_B, "52:54:00:00:00:0c", "broadcast"))
        .isEqualTo("10.77.2.1:67 yiaddr 10.77.9.50 siaddr 10.77.2.1 file boot/c");
    assertThat(ask(DEVICE_A, "52:54:00:00:00:0c", "broadcast"))
        .isEqualTo("10.77.1.1:67 yiaddr 10.77.9.50 siaddr 10.77.1.1 file boot/c");
  }

  private static String ask(String namespace, String mac, String how) throws Exception {
    Process device = start(namespace, List.of(), NamespaceDevice.class, mac, how);
    try {
      return firstLine(device);
    } finally {
      device.destroy();
    }
  }

  private static Process start(
      String namespace, List<String> jvmOptions, Class<?> main, String... arguments)
      throws IOException {
    List<String> command = new ArrayList<>(List.of(IP.toString(), "netns", "exec", namespace));
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx64m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    command.addAll(jvmOptions);
    command.add("-cp");
    command.add(
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));
    command.add(main.getName());
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
  }

  private static String firstLine(Process process) throws IOException {
    BufferedReader reader = process.inputReader();
    return reader.readLine();
  }

  private static void ip(String arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of(IP.toString()));
    command.addAll(List.of(arguments.split(" ")));
    assertThat(run(command)).as("ip " + arguments).isZero();
  }

  private static int run(List<String> command) throws Exception {
    return new ProcessBuilder(command).inheritIO().start().waitFor();
  }
}
