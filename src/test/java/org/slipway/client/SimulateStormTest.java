package org.slipway.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Five hundred devices walk their sequences at once, on a good network and on a bad one. */
class SimulateStormTest {
  private static final int DEVICES = 500;

  /** A busy server may take its time, and of five questions in a row none may be the last. */
  private static final Patience PATIENT =
      new Patience(
          Collections.nCopies(8, Duration.ofMillis(700)),
          Collections.nCopies(8, Duration.ofSeconds(1)),
          Duration.ofSeconds(60),
          Duration.ofSeconds(1));

  @TempDir private Path scratch;
  private final Map<String, byte[]> expected = new TreeMap<>();
  private ServingPortal portal;

  @BeforeEach
  void open() throws Exception {
    Files.writeString(scratch.resolve("password"), ServingPortal.PASSWORD);
    portal = new ServingPortal(Files.createDirectory(scratch.resolve("portal")));
    portal.step("boot/loader.bin", remember("boot/loader.bin", 20_000));
    portal.step("kernel.img", remember("kernel.img", 200_001));
    portal.listed("images/rootfs.img", remember("images/rootfs.img", 100_000));
    portal.listed("config.txt", remember("config.txt", 512));
    portal.devices(DEVICES, "127.0.16.1");
  }

  @AfterEach
  void close() {
    portal.close();
  }

  private byte[] remember(String name, int size) {
    byte[] content = new byte[size];
    new Random(size).nextBytes(content);
    expected.put(name, content);
    return content;
  }

  private JsonNode simulate(String... more) throws Exception {
    List<String> arguments =
        new ArrayList<>(List.of("simulate", "127.0.0.1", "--json", "--mac", ServingPortal.MAC));
    arguments.addAll(portal.ports());
    arguments.add("--count=" + DEVICES);
    arguments.addAll(
        List.of("--user=" + ServingPortal.USER, "--password-file=" + scratch.resolve("password")));
    arguments.addAll(List.of(more));
    CommandRun run = CommandRun.of(PATIENT, arguments);
    assertThat(run.err()).isEmpty();
    assertThat(run.exitCode()).as(run.out()).isZero();
    return new ObjectMapper().readTree(run.out());
  }

  private void assertWhole(JsonNode report) {
    assertThat(report.get("outcome").asText()).isEqualTo("DONE");
    assertThat(report.get("done").asInt()).isEqualTo(DEVICES);
    assertThat(report.get("failed").asInt() + report.get("unfinished").asInt()).isZero();
    // Beside those that were made: the list, and the checksums that are published for it.
    assertThat(report.get("fewestFiles").asInt()).isEqualTo(expected.size() + 2);
    assertThat(report.get("mostFiles").asInt()).isEqualTo(expected.size() + 2);
    long content = expected.values().stream().mapToLong(bytes -> bytes.length).sum();
    assertThat(report.get("bytes").asLong()).isGreaterThan(DEVICES * content);
    assertThat(report.get("times").get("device").get("p50").asDouble()).isPositive();
  }

  @Test
  void everyFileOfEveryDeviceIsWhole() throws Exception {
    JsonNode report = simulate();
    assertWhole(report);
    assertThat(report.get("packetsLost").asLong()).isZero();
  }

  @Test
  void everyFileIsWholeAlsoWhereEachTwentiethPacketIsLost() throws Exception {
    Path into = scratch.resolve("devices");
    JsonNode report = simulate("--loss=5", "--into=" + into);
    assertWhole(report);
    assertThat(report.get("packetsLost").asLong()).isGreaterThan(DEVICES);
    try (Stream<Path> devices = Files.list(into)) {
      assertThat(devices.toList())
          .hasSize(DEVICES)
          .allSatisfy(device ->
              expected.forEach(
                  (name, bytes) -> assertThat(device.resolve(name)).hasBinaryContent(bytes)));
    }
  }
}
