package org.slipway.ftp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.commons.net.ftp.FTP;
import org.apache.commons.net.ftp.FTPClient;
import org.apache.commons.net.ftp.FTPFile;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The client library that others build on understands what is sent. */
class FtpClientLibraryTest {
  private static final AtomicInteger NAMES = new AtomicInteger();
  @TempDir static Path folder;
  private static TestPortal portal;

  /** How a data connection is opened. */
  private enum Way {
    PASV,
    EPSV,
    ACTIVE
  }

  @BeforeAll
  static void startPortal() {
    portal = new TestPortal(folder, Map.of("slipway.bind.address", "::"));
  }

  @AfterAll
  static void stopPortal() {
    portal.close();
  }

  private static byte[] sha256(byte[] content) throws Exception {
    return MessageDigest.getInstance("SHA-256").digest(content);
  }

  private void exercise(String address, Way way) throws Exception {
    String user = "user" + NAMES.incrementAndGet();
    portal.account(user);
    FTPClient client = new FTPClient();
    client.setControlEncoding("UTF-8");
    client.connect(address, portal.address.getPort());
    assertThat(client.login(user, TestPortal.PASSWORD)).isTrue();
    switch (way) {
      case ACTIVE -> client.enterLocalActiveMode();
      case PASV -> client.enterLocalPassiveMode();
      case EPSV -> {
        client.setUseEPSVwithIPv4(true);
        client.enterLocalPassiveMode();
      }
    }
    client.setFileType(FTP.BINARY_FILE_TYPE);
    byte[] content = new byte[300_000];
    new Random(1).nextBytes(content);
    assertThat(client.makeDirectory("目录 1")).isTrue();
    assertThat(client.changeWorkingDirectory("目录 1")).isTrue();
    assertThat(client.printWorkingDirectory()).isEqualTo("/目录 1");
    assertThat(client.storeFile("固件.bin", new ByteArrayInputStream(content))).isTrue();
    assertListed(client, content.length);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    assertThat(client.retrieveFile("固件.bin", out)).isTrue();
    assertThat(sha256(out.toByteArray())).isEqualTo(sha256(content));
    out.reset();
    client.setRestartOffset(100_000);
    assertThat(client.retrieveFile("固件.bin", out)).isTrue();
    assertThat(out.toByteArray()).isEqualTo(Arrays.copyOfRange(content, 100_000, 300_000));
    goOnWithAnUpload(client, content);
    assertThat(client.rename("固件.bin", "/b")).isTrue();
    assertThat(client.deleteFile("/b")).isTrue();
    assertThat(client.changeToParentDirectory()).isTrue();
    assertThat(client.removeDirectory("目录 1")).isTrue();
    assertThat(client.logout()).isTrue();
    client.disconnect();
  }

  private static void assertListed(FTPClient client, int size) throws Exception {
    FTPFile listed = client.listFiles()[0];
    assertThat(listed.getName()).isEqualTo("固件.bin");
    assertThat(listed.getSize()).isEqualTo(size);
    assertThat(listed.isFile()).isTrue();
    assertThat(client.listNames()).containsExactly("固件.bin");
    FTPFile facts = client.mlistDir()[0];
    assertThat(facts.getName()).isEqualTo("固件.bin");
    assertThat(facts.getSize()).isEqualTo(size);
    assertThat(facts.isFile()).isTrue();
    assertThat(facts.hasPermission(FTPFile.USER_ACCESS, FTPFile.WRITE_PERMISSION)).isTrue();
    assertThat(client.mlistFile("固件.bin").getTimestamp().getTimeInMillis())
        .isEqualTo(facts.getTimestamp().getTimeInMillis());
  }

  /** By REST and STOR, and by APPE. */
  private static void goOnWithAnUpload(FTPClient client, byte[] content) throws Exception {
    byte[] rest = Arrays.copyOfRange(content, 100_000, content.length);
    client.setRestartOffset(100_000);
    assertThat(client.storeFile("固件.bin", new ByteArrayInputStream(rest))).isTrue();
    assertThat(client.storeFile("c", new ByteArrayInputStream(content, 0, 100_000))).isTrue();
    assertThat(client.appendFile("c", new ByteArrayInputStream(rest))).isTrue();
    for (String name : new String[] {"固件.bin", "c"}) {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      assertThat(client.retrieveFile(name, out)).isTrue();
      assertThat(sha256(out.toByteArray())).as(name).isEqualTo(sha256(content));
    }
    assertThat(client.deleteFile("c")).isTrue();
  }

  @Test
  void overIpv4() throws Exception {
    exercise("127.0.0.1", Way.PASV);
  }

  @Test
  void overIpv4ByTheExtendedCommands() throws Exception {
    exercise("127.0.0.1", Way.EPSV);
  }

  @Test
  void overIpv4InActiveMode() throws Exception {
    exercise("127.0.0.1", Way.ACTIVE);
  }

  @Test
  void overIpv6() throws Exception {
    exercise("::1", Way.EPSV);
  }

  @Test
  void overIpv6InActiveMode() throws Exception {
    exercise("::1", Way.ACTIVE);
  }
}
