package org.slipway.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slipway.tftp.wire.ErrorCode;
import org.slipway.tftp.wire.TftpPacket.Failure;

/** {@code tftp put}, and what both directions do when a transfer breaks off. */
class TftpPutCommandTest {
  @TempDir private Path folder;
  private final Map<String, byte[]> taken = new ConcurrentHashMap<>();

  private static CommandRun tftp(String verb, TftpStub server, String... more) {
    List<String> arguments = new ArrayList<>(List.of("tftp", verb));
    arguments.add("127.0.0.1:" + server.address().getPort());
    arguments.addAll(List.of(more));
    return CommandRun.of(arguments);
  }

  private Path file(int size) throws Exception {
    byte[] content = new byte[size];
    new Random(size).nextBytes(content);
    return Files.write(folder.resolve("local.bin"), content);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 1427, 1428, 1429, 200_000})
  void everySizeArrivesWhole(int size) throws Exception {
    Path local = file(size);
    try (TftpStub server = new TftpStub(TftpStub.accepting(taken, 0))) {
      CommandRun run = tftp("put", server, "remote.bin", local.toString(), "--checksum");
      assertThat(run.err()).isEmpty();
      assertThat(run.exitCode()).isZero();
      assertThat(local).hasBinaryContent(taken.get("remote.bin"));
      assertThat(run.out()).contains(StubPortal.sha256(Files.readAllBytes(local)));
      assertThat(server.requests().getFirst().options()).containsEntry("tsize", "" + size);
    }
  }

  @Test
  void theStandardInputIsSent() throws Exception {
    byte[] content = Files.readAllBytes(file(5000));
    InputStream before = System.in;
    System.setIn(new ByteArrayInputStream(content));
    try (TftpStub server = new TftpStub(TftpStub.accepting(taken, 0))) {
      CommandRun run = tftp("put", server, "f", "-", "--json");
      assertThat(run.exitCode()).as(run.err()).isZero();
      assertThat(taken.get("f")).isEqualTo(content);
      assertThat(run.out()).contains("\"bytes\" : 5000").doesNotContain("path");
      assertThat(server.requests().getFirst().options()).containsEntry("tsize", "5000");
    } finally {
      System.setIn(before);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 16, 17, 20})
  void aLostBlockIsSentAgain(int lost) throws Exception {
    Path local = file(20 * 512 - 1);
    try (TftpStub server = new TftpStub(TftpStub.accepting(taken, lost))) {
      CommandRun run = tftp("put", server, "f", local.toString(), "--blksize=512");
      assertThat(run.exitCode()).isZero();
      assertThat(local).hasBinaryContent(taken.get("f"));
    }
  }

  @Test
  void theServerIsAskedForTheTimeout() throws Exception {
    Path local = file(10);
    try (TftpStub server = new TftpStub(TftpStub.accepting(taken, 0))) {
      tftp("put", server, "f", local.toString(), "--timeout=2", "--windowsize=1");
      assertThat(server.requests().getFirst().options())
          .containsEntry("timeout", "2")
          .doesNotContainKey("windowsize");
    }
  }

  @Test
  void aRefusalIs4AndIsNotTriedAgain() throws Exception {
    Path local = file(10);
    TftpStub.Script refusing =
        (request, transfer) -> transfer.send(new Failure(ErrorCode.ACCESS_VIOLATION, "no writing"));
    try (TftpStub server = new TftpStub(refusing)) {
      CommandRun run = tftp("put", server, "f", local.toString(), "--json");
      assertThat(run.failure(ExitCode.TFTP_FAILED).get("name").asText()).isEqualTo("f");
      assertThat(run.err()).contains("error 2", "writing is allowed");
      assertThat(server.requests()).hasSize(1);
    }
  }

  @Test
  void aTransferThatBrokeOffBeginsAgain() throws Exception {
    Path local = file(5000);
    AtomicInteger times = new AtomicInteger();
    TftpStub.Script accepting = TftpStub.accepting(taken, 0);
    TftpStub.Script dyingOnce =
        (request, transfer) -> {
          if (times.getAndIncrement() == 0) {
            transfer.send(
                new org.slipway.tftp.wire.TftpPacket.OptionAcknowledgement(new HashMap<>()));
          } else {
            accepting.run(request, transfer);
          }
        };
    try (TftpStub server = new TftpStub(dyingOnce)) {
      CommandRun run = tftp("put", server, "f", local.toString());
      assertThat(run.exitCode()).isZero();
      assertThat(run.err()).contains("broke off");
      assertThat(local).hasBinaryContent(taken.get("f"));
    }
  }

  @Test
  void aServerThatDiesEachTimeIs4AndAFetchLeavesNothing() throws Exception {
    TftpStub.Script dying =
        (request, transfer) -> {
          transfer.sendBlock(1, new byte[512]);
          transfer.expectAcknowledgement(1);
        };
    Path into = Files.createDirectory(folder.resolve("into"));
    try (TftpStub server = new TftpStub(dying)) {
      CommandRun run = tftp("get", server, "f", into.toString(), "--retries=1");
      assertThat(run.exitCode()).isEqualTo(4);
      assertThat(run.err()).contains("does not answer any more");
      assertThat(server.requests()).hasSize(2);
      assertThat(into).isEmptyDirectory();
    }
  }

  @Test
  void textGoesAsNetasciiBothWays() throws Exception {
    byte[] text = "one\ntwo\r\nthree\r".getBytes(StandardCharsets.UTF_8);
    byte[] wire = "one\r\ntwo\r\0\r\nthree\r\0".getBytes(StandardCharsets.UTF_8);
    Path local = Files.write(folder.resolve("t"), text);
    try (TftpStub server = new TftpStub(TftpStub.accepting(taken, 0))) {
      assertThat(tftp("put", server, "f", local.toString(), "--mode=netascii").exitCode()).isZero();
      assertThat(taken.get("f")).isEqualTo(wire);
      assertThat(server.requests().getFirst().mode()).isEqualTo("netascii");
    }
    Path back = folder.resolve("back");
    try (TftpStub server = new TftpStub(TftpStub.serving(Map.of("f", wire)))) {
      assertThat(tftp("get", server, "f", back.toString(), "--mode=netascii").exitCode()).isZero();
      assertThat(back).hasBinaryContent(text);
    }
  }

  @Test
  void jsonIsOneObjectAndNothingElse() throws Exception {
    Path local = file(10);
    try (TftpStub server = new TftpStub(TftpStub.accepting(taken, 0))) {
      assertThat(tftp("put", server, "f", local.toString(), "--json").out())
          .startsWith("{")
          .contains("\"bytes\" : 10");
    }
  }

  @Test
  void aFileThatIsNotThereIs2() throws Exception {
    try (TftpStub server = new TftpStub(TftpStub.accepting(taken, 0))) {
      CommandRun run = tftp("put", server, "f", folder.resolve("nothing").toString());
      assertThat(run.exitCode()).isEqualTo(2);
      assertThat(run.err()).contains("nothing");
    }
  }

  @Test
  void withoutAVerbIs2AndNamesBoth() {
    CommandRun run = CommandRun.of(List.of("tftp"));
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("tftp get", "tftp put");
  }
}
