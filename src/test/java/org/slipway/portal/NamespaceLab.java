package org.slipway.portal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Hosts that are network namespaces of this machine, joined by cables that are pairs of virtual
 * interfaces. Nothing outside of them is touched; closing it removes everything and ends what runs
 * in them.
 */
public final class NamespaceLab implements AutoCloseable {
  private final String ip;
  private final Map<String, String> namespaces = new LinkedHashMap<>();
  private final List<Process> running = new ArrayList<>();

  /** Skips the test where namespaces cannot be had; in CI they must. */
  public NamespaceLab() {
    assumeTrue("root".equals(System.getProperty("user.name")), "network namespaces need root");
    ip = InstalledTool.named("ip").toString();
  }

  /** Adds a host. */
  public void host(String name) throws IOException, InterruptedException {
    String namespace = "slipway-" + name + ProcessHandle.current().pid();
    namespaces.put(name, namespace);
    ip("netns add " + namespace);
    ip("-n " + namespace + " link set lo up");
  }

  /** A cable between two interfaces that are made for it, both up. */
  public void cable(String host, String port, String otherHost, String otherPort)
      throws IOException, InterruptedException {
    ip(
        "-n %s link add %s type veth peer name %s netns %s"
            .formatted(namespaces.get(host), port, otherPort, namespaces.get(otherHost)));
    up(host, port);
    up(otherHost, otherPort);
  }

  public void up(String host, String port) throws IOException, InterruptedException {
    ip("-n %s link set %s up".formatted(namespaces.get(host), port));
  }

  /**
   * @param address with the length of its prefix
   */
  public void address(String host, String port, String address)
      throws IOException, InterruptedException {
    ip("-n %s addr add %s dev %s".formatted(namespaces.get(host), address, port));
  }

  /** Any other command of {@code ip} on a host. */
  public void on(String host, String command) throws IOException, InterruptedException {
    ip("-n " + namespaces.get(host) + " " + command);
  }

  /** Starts a command on a host; it is ended when the laboratory is closed. */
  public Process start(String host, Path output, List<String> command) throws IOException {
    Process process =
        new ProcessBuilder(inside(host, command))
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    running.add(process);
    return process;
  }

  /** A process whose input and output are the test's. */
  public Process startTalking(String host, List<String> command) throws IOException {
    Process process = new ProcessBuilder(inside(host, command)).redirectErrorStream(true).start();
    running.add(process);
    return process;
  }

  /** What a command on a host prints; it must end by itself within a minute. */
  public String output(String host, List<String> command) throws IOException, InterruptedException {
    Path output = Files.createTempFile("slipway-lab", ".txt");
    try {
      Process process = start(host, output, command);
      if (!process.waitFor(60, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
      return Files.readString(output);
    } finally {
      Files.delete(output);
    }
  }

  private List<String> inside(String host, List<String> command) {
    List<String> all = new ArrayList<>(List.of(ip, "netns", "exec", namespaces.get(host)));
    all.addAll(command);
    return all;
  }

  private void ip(String arguments) throws IOException, InterruptedException {
    assertThat(run(arguments)).as("ip " + arguments).isZero();
  }

  private int run(String arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(ip));
    command.addAll(List.of(arguments.split(" ")));
    return new ProcessBuilder(command).inheritIO().start().waitFor();
  }

  @Override
  public void close() throws Exception {
    for (Process process : running.reversed()) {
      process.descendants().forEach(ProcessHandle::destroy);
      process.destroy();
    }
    for (Process process : running) {
      if (!process.waitFor(60, TimeUnit.SECONDS)) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly().waitFor();
      }
    }
    for (String namespace : namespaces.values()) {
      run("netns del " + namespace);
    }
  }
}
