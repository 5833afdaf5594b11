package org.slipway.ftp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;

/** Whoever connects to a passive port before its client does. */
class FtpDataTheftAttackTest extends AttackTest {
  private static final byte[] SECRET = "the secret of ann".repeat(100).getBytes();
  private static final byte[] FORGED = "not what ann has sent".getBytes();

  /** What a thief got, and what the victim was told at the end. */
  private record Loot(byte[] stolen, String told) {}

  private static int passivePort(RawClient client) throws IOException {
    return Integer.parseInt(client.command("EPSV").replaceAll(".*\\|\\|\\|(\\d+)\\|.*", "$1"));
  }

  private static Socket connected(AttackedServer server, int port) throws IOException {
    Socket socket = SocketChannel.open().socket();
    socket.connect(new InetSocketAddress(server.address().getAddress(), port), 2000);
    socket.setSoTimeout(30_000);
    return socket;
  }

  private static byte[] readAll(Socket socket) {
    try {
      return socket.getInputStream().readAllBytes();
    } catch (IOException brokenOff) {
      return new byte[0];
    }
  }

  private static Loot fromAnotherAddress(AttackedServer server) throws IOException {
    server.file("secret", SECRET);
    try (RawClient victim = server.loggedIn()) {
      int port = passivePort(victim);
      try (Socket thief =
              new Socket(
                  server.address().getAddress(), port, InetAddress.ofLiteral("127.0.0.2"), 0);
          Socket own = connected(server, port)) {
        victim.send("RETR secret");
        assertThat(victim.reply()).startsWith("150 ");
        byte[] stolen = readAll(thief);
        readAll(own);
        return new Loot(stolen, victim.reply());
      }
    }
  }

  @Test
  void anotherAddressGetsNothingAndTheClientAll() throws Exception {
    assertThat(fromAnotherAddress(weak(Weakness.TAKES_ANY_DATA_CONNECTION)).stolen())
        .isEqualTo(SECRET);
    Loot loot = fromAnotherAddress(ours);
    assertThat(loot.stolen()).isEmpty();
    assertThat(loot.told()).startsWith("226 ");
  }

  /** Another user of the client's machine, or behind the same NAT, who has seen the port. */
  private static Loot fromTheSameAddress(AttackedServer server) throws IOException {
    server.file("secret", SECRET);
    try (RawClient victim = server.loggedIn()) {
      int port = passivePort(victim);
      try (Socket thief = connected(server, port);
          Socket own = connected(server, port)) {
        victim.send("RETR secret");
        assertThat(victim.reply()).startsWith("150 ");
        byte[] stolen = readAll(thief);
        assertThat(readAll(own)).isEmpty();
        return new Loot(stolen, victim.reply());
      }
    }
  }

  @Test
  void ofTwoFromTheSameAddressNobodyGetsAnything() throws Exception {
    assertThat(fromTheSameAddress(weak(Weakness.TAKES_ANY_DATA_CONNECTION)).stolen())
        .isEqualTo(SECRET);
    Loot loot = fromTheSameAddress(ours);
    assertThat(loot.stolen()).isEmpty();
    assertThat(loot.told()).startsWith("425 ");
    ours.awaitAudited("SECOND_DATA_CONNECTION");
    try (RawClient victim = ours.loggedIn()) {
      assertThat(victim.fetch("RETR secret")).isEqualTo(SECRET);
    }
  }

  /** Who has not seen the port draws it from those of sessions of his own. */
  private static boolean portIsGuessed(AttackedServer server) throws IOException {
    try (RawClient attacker = server.loggedIn();
        RawClient victim = server.loggedIn()) {
      int seen = passivePort(attacker);
      int wanted = passivePort(victim);
      for (int guess = seen + 1; guess <= seen + 5; guess++) {
        try (Socket hit = connected(server, guess)) {
          if (hit.isConnected() && guess == wanted) {
            return true;
          }
        } catch (IOException nobodyThere) {
          // The next guess.
        }
      }
      return false;
    }
  }

  @Test
  void theNextPortIsNotGuessedFromTheLast() throws Exception {
    WeakServer weak = weak(Weakness.COUNTS_PASSIVE_PORTS);
    int hits = 0;
    for (int i = 0; i < 20; i++) {
      assertThat(portIsGuessed(weak)).isTrue();
      hits += portIsGuessed(ours) ? 1 : 0;
    }
    assertThat(hits).as("5 of 10,000 ports, 20 times").isLessThan(3);
  }

  private static RawClient protectedClient(AttackedServer server, SSLContext context)
      throws IOException {
    RawClient client = new RawClient(server.address());
    assertThat(client.command("AUTH TLS")).startsWith("234 ");
    client.secure(context);
    client.command("USER " + AttackedServer.OWNER);
    assertThat(client.command("PASS " + TestPortal.PASSWORD)).startsWith("230 ");
    client.command("PBSZ 0");
    assertThat(client.command("PROT P")).startsWith("200 ");
    return client;
  }

