package org.slipway.ftp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import org.apache.commons.net.ftp.FTP;
import org.apache.commons.net.ftp.FTPClient;
import org.apache.commons.net.ftp.FTPFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The client library that others build on understands what is sent. */
class FtpClientLibraryTest {
  @TempDir Path folder;

  private void exercise(String address) throws Exception {
    try (TestPortal portal = new TestPortal(folder, Map.of("slipway.bind.address", address))) {
      portal.account("ann");
      FTPClient client = new FTPClient();
      client.setControlEncoding("UTF-8");
      client.connect(portal.address.getAddress(), portal.address.getPort());
      assertThat(client.login("ann", TestPortal.PASSWORD)).isTrue();
      client.enterLocalPassiveMode();
      client.setFileType(FTP.BINARY_FILE_TYPE);
      byte[] content = new byte[300_000];
      new Random(1).nextBytes(content);
      assertThat(client.makeDirectory("目录 1")).isTrue();
      assertThat(client.changeWorkingDirectory("目录 1")).isTrue();
      assertThat(client.printWorkingDirectory()).isEqualTo("/目录 1");
      assertThat(client.storeFile("固件.bin", new ByteArrayInputStream(content))).isTrue();
      FTPFile listed = client.listFiles()[0];
      assertThat(listed.getName()).isEqualTo("固件.bin");
      assertThat(listed.getSize()).isEqualTo(content.length);
      assertThat(listed.isFile()).isTrue();
      assertThat(client.mlistDir()[0].getSize()).isEqualTo(content.length);
      assertThat(client.mlistFile("固件.bin").getTimestamp()).isNotNull();
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      client.setRestartOffset(100_000);
      assertThat(client.retrieveFile("固件.bin", out)).isTrue();
      assertThat(out.toByteArray()).isEqualTo(Arrays.copyOfRange(content, 100_000, 300_000));
      assertThat(client.rename("固件.bin", "/b")).isTrue();
      assertThat(client.deleteFile("/b")).isTrue();
      assertThat(client.changeToParentDirectory()).isTrue();
      assertThat(client.removeDirectory("目录 1")).isTrue();
      assertThat(client.logout()).isTrue();
      client.disconnect();
    }
  }

  @Test
  void overIpv4() throws Exception {
    exercise("127.0.0.1");
  }

  @Test
  void overIpv6() throws Exception {
    exercise("::1");
  }
}
