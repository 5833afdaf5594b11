package org.slipway.tftp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slipway.tftp.wire.ErrorCode;
import org.slipway.tftp.wire.TftpCodec;
import org.slipway.tftp.wire.TftpPacket;
import org.slipway.tftp.wire.TftpPacket.Acknowledgement;
import org.slipway.tftp.wire.TftpPacket.Data;
import org.slipway.tftp.wire.TftpPacket.Failure;
import org.slipway.tftp.wire.TftpPacket.OptionAcknowledgement;

/** What other servers were measured to do, and what this one does instead: one probe each. */
class TftpBehaviourTest {
  private static final String HOST = "127.0.0.1";

  @TempDir static Path folder;
  private static TftpPortal portal;

  @BeforeAll
  static void start() throws IOException {
    portal = new TftpPortal(folder);
    portal.file("file", 5_000);
    portal.file("sub/file", 10);
    portal.file("large", 2_000_000);
  }

  @AfterAll
  static void stop() {
    portal.close();
  }

  private static TftpPacket read(String filename, String... options) throws IOException {
    try (Probe probe = portal.probe(HOST)) {
      probe.request(filename, options);
      return probe.next();
    }
  }

  private static TftpPacket answer(String octets) throws IOException {
    try (Probe probe = portal.probe(HOST)) {
      probe.raw(octets);
      return probe.next();
    }
  }

  private static void assertError(TftpPacket packet, ErrorCode code) {
    assertThat(packet).isInstanceOf(Failure.class);
    assertThat(((Failure) packet).code()).isEqualTo(code.number());
  }

  private static Map<String, String> granted(String... options) throws IOException {
    return read("large", options) instanceof OptionAcknowledgement answer
        ? answer.options()
        : Map.of();
  }

  /** RFC 1123 section 4.2.3.1, the sorcerer's apprentice. */
  @Test
  void threeTimesTheSameAckIsOneBlock() throws IOException {
    try (Probe probe = portal.probe(HOST)) {
      probe.request("file");
      probe.next();
      for (int i = 0; i < 3; i++) {
        probe.ack(1);
      }
      assertThat(probe.nextData().block()).isEqualTo(2);
      assertThat(probe.hearsNothing()).isTrue();
    }
  }

  /** RFC 1350 section 4. */
  @Test
  void aStrangerToATransferIsToldError5() throws IOException {
    try (Probe client = portal.probe(HOST);
        Probe stranger = portal.probe(HOST)) {
      client.request("file");
      client.next();
      stranger.send(client.peer(), TftpCodec.encode(new Acknowledgement(1)));
      assertError(stranger.next(), ErrorCode.UNKNOWN_TRANSFER_ID);
      client.ack(1);
      assertThat(client.nextData().block()).isEqualTo(2);
    }
  }

  /** RFC 1123 section 4.2.3.2; that it goes on with 15 s is in {@link RetransmissionTest}. */
  @Test
  void withoutAnAckItIsSentAgainAfterOneThreeAndSevenSeconds() throws IOException {
    try (Probe probe = portal.probe(HOST)) {
      long start = System.nanoTime();
      probe.request("file");
      assertThat(probe.nextData().block()).isEqualTo(1);
      List<Double> times = new ArrayList<>();
      while (times.size() < 3) {
        assertThat(probe.nextData().block()).isEqualTo(1);
        times.add((System.nanoTime() - start) / 1e9);
      }
      // Not before its time; how late it may be heard depends on this machine too.
      assertThat(times.get(0)).isBetween(0.7, 1.9);
      assertThat(times.get(1)).isBetween(2.5, 4.5);
      assertThat(times.get(2)).isBetween(6.2, 9.0);
    }
  }

  /** RFC 2349: the granted timeout and no other; the same in microseconds (tftp-hpa). */
  @Test
  void anAgreedTimeoutIsKeptExactly() throws IOException {
    for (String[] option :
        new String[][] {{"timeout", "1", "1.0"}, {"utimeout", "300000", "0.3"}}) {
      try (Probe probe = portal.probe(HOST)) {
        probe.request("file", option[0], option[1]);
        assertThat(probe.next()).isEqualTo(new OptionAcknowledgement(Map.of(option[0], option[1])));
        List<Double> waits = new ArrayList<>();
        long before = System.nanoTime();
        for (int i = 0; i < 3; i++) {
          probe.next();
          waits.add((System.nanoTime() - before) / 1e9);
          before = System.nanoTime();
        }
        // A stall of this machine makes one longer and the next one shorter.
        double median = waits.stream().sorted().toList().get(1);
        assertThat(median).as("%s", waits).isCloseTo(Double.parseDouble(option[2]), within(0.2));
      }
    }
  }

  @Test
  void aBackslashSeparatesNames() throws IOException {
    assertThat(read("sub\\file")).isInstanceOf(Data.class);
  }

  @Test
  void aLeadingSlashIsTheRootOfTheArea() throws IOException {
    assertThat(read("/sub/file")).isInstanceOf(Data.class);
    assertThat(read("//sub//file")).isInstanceOf(Data.class);
  }

  @Test
  void twoDotsAreAnAccessViolation() throws IOException {
    assertError(read("../x"), ErrorCode.ACCESS_VIOLATION);
    assertError(read("sub/../../x"), ErrorCode.ACCESS_VIOLATION);
    assertError(read("..\\x"), ErrorCode.ACCESS_VIOLATION);
  }