  private static byte[] stolen(RawClient thief, Socket first, SSLContext context) {
    byte[] stolen = new byte[0];
    try (ProtectedData data = thief.protectedOver(first, context)) {
      stolen = data.readAll();
    } catch (IOException brokenOff) {
      // What came before counts.
    }
    return stolen;
  }

  /** The thief is first, and speaks TLS: of no session, or of that of a login of his own. */
  private static Loot byTls(AttackedServer server, boolean ownSession) throws IOException {
    server.file("secret", SECRET);
    SSLContext context = TrustsAnybody.context();
    try (RawClient victim = protectedClient(server, TrustsAnybody.context());
        RawClient thief = protectedClient(server, context);
        Socket first = connected(server, passivePort(victim))) {
      victim.send("RETR secret");
      assertThat(victim.reply()).startsWith("150 ");
      byte[] stolen = stolen(thief, first, ownSession ? context : TrustsAnybody.context());
      return new Loot(stolen, victim.reply());
    }
  }

  @Test
  void aThiefWhoSpeaksTlsGetsNothing() throws Exception {
    for (boolean ownSession : List.of(false, true)) {
      assertThat(byTls(weak(Weakness.TAKES_ANY_TLS_FOR_DATA), ownSession).stolen())
          .isEqualTo(SECRET);
      Loot loot = byTls(ours, ownSession);
      assertThat(loot.stolen()).isEmpty();
      assertThat(loot.told()).startsWith("522 ");
    }
    ours.awaitAudited("TLS_SESSION_NOT_RESUMED");
  }

  /** Who only listens gets nothing anywhere, but the client has to hear of it, and we. */
  @Test
  void whoIsFirstAndSpeaksNoTlsGetsNothingAndIsNoticed() throws Exception {
    ours.file("secret", SECRET);
    List<String> told = new ArrayList<>();
    try (RawClient victim = protectedClient(ours, TrustsAnybody.context())) {
      for (byte[] sent : List.of(new byte[0], "GET / HTTP/1.1\r\n\r\n".getBytes())) {
        try (Socket thief = connected(ours, passivePort(victim))) {
          victim.send("RETR secret");
          assertThat(victim.reply()).startsWith("150 ");
          thief.getOutputStream().write(sent);
          String seen = new String(readAll(thief), StandardCharsets.ISO_8859_1);
          assertThat(seen).doesNotContain("secret");
          told.add(victim.reply().substring(0, 4));
        }
      }
    }
    assertThat(told).containsExactly("425 ", "425 ");
    ours.awaitAudited("TLS_HANDSHAKE_FAILED");
  }

  /** The other way: what ann uploads is replaced. */
  private static byte[] forged(AttackedServer server) throws IOException {
    try (RawClient victim = protectedClient(server, TrustsAnybody.context());
        RawClient forger = protectedClient(server, TrustsAnybody.context());
        Socket first = connected(server, passivePort(victim))) {
      victim.send("STOR report");
      assertThat(victim.reply()).startsWith("150 ");
      try (ProtectedData data = forger.protectedOver(first, TrustsAnybody.context())) {
        data.write(FORGED);
      } catch (IOException brokenOff) {
        // As it should be.
      }
      victim.reply();
    }
    return Files.exists(server.home().resolve("report"))
        ? Files.readAllBytes(server.home().resolve("report"))
        : new byte[0];
  }

  @Test
  void nobodyElseUploads() throws Exception {
    assertThat(forged(weak(Weakness.TAKES_ANY_TLS_FOR_DATA))).isEqualTo(FORGED);
    assertThat(forged(ours)).isEmpty();
  }

  /** Somebody on the way cuts an upload; a client that was killed does the same. */
  private static boolean cutUploadIsAFile(AttackedServer server) throws IOException {
    SSLContext context = TrustsAnybody.context();
    try (RawClient victim = protectedClient(server, context);
        Socket plain = victim.data()) {
      victim.send("STOR cut");
      assertThat(victim.reply()).startsWith("150 ");
      victim.protectedOver(plain, context).write(SECRET);
      plain.shutdownOutput();
      String told = victim.reply();
      return told.startsWith("226 ") || Files.exists(server.home().resolve("cut"));
    }
  }

  @Test
  void anUploadThatIsCutOnTheWayIsNoFile() throws Exception {
    assertThat(cutUploadIsAFile(weak(Weakness.TAKES_ANY_TLS_FOR_DATA))).isTrue();
    assertThat(cutUploadIsAFile(ours)).isFalse();
    assertThat(ours.portal().staged()).isZero();
    assertThat(ours.portal().usedBytes(ours.owner().id())).isZero();
  }
}
