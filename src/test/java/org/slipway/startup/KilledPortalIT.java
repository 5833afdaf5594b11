package org.slipway.startup;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.apache.commons.net.ftp.FTP;
import org.apache.commons.net.ftp.FTPClient;
import org.junit.jupiter.api.Test;
import org.slipway.bootp.RfcClient;
import org.slipway.bootp.RfcRequest;
import org.slipway.portal.Rest;
import org.slipway.portal.RunningPortal;

/** {@code kill -9} in the middle of an upload and of a run loses nothing and shows nothing half. */
class KilledPortalIT {
  private static final String MAC = "52:54:00:aa:00:01";
  private static final InetAddress DEVICE = InetAddress.ofLiteral("127.0.0.11");
  private static final String PASSWORD = "apple-Pie-17";

  @Test
  void nothingHalfIsVisibleAndTheDeviceGoesOn() throws Exception {
    try (RunningPortal portal = RunningPortal.start(RunningPortal.ADMIN)) {
      Rest admin = Rest.administrator(portal);
      prepare(admin);
      store(portal, "whole.bin", 100_000);
      assertThat(offered(portal, 1)).isEqualTo("one.bin");
      fetch(portal, "one.bin");
      awaitOffer(portal, "two.bin");
      store(portal, "late.bin", 50_000);
      FTPClient half = halfAnUpload(portal);
      portal.kill();
      half.disconnect();
      portal.startAgain();
      assertThat(offered(portal, 3)).isEqualTo("two.bin");
      assertThat(names(new Rest(portal, "lab", PASSWORD)))
          .containsExactlyInAnyOrder("whole.bin", "late.bin");
      JsonNode lab = admin.get("/accounts/lab");
      assertThat(lab.get("usedBytes").asLong()).isEqualTo(150_000);
      assertThat(lab.get("usedFiles").asLong()).isEqualTo(2);
      assertThat(staged(portal)).isEmpty();
      fetch(portal, "two.bin");
      awaitReason(admin, "SEQUENCE_COMPLETE");
      assertThat(admin.get("/devices/" + MAC + "/timeline").get("total").asInt()).isEqualTo(1);
    }
  }

  private static void prepare(Rest admin) {
    admin.post(
        "/accounts",
        "{\"username\":\"lab\",\"password\":\"%s\",\"status\":\"ACTIVE\",\"quotaBytes\":10000000}"
            .formatted(PASSWORD));
    admin.upload("/boot-files/one.bin", new byte[3000]);
    admin.upload("/boot-files/two.bin", new byte[512]);
    admin.put("/manifests/m", "{\"steps\":[{\"path\":\"one.bin\"},{\"path\":\"two.bin\"}]}");
    admin.put(
        "/devices/" + MAC,
        "{\"name\":\"d\",\"address\":\"%s\",\"manifest\":\"m\",\"enabled\":true}"
            .formatted(DEVICE.getHostAddress()));
  }

  private static String offered(RunningPortal portal, int xid) throws IOException {
    InetSocketAddress server =
        new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), portal.bootpPort());
    try (RfcClient client = new RfcClient(DEVICE, server)) {
      return client.ask(RfcRequest.of(MAC, xid)).file();
    }
  }

  /** The delivery before may still be on its way into the database. */
  private static void awaitOffer(RunningPortal portal, String file) throws IOException {
    Instant deadline = Instant.now().plus(Duration.ofMinutes(1));
    String offered;
    int xid = 100;
    do {
      offered = offered(portal, xid++);
    } while (!offered.equals(file) && Instant.now().isBefore(deadline));
    assertThat(offered).isEqualTo(file);
  }

  private static void fetch(RunningPortal portal, String path) throws Exception {
    Process curl =
        new ProcessBuilder(
                "curl",
                "-sS",
                "--interface",
                DEVICE.getHostAddress(),
                "-o",
                "/dev/null",
                "tftp://127.0.0.1:" + portal.tftpPort() + "/" + path)
            .inheritIO()
            .start();
    assertThat(curl.waitFor()).isZero();
  }

  /** The acknowledgement of the last block may be on its way when the client has ended. */
  private static void awaitReason(Rest admin, String reason) {
    Instant deadline = Instant.now().plus(Duration.ofMinutes(1));
    String now;
    do {
      now = admin.get("/devices/" + MAC + "/explain").get("reason").asText();
    } while (!now.equals(reason) && Instant.now().isBefore(deadline));
    assertThat(now).isEqualTo(reason);
  }

  private static FTPClient logIn(RunningPortal portal) throws IOException {
    FTPClient ftp = new FTPClient();
    ftp.connect("127.0.0.1", portal.ftpPort());
    assertThat(ftp.login("lab", PASSWORD)).isTrue();
    ftp.enterLocalPassiveMode();
    ftp.setFileType(FTP.BINARY_FILE_TYPE);
    return ftp;
  }

  private static void store(RunningPortal portal, String name, int size) throws IOException {
    FTPClient ftp = logIn(portal);
    assertThat(ftp.storeFile(name, new java.io.ByteArrayInputStream(new byte[size]))).isTrue();
    ftp.disconnect();
  }

  /** An upload that is under way and of which something has been written. */
  private static FTPClient halfAnUpload(RunningPortal portal) throws IOException {
    FTPClient ftp = logIn(portal);
    OutputStream data = ftp.storeFileStream("half.bin");
    data.write(new byte[1 << 20]);
    data.flush();
    Instant deadline = Instant.now().plus(Duration.ofMinutes(1));
    while (staged(portal).stream().noneMatch(p -> p.toFile().length() > 0)) {
      assertThat(Instant.now()).isBefore(deadline);
      Thread.onSpinWait();
    }
    return ftp;
  }

  private static List<Path> staged(RunningPortal portal) throws IOException {
    Path staging = portal.dataDirectory().resolve("homes").resolve(".slipway-staging");
    try (Stream<Path> files = Files.list(staging)) {
      return files.toList();
    }
  }

  private static List<String> names(Rest lab) {
    return lab.get("/files/").get("items").valueStream().map(f -> f.get("name").asText()).toList();
  }
}
