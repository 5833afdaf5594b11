package org.slipway.ftp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slipway.accounts.Account;

/** MODE Z: what goes over the data connection is compressed. */
class FtpModeZTest {
  @TempDir Path folder;
  private TestPortal portal;
  private Account account;
  private RawClient client;

  @BeforeEach
  void start() throws Exception {
    portal = new TestPortal(folder);
    account = portal.account("ann", edit -> edit.quota(Optional.of(10_000_000L), Optional.empty()));
    client = RawClient.loggedIn(portal, "ann");
    assertThat(client.command("MODE Z")).startsWith("200 ");
  }

  @AfterEach
  void stop() throws Exception {
    client.close();
    portal.close();
  }

  private static byte[] noise(int size) {
    byte[] bytes = new byte[size];
    new Random(size).nextBytes(bytes);
    return bytes;
  }

  private static byte[] deflated(byte[] bytes) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (DeflaterOutputStream deflater = new DeflaterOutputStream(out)) {
      deflater.write(bytes);
    }
    return out.toByteArray();
  }

  private static byte[] inflated(byte[] bytes) throws IOException {
    try (InflaterInputStream in = new InflaterInputStream(new ByteArrayInputStream(bytes))) {
      return in.readAllBytes();
    }
  }

  @Test
  void filesOfEverySizeComeBackWhole() throws Exception {
    for (int size : new int[] {0, 1, 65_536, 65_537, 2_000_000}) {
      byte[] content = noise(size);
      assertThat(client.store("STOR f", deflated(content))).isEqualTo("226 Transfer complete.");
      assertThat(portal.home(account).resolve("f")).hasBinaryContent(content);
      assertThat(inflated(client.fetch("RETR f"))).isEqualTo(content);
    }
    assertThat(portal.usedBytes(account.id())).isEqualTo(2_000_000);
    client.command("REST 1999999");
    assertThat(inflated(client.fetch("RETR f"))).hasSize(1);
    client.command("MODE S");
    assertThat(client.fetch("RETR f")).hasSize(2_000_000);
  }

  @Test
  void listingsAndTextAreCompressedToo() throws Exception {
    client.command("TYPE A");
    client.store("STOR t", deflated("a\r\nb\r\n".getBytes(StandardCharsets.US_ASCII)));
    assertThat(inflated(client.fetch("RETR t")))
        .isEqualTo("a\r\nb\r\n".getBytes(StandardCharsets.US_ASCII));
    assertThat(new String(inflated(client.fetch("NLST")), StandardCharsets.UTF_8))
        .isEqualTo("t\r\n");
    assertThat(portal.home(account).resolve("t")).hasContent("a\nb\n");
  }

  @Test
  void whatCompressesIsSmallerOnTheWire() throws Exception {
    client.store("STOR zeros", deflated(new byte[1_000_000]));
    assertThat(client.fetch("RETR zeros").length).isLessThan(10_000);
    assertThat(client.command("OPTS MODE Z LEVEL 0")).startsWith("200 ");
    assertThat(client.fetch("RETR zeros").length).isGreaterThan(1_000_000);
    for (String options : new String[] {"Z LEVEL 10", "Z", "S", ""}) {
      assertThat(client.command("OPTS MODE " + options)).as(options).startsWith("501 ");
    }
  }

  @Test
  void aStreamThatIsNotWholePublishesNothing() throws Exception {
    byte[] whole = deflated(noise(100_000));
    byte[][] broken = {
      Arrays.copyOf(whole, whole.length - 1),
      Arrays.copyOf(whole, 0),
      Arrays.copyOf(whole, whole.length + 1),
      noise(1000)
    };
    for (byte[] content : broken) {
      assertThat(client.store("STOR f", content)).as(content.length + "").startsWith("426 ");
      assertThat(portal.home(account).resolve("f")).doesNotExist();
    }
    TestPortal.await("nothing staged", () -> portal.staged() == 0);
    assertThat(portal.usedBytes(account.id())).isZero();
    assertThat(client.command("NOOP")).startsWith("200 ");
  }

  @Test
  void theQuotaCountsWhatIsStored() throws Exception {
    assertThat(client.store("STOR bomb", deflated(new byte[10_000_001]))).startsWith("552 ");
    assertThat(client.store("STOR f", deflated(new byte[10_000_000]))).startsWith("226 ");
  }

  @Test
  void anAbortIsHeard() throws Exception {
    portal.file(account, "big", noise(8_000_000));
    try (Socket data = client.data()) {
      client.command("RETR big");
      data.getInputStream().readNBytes(100_000);
      assertThat(client.command("ABOR")).startsWith("426 ");
      assertThat(client.reply()).startsWith("226 ");
    }
    assertThat(client.command("STAT")).contains("MODE DEFLATE");
    assertThat(client.command("FEAT")).contains(" MODE Z");
  }
}
