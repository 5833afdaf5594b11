package org.slipway.ftp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slipway.accounts.Account;

/** Rules of the RFCs that no client of today leans on, and that must hold all the same. */
class FtpRulesTest {
  private static final int IAC = 255;
  private static final int IP = 244;
  private static final int DATA_MARK = 242;
  private static final AtomicInteger NAMES = new AtomicInteger();
  @TempDir static Path folder;
  private static TestPortal portal;
  private Account account;
  private RawClient client;

  @BeforeAll
  static void startPortal() {
    portal = new TestPortal(folder, Map.of("slipway.bind.address", "0.0.0.0"));
  }

  @AfterAll
  static void stopPortal() {
    portal.close();
  }

  @BeforeEach
  void logIn() throws Exception {
    account = portal.account("user" + NAMES.incrementAndGet());
    client = loggedIn("127.0.0.1");
  }

  @AfterEach
  void leave() throws Exception {
    client.close();
  }

  private RawClient loggedIn(String server) throws Exception {
    RawClient in =
        new RawClient(
            new InetSocketAddress(InetAddress.getByName(server), portal.address.getPort()));
    in.command("USER " + account.username());
    assertThat(in.command("PASS " + TestPortal.PASSWORD)).startsWith("230 ");
    return in;
  }

  private static byte[] bytes(int... values) {
    byte[] result = new byte[values.length];
    for (int i = 0; i < values.length; i++) {
      result[i] = (byte) values[i];
    }
    return result;
  }

  /** RFC 1123 section 4.1.2.12. */
  @Test
  void optionsOfTelnetAreRefused() throws Exception {
    try (Socket telnet = new Socket(InetAddress.getLoopbackAddress(), portal.address.getPort())) {
      telnet.setSoTimeout(30_000);
      InputStream in = telnet.getInputStream();
      while (in.read() != '\n') {
        // The greeting.
      }
      telnet.getOutputStream().write(bytes(IAC, 253, 1, IAC, 251, 3, IAC, 252, 5, IAC, 254, 6));
      telnet.getOutputStream().write("NO".getBytes(StandardCharsets.US_ASCII));
      assertThat(in.readNBytes(6)).isEqualTo(bytes(IAC, 252, 1, IAC, 254, 3));
      telnet.getOutputStream().write("OP\r\n".getBytes(StandardCharsets.US_ASCII));
      assertThat(new String(in.readNBytes(4), StandardCharsets.US_ASCII)).isEqualTo("200 ");
    }
  }

  /** As BSD's client sends it: the urgent byte is the IAC of the Synch, or its mark. */
  @ParameterizedTest
  @ValueSource(strings = {"RETR big", "STOR up", "LIST large"})
  void aTransferIsAbortedByTelnetSynchWithUrgentData(String line) throws Exception {
    try (var big =
        new java.io.RandomAccessFile(portal.file(account, "big", new byte[0]).toFile(), "rw")) {
      big.setLength(1L << 30);
    }
    // Longer than the buffers of both ends, so that it is not over before it is aborted.
    for (int i = 0; line.startsWith("LIST") && i < 20_000; i++) {
      portal.file(account, "large/" + "x".repeat(200) + i, new byte[0]);
    }
    client.command("TYPE I");
    for (boolean mark : new boolean[] {false, true}) {
      try (Socket data = client.data()) {
        assertThat(client.command(line)).startsWith("150 ");
        if (line.startsWith("STOR")) {
          data.getOutputStream().write(new byte[1000]);
        } else {
          data.getInputStream().read();
        }
        if (mark) {
          client.send(bytes(IAC, IP, IAC));
          client.socket.sendUrgentData(DATA_MARK);
        } else {
          client.send(bytes(IAC, IP));
          client.socket.sendUrgentData(IAC);
          client.send(bytes(DATA_MARK));
        }
        assertThat(client.command("ABOR")).startsWith("426 ");
        assertThat(client.reply()).startsWith("226 ");
      }
      assertThat(client.command("NOOP")).startsWith("200 ");
    }
    assertThat(portal.home(account).resolve("up")).doesNotExist();
    assertThat(portal.staged()).isZero();
  }

  /** RFC 1123 section 4.1.2.13. */
  @Test
  void theLeastThatAServerMustKnowIsKnown() throws Exception {
    String commands =
        "ACCT PORT TYPE MODE STRU RETR STOR APPE RNFR RNTO DELE CWD CDUP RMD MKD PWD LIST NLST"
            + " SYST STAT HELP NOOP USER PASS PASV";
    for (String command : commands.split(" ")) {
      assertThat(client.command(command))
          .as(command)
          .doesNotStartWith("500")
          .doesNotStartWith("502");
    }
    for (String line : new String[] {"TYPE A N", "TYPE A T", "TYPE I", "TYPE L 8", "MODE S"}) {
      assertThat(client.command(line)).as(line).startsWith("200 ");
    }
    for (String line : new String[] {"TYPE A C", "TYPE E", "TYPE L 36", "MODE B", "STRU P"}) {
      assertThat(client.command(line)).as(line).startsWith("504 ");
    }
    assertThat(client.command("STRU F")).startsWith("200 ");
    assertThat(client.command("ALLO 10 R 5")).startsWith("200 ");
  }

  /** RFC 959 section 5.1; they are as well those after REIN. */
  @Test
  void aSessionBeginsWithTheDefaultParameters() throws Exception {
    assertThat(client.command("STAT")).contains(" TYPE ASCII; STRU FILE; MODE STREAM");
  }

