package org.slipway.bootp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slipway.portal.NamespaceLab;

/**
 * Two networks of network namespaces, on each a device without an address: does a reply to
 * 255.255.255.255 leave by the right interface, from the right address, and arrive?
 */
class BroadcastReplyIT {
  private static final String SERVER = "s";
  private static final String DEVICE_A = "a";
  private static final String DEVICE_B = "b";
  private static final List<String> NATIVE_ACCESS =
      List.of("--enable-native-access=ALL-UNNAMED", "--add-opens=java.base/sun.nio.ch=ALL-UNNAMED");

  private NamespaceLab lab;

  @BeforeEach
  void connect() throws Exception {
    lab = new NamespaceLab();
    for (String name : List.of(SERVER, DEVICE_A, DEVICE_B)) {
      lab.host(name);
    }
    cable("va", DEVICE_A, "10.77.1.1/24");
    cable("vb", DEVICE_B, "10.77.2.1/24");
  }

  /** A cable from the server to a device; only the server's end has an address. */
  private void cable(String name, String device, String address) throws Exception {
    lab.cable(SERVER, name, device, "eth0");
    lab.address(SERVER, name, address);
    lab.on(device, "route add 255.255.255.255 dev eth0");
  }

  @AfterEach
  void disconnect() throws Exception {
    if (lab != null) {
      lab.close();
    }
  }

  private void serve(List<String> jvmOptions) throws Exception {
    Process server = lab.startTalking(SERVER, java(jvmOptions, NamespaceServer.class));
    assertThat(awaited(server, "ready")).isEqualTo("ready");
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

    lab.address(DEVICE_A, "eth0", "10.77.1.50/24");
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

  private String ask(String host, String mac, String how) throws Exception {
    return lab.output(host, java(List.of(), NamespaceDevice.class, mac, how)).strip();
  }

  private static List<String> java(List<String> options, Class<?> main, String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx64m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    command.addAll(options);
    command.add("-cp");
    command.add(
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));
    command.add(main.getName());
    command.addAll(List.of(arguments));
    return command;
  }

  /** Reads until a line comes. */
  private static String awaited(Process process, String wanted) throws IOException {
    String line = "";
    while (!line.equals(wanted)) {
      line = process.inputReader().readLine();
      if (line == null) {
        return "it ended";
      }
    }
    return line;
  }
}
