package org.slipway.bootp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slipway.bootp.OtherServers.Evidence;
import org.slipway.portal.FreePorts;
import org.slipway.settings.Settings;

/** Looking for other servers, with one that answers, on the loopback interface. */
class ServerSearchTest {
  private static final Duration PATIENCE = Duration.ofMillis(1500);
  private static final int OFFER = 2;

  private final BlockingQueue<byte[]> questions = new ArrayBlockingQueue<>(8);
  private DatagramSocket server;
  private int clientPort;
  private OtherServers others;
  private ServerSearch search;

  @BeforeEach
  void connect() throws IOException {
    server = new DatagramSocket(0, InetAddress.ofLiteral("0.0.0.0"));
    clientPort = FreePorts.next();
    Map<String, String> values =
        Map.of(
            "slipway.bind.address", "127.0.0.1",
            "slipway.bootp.port", String.valueOf(server.getLocalPort()),
            "slipway.bootp.client-port", String.valueOf(clientPort));
    Settings settings = new Settings(values::get, name -> null);
    others = new OtherServers(settings, new ServerAddress(settings), Clock.systemUTC());
    search = new ServerSearch(settings, others);
  }

  @AfterEach
  void disconnect() {
    server.close();
  }

  /** Answers each question with the datagrams that are made of it. */
  private Thread answering(Answers answers) {
    return Thread.startVirtualThread(() -> {
      try {
        while (true) {
          DatagramPacket question = new DatagramPacket(new byte[1500], 1500);
          server.receive(question);
          byte[] octets = Arrays.copyOf(question.getData(), question.getLength());
          questions.add(octets);
          for (byte[] answer : answers.to(octets)) {
            server.send(
                new DatagramPacket(
                    answer,
                    answer.length,
                    new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), clientPort)));
          }
        }
      } catch (ClosedChannelException e) {
        // the test is over
      } catch (IOException e) {
        assertThat(server.isClosed()).isTrue();
      }
    });
  }

  private interface Answers {
    List<byte[]> to(byte[] question);
  }

  /** Of RFC 2131 table 3: op, the question's xid and chaddr, options 53 and 54. */
  private static byte[] reply(byte[] question, String server) {
    byte[] reply = Arrays.copyOf(question, 300);
    reply[0] = 2;
    Arrays.fill(reply, 240, 300, (byte) 0);
    ByteBuffer options = ByteBuffer.wrap(reply, 240, 60);
    options.put(new byte[] {53, 1, OFFER, 54, 4});
    options.put(InetAddress.ofLiteral(server).getAddress()).put((byte) 255);
    return reply;
  }

  private static byte[] ofAnotherTransaction(byte[] reply) {
    reply[4] ^= 1;
    return reply;
  }

  @Test
  void whoOffersAnAddressIsFound() throws Exception {
    answering(
        q -> List.of(reply(q, "198.51.100.1"), reply(q, "198.51.100.2"), reply(q, "198.51.100.1")));
    ServerSearch.Result result = search.search();
    assertThat(result.error()).isEmpty();
    assertThat(result.askedFrom())
        .extracting(InetAddress::getHostAddress)
        .containsOnly("127.0.0.1");
    assertThat(result.servers())
        .extracting(InetAddress::getHostAddress)
        .containsExactly("198.51.100.1", "198.51.100.2");
    assertThat(others.all())
        .hasSize(2)
        .allMatch(o -> o.evidence() == Evidence.ANSWERED && o.device().isEmpty());

    byte[] question = questions.poll(30, TimeUnit.SECONDS);
    assertThat(question).hasSizeGreaterThanOrEqualTo(300);
    assertThat(Arrays.copyOf(question, 3)).containsExactly(1, 1, 6);
    assertThat(question[10] & 0x80).as("the broadcast flag").isEqualTo(0x80);
    assertThat(Arrays.copyOfRange(question, 236, 243))
        .containsExactly(99, (byte) 130, 83, 99, 53, 1, 1);
    assertThat(others.isOurSearch(ByteBuffer.wrap(question))).as("our server is silent").isTrue();
    question[33]++;
    assertThat(others.isOurSearch(ByteBuffer.wrap(question))).isFalse();
    assertThat(others.isOurSearch(ByteBuffer.allocate(20))).isFalse();
  }

  @Test
  void ourOwnAnswersAndThoseToOthersAndNonsenseAreNobody() {
    answering(q ->
        List.of(
            reply(q, "127.0.0.1"),
            q,
            ofAnotherTransaction(reply(q, "198.51.100.3")),
            new byte[0],
            Arrays.copyOf(reply(q, "198.51.100.4"), 100)));
    assertThat(search.searched(PATIENCE).servers()).isEmpty();
    assertThat(questions).hasSize(1);
    assertThat(others.all()).isEmpty();
  }

  /** The client's port belongs to somebody who does not share it. */
  @Test
  void whatCannotBeHeardIsSaid() throws Exception {
    try (DatagramSocket client = new DatagramSocket(null)) {
      client.setReuseAddress(false);
      client.bind(new InetSocketAddress(InetAddress.ofLiteral("0.0.0.0"), clientPort));
      assertThat(search.searched(PATIENCE).error()).isNotEmpty();
    }
  }
}