  /** RFC 1123 section 4.1.3.1. */
  @Test
  void theOldNamesOfFolderCommandsAreKnown() throws Exception {
    assertThat(client.command("XMKD d")).startsWith("257 \"/d\" ");
    assertThat(client.command("XCWD d")).startsWith("250 ");
    assertThat(client.command("XPWD")).startsWith("257 \"/d\" ");
    assertThat(client.command("XCUP")).startsWith("250 ");
    assertThat(client.command("XRMD d")).startsWith("250 ");
  }

  /** RFC 1123 section 4.1.2.12: the way back is the way out, also where there are several. */
  @Test
  void dataComesFromTheAddressThatTheControlConnectionGoesTo() throws Exception {
    portal.file(account, "f", new byte[] {1});
    try (RawClient other = loggedIn("127.0.0.2");
        ServerSocket waiting = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      assertThat(other.command("PASV")).contains("(127,0,0,2,");
      int port = waiting.getLocalPort();
      assertThat(other.command("PORT 127,0,0,1," + port / 256 + "," + port % 256))
          .startsWith("200 ");
      other.command("TYPE I");
      assertThat(other.command("RETR f")).startsWith("150 ");
      waiting.setSoTimeout(30_000);
      try (Socket data = waiting.accept()) {
        assertThat(data.getInetAddress().getHostAddress()).isEqualTo("127.0.0.2");
        assertThat(data.getInputStream().readAllBytes()).containsExactly(1);
      }
      assertThat(other.reply()).startsWith("226 ");
    }
  }

  /** As lftp does over IPv6; anybody else is not meant by it. */
  @Test
  void whoNamesNoAddressMeansItsOwn() throws Exception {
    portal.file(account, "f", new byte[] {1});
    try (ServerSocket waiting = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      waiting.setSoTimeout(30_000);
      assertThat(client.command("EPRT |1|0.0.0.0|" + waiting.getLocalPort() + "|"))
          .startsWith("200 ");
      client.command("TYPE I");
      assertThat(client.command("RETR f")).startsWith("150 ");
      try (Socket data = waiting.accept()) {
        assertThat(data.getInputStream().readAllBytes()).containsExactly(1);
      }
      assertThat(client.reply()).startsWith("226 ");
    }
  }

  /** RFC 3659 section 5: what is sent again in part must be counted in the same way. */
  @Test
  void aTextIsNeverSentFromTheMiddle() throws Exception {
    portal.file(account, "f", "a\nb\n".getBytes(StandardCharsets.US_ASCII));
    client.command("TYPE I");
    assertThat(client.command("REST 2")).startsWith("350 ");
    client.command("TYPE A");
    client.data().close();
    assertThat(client.command("RETR f")).startsWith("504 ");
    assertThat(client.fetch("RETR f")).as("REST is over").hasSize(6);
    client.command("TYPE I");
    assertThat(client.command("REST 2")).startsWith("350 ");
    client.command("TYPE A");
    client.data().close();
    assertThat(client.command("STOR f")).startsWith("504 ");
    assertThat(client.command("REST 0")).startsWith("350 ");
    assertThat(client.command("MDTM f")).as("whatever the type").matches("213 \\d{14}");
  }

  /** RFC 2640 section 3.1 would have CR NUL stand for a CR in a name; no name has one. */
  @Test
  void noNameHasACarriageReturn() throws Exception {
    for (String line : new String[] {"MKD a\r\0b", "RETR a\rb", "CWD a\0b"}) {
      assertThat(client.command(line)).as(line).startsWith("553 ");
    }
  }

  /** RFC 2389 section 3: one space before each feature; also before the login, in any case. */
  @Test
  void featuresAreShownToEverybody() throws Exception {
    try (RawClient stranger = new RawClient(portal.address)) {
      String features = stranger.command("fEaT");
      assertThat(features.lines()).startsWith("211-Features:").endsWith("211 End");
      assertThat(features.lines().skip(1).filter(l -> !l.startsWith("211")))
          .isNotEmpty()
          .allMatch(l -> l.matches(" \\S.*"));
      assertThat(features).isEqualTo(client.command("FEAT"));
    }
  }

  /**
   * RFC 4217 section 13 would have REIN end the protection; the commands of the next user could
   * then be read and changed by others, so that it stays. Data is in the clear again, as at the
   * start.
   */
  @Test
  void reinitializationKeepsTheControlConnectionProtected() throws Exception {
    SSLContext context = TrustsAnybody.context();
    try (RawClient tls =
        new RawClient(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), portal.address.getPort()))) {
      assertThat(tls.command("AUTH TLS")).startsWith("234 ");
      tls.secure(context);
      tls.command("USER " + account.username());
      tls.command("PASS " + TestPortal.PASSWORD);
      tls.command("PBSZ 0");
      assertThat(tls.command("PROT P")).startsWith("200 ");
      assertThat(tls.command("REIN")).startsWith("220 ");
      assertThat(tls.command("AUTH TLS")).startsWith("503 ");
      assertThat(tls.command("PROT P")).as("PBSZ is to come first").startsWith("503 ");
      tls.command("USER " + account.username());
      assertThat(tls.command("PASS " + TestPortal.PASSWORD)).startsWith("230 ");
      assertThat(tls.fetch("NLST")).isEmpty();
    }
  }
}
