package org.slipway.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slipway.tftp.wire.TftpCodec;
import org.slipway.tftp.wire.TftpPacket;
import org.slipway.tftp.wire.TftpPacket.Acknowledgement;
import org.slipway.tftp.wire.TftpPacket.Failure;
import org.slipway.tftp.wire.TftpPacket.OptionAcknowledgement;

/** Transfers over real sockets, on a good network and on a bad one. */
class TftpFilesTest {
  @TempDir private Path folder;
  private UdpPorts ports;

  @BeforeEach
  void open() throws Exception {
    ports = UdpPorts.open();
  }

  @AfterEach
  void close() throws Exception {
    ports.close();
  }

  private MovedFile fetch(TftpStub server) throws Exception {
    return new TftpFiles(
            ports, CommandRun.IMPATIENT.tftp(), TftpFiles.Sizes.DEFAULT, ProgressBars.NONE)
        .fetch(
            server.address(),
            Optional.empty(),
            "file",
            new RemoteName("file"),
            Destination.at(folder));
  }

  private static byte[] content(int size) {
    byte[] content = new byte[size];
    new Random(size).nextBytes(content);
    return content;
  }

  private void assertNothingStays() {
    assertThat(folder).isEmptyDirectory();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 511, 512, 513, 100_000})
  void everySizeArrivesWhole(int size) throws Exception {
    byte[] content = content(size);
    try (TftpStub server = new TftpStub(TftpStub.serving(Map.of("file", content)))) {
      MovedFile file = fetch(server);
      assertThat(file.path()).hasBinaryContent(content);
      assertThat(file.bytes()).isEqualTo(size);
      assertThat(file.sha256()).isEqualTo(StubPortal.sha256(content));
    }
  }

  @Test
  void asksForOptions() throws Exception {
    try (TftpStub server = new TftpStub(TftpStub.serving(Map.of("file", content(1))))) {
      fetch(server);
      assertThat(server.requests().getFirst().options())
          .containsEntry("tsize", "0")
          .containsEntry("blksize", "1428")
          .containsEntry("windowsize", "16");
    }
  }

  @Test
  void aLostWindowPartIsSentAgain() throws Exception {
    byte[] content = content(3 * 8 + 5);
    TftpStub.Script losing =
        (request, transfer) -> {
          transfer.send(new OptionAcknowledgement(Map.of("blksize", "8", "windowsize", "4")));
          transfer.expectAcknowledgement(0);
          transfer.sendBlock(1, Arrays.copyOfRange(content, 0, 8));
          transfer.sendBlock(3, Arrays.copyOfRange(content, 16, 24));
          transfer.expectAcknowledgement(1);
          transfer.sendBlock(2, Arrays.copyOfRange(content, 8, 16));
          transfer.sendBlock(3, Arrays.copyOfRange(content, 16, 24));
          transfer.sendBlock(4, Arrays.copyOfRange(content, 24, 29));
          transfer.expectAcknowledgement(4);
        };
    try (TftpStub server = new TftpStub(losing)) {
      assertThat(fetch(server).path()).hasBinaryContent(content);
    }
  }

  @Test
  void silenceInTheMiddleIsBrokenByTheLastAcknowledgement() throws Exception {
    byte[] content = content(600);
    TftpStub.Script pausing =
        (request, transfer) -> {
          transfer.sendBlock(1, Arrays.copyOf(content, 512));
          transfer.expectAcknowledgement(1);
          transfer.expectAcknowledgement(1);
          transfer.sendBlock(2, Arrays.copyOfRange(content, 512, 600));
          transfer.expectAcknowledgement(2);
        };
    try (TftpStub server = new TftpStub(pausing)) {
      assertThat(fetch(server).path()).hasBinaryContent(content);
    }
  }

  @Test
  void aRepeatedLastBlockIsAcknowledgedWhileTheNextThingIsAwaited() throws Exception {
    CompletableFuture<TftpPacket> again = new CompletableFuture<>();
    TftpStub.Script repeating =
        (request, transfer) -> {
          transfer.sendBlock(1, content(5));
          transfer.expectAcknowledgement(1);
          transfer.sendBlock(1, content(5));
          again.complete(transfer.receive());
        };
    try (TftpStub server = new TftpStub(repeating);
        UdpPort other = UdpPort.open(ports, new InetSocketAddress("127.0.0.1", 0))) {
      fetch(server);
      while (!again.isDone()) {
        other.receive(Duration.ofMillis(20));
      }
      assertThat(again.get(30, TimeUnit.SECONDS)).isEqualTo(new Acknowledgement(1));
    }
  }

  @Test
  void aStrangerIsRejectedAndTheTransferGoesOn() throws Exception {
    byte[] content = content(600);
    CompletableFuture<Failure> rejection = new CompletableFuture<>();
    TftpStub.Script intruded =
        (request, transfer) -> {
          transfer.sendBlock(1, Arrays.copyOf(content, 512));
          transfer.expectAcknowledgement(1);
          rejection.complete(intrude(transfer.client()));
          transfer.sendBlock(2, Arrays.copyOfRange(content, 512, 600));
          transfer.expectAcknowledgement(2);
        };
    try (TftpStub server = new TftpStub(intruded)) {
      assertThat(fetch(server).path()).hasBinaryContent(content);
      assertThat(rejection.join().code()).isEqualTo(5);
    }
  }

  /** Sends the next block from another port, and returns what comes back. */
  private static Failure intrude(InetSocketAddress client) throws Exception {
    try (DatagramSocket stranger = new DatagramSocket(0, InetAddress.getByName("127.0.0.1"))) {
      stranger.setSoTimeout(30_000);
      ByteBuffer block = TftpCodec.encode(new TftpPacket.Data(2, ByteBuffer.wrap(content(10))));
      stranger.send(new DatagramPacket(block.array(), block.limit(), client));
      DatagramPacket answer = new DatagramPacket(new byte[100], 100);
      stranger.receive(answer);
      return (Failure) TftpCodec.decode(ByteBuffer.wrap(answer.getData(), 0, answer.getLength()));
    }
  }

  @Test
  void anotherSizeThanAnnouncedFailsAndNothingStays() throws Exception {
    CompletableFuture<TftpPacket> told = new CompletableFuture<>();
    TftpStub.Script lying =
        (request, transfer) -> {
          transfer.send(new OptionAcknowledgement(Map.of("tsize", "1000")));
          transfer.expectAcknowledgement(0);
          transfer.sendBlock(1, content(10));
          told.complete(transfer.receive());
        };
    try (TftpStub server = new TftpStub(lying)) {
      assertThatThrownBy(() -> fetch(server)).hasMessageContaining("announced 1,000 bytes");
      assertThat(told.get(30, TimeUnit.SECONDS)).isInstanceOf(Failure.class);
      assertNothingStays();
    }
  }

  @Test
  void anErrorInTheMiddleFailsAndNothingStays() throws Exception {
    TftpStub.Script failing =
        (request, transfer) -> {
          transfer.sendBlock(1, content(512));
          transfer.expectAcknowledgement(1);
          transfer.send(new Failure(0, "disk broken"));
        };
    try (TftpStub server = new TftpStub(failing)) {
      assertThatThrownBy(() -> fetch(server)).hasMessageContaining("disk broken");
      assertNothingStays();
    }
  }

  @Test
  void aServerThatNeverAnswersIsGivenUp() throws Exception {
    try (TftpStub server = new TftpStub((request, transfer) -> {})) {
      assertThatThrownBy(() -> fetch(server)).hasMessageContaining("does not answer");
      assertThat(server.requests()).hasSize(CommandRun.IMPATIENT.tftp().size());
      assertNothingStays();
    }
  }
}
