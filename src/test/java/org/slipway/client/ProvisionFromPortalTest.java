package org.slipway.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slipway.accounts.AccountStatus;
import org.slipway.audit.Who;
import org.slipway.provisioning.HardwareAddress;

/** The client walks a sequence of the real portal, over real sockets. */
class ProvisionFromPortalTest {
  private static final String ADDRESS = "127.0.0.77";

  @TempDir private Path scratch;
  private final Map<String, byte[]> expected = new TreeMap<>();
  private ServingPortal portal;
  private Path into;
  private Path password;

  @BeforeEach
  void open() throws IOException {
    into = scratch.resolve("device");
    password = Files.writeString(scratch.resolve("password"), ServingPortal.PASSWORD);
    portal = new ServingPortal(Files.createDirectory(scratch.resolve("portal")));
    step("boot/loader.bin", 513);
    step("kernel.img", 3_000_000);
    listed("images/rootfs.img", 5_000_000);
    listed("configs/交换机 一.cfg", 512);
    listed("with space.txt", 511);
    listed("empty", 0);
    listed("one", 1);
    listed("a:b", 100);
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

  private void step(String name, int size) throws IOException {
    portal.step(name, remember(name, size));
  }

  private void listed(String name, int size) throws IOException {
    portal.listed(name, remember(name, size));
  }

  private CommandRun provision() {
    List<String> arguments = new ArrayList<>(portal.arguments());
    arguments.addAll(List.of("--user", ServingPortal.USER));
    arguments.addAll(List.of("--password-file", password.toString()));
    arguments.addAll(List.of("--into", into.toString()));
    return CommandRun.of(arguments);
  }

  @Test
  void everyFileArrivesAndTheSequenceIsOver() {
    portal.device(ADDRESS);
    CommandRun run = provision();
    assertThat(run.err()).isEmpty();
    assertThat(run.exitCode()).isZero();
    assertThat(expected)
        .allSatisfy((name, bytes) -> assertThat(into.resolve(name)).hasBinaryContent(bytes));
    assertThat(into.resolve("sw-01.rc")).content().startsWith("# slipway manifest sw-01");
    assertThat(run.out().lines().filter(line -> line.contains("checksum right"))).hasSize(6);

    CommandRun again = provision();
    assertThat(again.exitCode()).isEqualTo(3);
  }

  @Test
  void theDevicesTimelineTellsOfEveryDelivery() {
    portal.device(ADDRESS);
    provision();
    portal.parts.settle();
    assertThat(portal.parts.timeline.of(new HardwareAddress(ServingPortal.MAC)).toString())
        .contains("boot/loader.bin", "kernel.img", "sw-01.rc", "images/rootfs.img");
  }

  @Test
  void aDeviceWithAnAddressOfSomewhereElseIs4() {
    portal.device("192.0.2.77");
    CommandRun run = provision();
    assertThat(run.exitCode()).isEqualTo(4);
    assertThat(run.err()).contains("192.0.2.77", "boot/loader.bin");
  }

  @Test
  void aFileChangedBehindTheManifestsBackIs6() throws IOException {
    portal.device(ADDRESS);
    portal.replaceListed("with space.txt", "changed".getBytes(StandardCharsets.UTF_8));
    CommandRun run = provision();
    assertThat(run.exitCode()).isEqualTo(6);
    assertThat(run.err()).contains("with space.txt");
    assertThat(into.resolve("with space.txt")).doesNotExist();
  }

  @Test
  void aFileThatIsGoneIs5() throws IOException {
    portal.device(ADDRESS);
    Files.delete(portal.listedPath("one"));
    CommandRun run = provision();
    assertThat(run.exitCode()).isEqualTo(5);
    assertThat(run.err()).contains("\"one\"", "550");
  }

  @Test
  void aSuspendedAccountIs7() {
    portal.device(ADDRESS);
    portal.parts.accounts.setStatus(
        ServingPortal.USER, AccountStatus.SUSPENDED, Optional.of("test"), Who.SYSTEM);
    CommandRun run = provision();
    assertThat(run.exitCode()).isEqualTo(7);
    assertThat(run.err()).contains(ServingPortal.USER);
  }
}
