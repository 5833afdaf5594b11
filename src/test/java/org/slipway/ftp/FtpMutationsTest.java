package org.slipway.ftp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every beginning of real command lines, and ten thousand spoilt ones: the listener goes on. */
class FtpMutationsTest {
  private static final int MUTATIONS = 10_000;
  private static final int PER_CONNECTION = 100;

  /** What curl, lftp and commons-net sent. */
  private static final List<String> CAPTURED =
      List.of(
          "USER ann",
          "PASS secret",
          "FEAT",
          "OPTS UTF8 ON",
          "OPTS MLST type;size;modify;perm;",
          "SYST",
          "PWD",
          "TYPE I",
          "CWD 固件 目录",
          "EPSV",
          "EPSV 1",
          "PASV",
          "SIZE 固件.bin",
          "MDTM a b.bin",
          "REST 1048576",
          "RETR a b.bin",
          "STOR up load.bin",
          "ALLO 512",
          "APPE log",
          "STOU",
          "LIST -a",
          "NLST",
          "MLSD",
          "MLST a",
          "MKD d",
          "RMD d",
          "RNFR a",
          "RNTO b",
          "DELE a",
          "STAT",
          "STAT -l d",
          "REIN",
          "HOST ftp.example.org",
          "CLNT lftp",
          "LANG en",
          "AVBL /",
          "SITE CHMOD 644 a",
          "SITE QUOTA",
          "SITE UTIME 20200101000000 a",
          "MFMT 20200101000000 a",
          "MFF modify=20200101000000; a",
          "OPTS HASH SHA-512",
          "HASH a",
          "XCRC \"a\" 0 1",
          "NOOP",
          "HELP RETR",
          "ABOR",
          "AUTH TLS",
          "PORT 127,0,0,1,200,1",
          "EPRT |2|::1|51200|",
          "CDUP",
          "MODE S",
          "MODE Z",
          "OPTS MODE Z LEVEL 9",
          "STRU F",
          "XPWD",
          "XMKD d");

  @TempDir static Path folder;
  private static TestPortal portal;

  @BeforeAll
  static void start() throws Exception {
    portal = new TestPortal(folder, Map.of("slipway.ftp.max-sessions-per-address", "500"));
    portal.account("ann");
    RawClient.loggedIn(portal, "ann").close();
  }

  @AfterAll
  static void stop() {
    portal.close();
  }

  /** Sends bytes, closes its half, and reads whatever comes until the server closes. */
  private static void throwAt(byte[] bytes) throws IOException {
    try (Socket socket = new Socket(portal.address.getAddress(), portal.address.getPort())) {
      socket.setSoTimeout(20_000);
      socket.getOutputStream().write(bytes);
      socket.shutdownOutput();
      socket.getInputStream().readAllBytes();
    } catch (java.net.SocketException e) {
      // The server may have closed first.
    }
  }

  private static void assertAlive() throws Exception {
    try (RawClient client = RawClient.loggedIn(portal, "ann")) {
      assertThat(client.command("NOOP")).startsWith("200 ");
    }
    TestPortal.await("all sessions gone", () -> portal.listener.sessionCount() == 0);
  }

  private static byte[] login() {
    return ("USER ann\r\nPASS " + TestPortal.PASSWORD + "\r\n").getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void everyPrefixOfEveryLine() throws Exception {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    all.write(login());
    for (String line : CAPTURED) {
      byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
      for (int n = 0; n <= bytes.length; n++) {
        all.write(bytes, 0, n);
        all.write("\r\nABOR\r\n".getBytes(StandardCharsets.US_ASCII));
      }
      throwAt(bytes);
    }
    throwAt(all.toByteArray());
    assertAlive();
  }

  @Test
  void tenThousandMutations() throws Exception {
    Random random = new Random(20_261_121);
    for (int i = 0; i < MUTATIONS; i += PER_CONNECTION) {
      ByteArrayOutputStream all = new ByteArrayOutputStream();
      if (i % (2 * PER_CONNECTION) == 0) {
        all.write(login());
      }
      for (int k = 0; k < PER_CONNECTION; k++) {
        all.write(mutated(random));
        all.write("\r\nABOR\r\n".getBytes(StandardCharsets.US_ASCII));
      }
      throwAt(all.toByteArray());
    }
    assertAlive();
  }

  private static byte[] mutated(Random random) {
    String line = CAPTURED.get(random.nextInt(CAPTURED.size()));
    byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
    int changes = 1 + random.nextInt(4);
    for (int i = 0; i < changes; i++) {
      bytes = changed(bytes, random);
    }
    return bytes;
  }

  private static byte[] changed(byte[] bytes, Random random) {
    int at = random.nextInt(bytes.length + 1);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(bytes, 0, at);
    switch (random.nextInt(5)) {
      case 0 -> out.write(random.nextInt(256));
      case 1 ->
          out.write(
              bytes, Math.min(at + 1, bytes.length), bytes.length - Math.min(at + 1, bytes.length));
      case 2 -> out.writeBytes(new byte[random.nextInt(5000)]);
      case 3 -> out.writeBytes("\r\n".getBytes(StandardCharsets.US_ASCII));
      default -> out.writeBytes("../".getBytes(StandardCharsets.US_ASCII));
    }
    out.write(bytes, at, bytes.length - at);
    return out.toByteArray();
  }
}