  /** A link is not there for anybody: nothing tells where it leads. */
  @Test
  void aLinkOutOfTheAreaIsNotServed() throws IOException {
    Path secret = Files.writeString(folder.resolve("secret"), "secret");
    Files.createSymbolicLink(portal.path("link"), secret);
    Files.createSymbolicLink(portal.path("up"), folder);
    for (String name : new String[] {"link", "up/secret", "LINK"}) {
      TftpPacket answer = read(name);
      assertThat(answer).as(name).isInstanceOf(Failure.class);
      assertThat(((Failure) answer).code()).isIn(1, 2);
    }
  }

  @Test
  void aFolderIsAnError() throws IOException {
    assertError(read("sub"), ErrorCode.ACCESS_VIOLATION);
    assertError(read("/"), ErrorCode.ACCESS_VIOLATION);
  }

  /** RFC 1350 section 1. */
  @Test
  void mailAndUnknownModesAreIllegal() throws IOException {
    assertError(answer("\0\1file\0mail\0"), ErrorCode.ILLEGAL_OPERATION);
    assertError(answer("\0\1file\0junk\0"), ErrorCode.ILLEGAL_OPERATION);
  }

  /** RFC 1350 section 5. */
  @Test
  void aRequestThatIsCutOffOrNamesNothingIsIllegal() throws IOException {
    assertError(answer("\0\1file\0oct"), ErrorCode.ILLEGAL_OPERATION);
    assertError(answer("\0\1\0octet\0"), ErrorCode.ILLEGAL_OPERATION);
  }

  /** RFC 2348. */
  @Test
  void aBlksizeOutOfBoundsIsIgnored() throws IOException {
    assertThat(granted("blksize", "7")).isEmpty();
    assertThat(granted("blksize", "abc")).isEmpty();
  }

  @Test
  void aBlksizeAboveTheLargestIsCapped() throws IOException {
    assertThat(granted("blksize", "65465")).isEqualTo(Map.of("blksize", "65464"));
  }

  /** RFC 2347, and RFC 2090 for multicast: answered as if it had not been asked for. */
  @Test
  void unknownOptionsAndMulticastAreIgnored() throws IOException {
    assertThat(granted("foo", "bar", "multicast", "")).isEmpty();
    assertThat(granted("foo", "bar", "multicast", "", "tsize", "0"))
        .isEqualTo(Map.of("tsize", "2000000"));
  }

  /** RFC 2349. */
  @Test
  void aTimeoutOutOfBoundsIsIgnored() throws IOException {
    assertThat(granted("timeout", "0")).isEmpty();
    assertThat(granted("timeout", "256")).isEmpty();
    assertThat(granted("utimeout", "10")).isEmpty();
  }

  /** RFC 7440. */
  @Test
  void aWindowIsGrantedUpToTheBound() throws IOException {
    assertThat(granted("windowsize", "16")).isEqualTo(Map.of("windowsize", "16"));
    assertThat(granted("windowsize", "65535")).isEqualTo(Map.of("windowsize", "64"));
  }

  /** RFC 2349: the size that goes over the wire. */
  @Test
  void theSizeInNetasciiIsTheConvertedOne() throws IOException {
    Files.writeString(portal.path("text"), "a\nb\r");
    try (Probe probe = portal.probe(HOST)) {
      probe.request("text", "netascii", Map.of("tsize", "0"));
      assertThat(probe.next()).isEqualTo(new OptionAcknowledgement(Map.of("tsize", "6")));
    }
  }

  @Test
  void errorTextsAreShortAndNameNoPath() throws IOException {
    for (String name : new String[] {"nothing", "../x", "sub"}) {
      assertThat(((Failure) read(name)).message())
          .hasSizeLessThan(40)
          .doesNotContain("/")
          .doesNotContain(name);
    }
  }

  /** UEFI: size first, then error 8 and a new request; Intel: no word, a new request. */
  @Test
  void sizeProbesOfFirmwareAreNoFailures() throws IOException {
    try (Probe probe = portal.probe(HOST)) {
      probe.request("large", "tsize", "0", "blksize", "1468");
      probe.next();
      probe.toTransfer(new Failure(8, "User aborted the transfer"));
      probe.request("large", "tsize", "0");
      probe.next();
      probe.request("large", "blksize", "1456");
      assertThat(probe.next()).isEqualTo(new OptionAcknowledgement(Map.of("blksize", "1456")));
    }
  }

  /** RFC 1123 section 4.2.3.4: what comes to a broadcast address is answered from our own. */
  @Test
  void aRequestToTheBroadcastAddressIsAnsweredFromOurOwn() throws IOException {
    try (Probe probe = portal.probe(HOST)) {
      probe.send(
          new java.net.InetSocketAddress("127.255.255.255", portal.port),
          TftpCodec.encode(new TftpPacket.ReadRequest("file", "octet", Map.of())));
      assertThat(probe.nextData().block()).isEqualTo(1);
      assertThat(probe.peer().getAddress().getHostAddress()).isEqualTo(HOST);
      probe.ack(1);
      assertThat(probe.nextData().block()).isEqualTo(2);
    }
  }

  /** Before the first ACK one packet is on its way, however large the window (RFC 7440). */
  @Test
  void nothingButOnePacketGoesOutBeforeTheFirstAck() throws IOException {
    for (String[] options : new String[][] {{}, {"windowsize", "64", "blksize", "1468"}}) {
      try (Probe probe = portal.probe(HOST)) {
        long start = System.nanoTime();
        probe.request("large", options);
        TftpPacket first = probe.next();
        Optional<TftpPacket> second = probe.next(700);
        // On a busy machine the first packet may have been due again.
        if (second.isPresent()) {
          assertThat(second).contains(first);
          assertThat((System.nanoTime() - start) / 1e9).isGreaterThan(0.9);
        }
      }
    }
  }
}
