package org.slipway.client;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slipway.portal.Rest;
import org.slipway.portal.RunningPortal;

/** The portal's process is killed while the client fetches by TFTP, and again while by FTP. */
class ProvisionThroughKillsIT {
  private static final String MAC = "52:54:00:aa:00:02";
  private static final String PASSWORD = "apple-Pie-17";
  private static final int MUCH = 4_000_000;

  @TempDir private Path scratch;
  private Path into;
  private Path output;

  @Test
  void everyFileIsWholeAndTheRunIsOne() throws Exception {
    into = Files.createDirectory(scratch.resolve("device"));
    output = scratch.resolve("output");
    byte[] kernel = content(200_000_000);
    byte[] image = content(60_000_000);
    try (RunningPortal portal = RunningPortal.start(RunningPortal.ADMIN)) {
      Rest admin = Rest.administrator(portal);
      prepare(admin, portal, kernel, image);
      Process client = provision(portal);
      try {
        await(client, () -> comingIn() > MUCH);
        portal.kill();
        portal.startAgain();
        await(client, () -> Files.exists(into.resolve("lab.rc")) && comingIn() > MUCH);
        portal.kill();
        portal.startAgain();
        assertThat(client.waitFor(120, TimeUnit.SECONDS)).as(said()).isTrue();
        assertThat(client.exitValue()).as(said()).isZero();
      } finally {
        client.destroyForcibly();
      }
      assertThat(said()).contains("begins again in", "goes on in", "checksum right", "Done:");
      assertThat(into.resolve("kernel")).hasBinaryContent(kernel);
      assertThat(into.resolve("image")).hasBinaryContent(image);
      assertThat(admin.get("/devices/" + MAC + "/timeline").get("total").asInt()).isEqualTo(1);
    }
  }

  private static byte[] content(int size) {
    byte[] content = new byte[size];
    new Random(size).nextBytes(content);
    return content;
  }

  private static void prepare(Rest admin, RunningPortal portal, byte[] kernel, byte[] image) {
    admin.post(
        "/accounts",
        "{\"username\":\"lab\",\"password\":\"%s\",\"status\":\"ACTIVE\"}".formatted(PASSWORD));
    // Slow enough to be in the middle for a while.
    admin.patch("/accounts/lab", "{\"access\":{\"bandwidthDown\":10000000}}");
    admin.upload("/boot-files/kernel", kernel);
    new Rest(portal, "lab", PASSWORD).upload("/files/image", image);
    admin.put(
        "/manifests/m",
        "{\"account\":\"lab\",\"listName\":\"lab.rc\",\"steps\":[{\"path\":\"kernel\"},"
            + "{\"path\":\"lab.rc\"}],\"files\":[{\"key\":\"image\",\"path\":\"image\"}]}");
    admin.put(
        "/devices/" + MAC,
        "{\"name\":\"d\",\"address\":\"127.0.0.12\",\"manifest\":\"m\",\"enabled\":true}");
  }

  private Process provision(RunningPortal portal) throws IOException {
    ProcessBuilder command =
        new ProcessBuilder(
                List.of(
                    "deploy/slipway-client",
                    "provision",
                    "127.0.0.1",
                    "--mac=" + MAC,
                    "--bootp-port=" + portal.bootpPort(),
                    "--client-port=" + portal.bootpClientPort(),
                    "--tftp-port=" + portal.tftpPort(),
                    "--ftp-port=" + portal.ftpPort(),
                    "--user=lab",
                    "--password-env=PASSWORD",
                    "--into=" + into))
            .redirectErrorStream(true)
            .redirectOutput(output.toFile());
    command.environment().put("PASSWORD", PASSWORD);
    command.environment().put("XDG_CACHE_HOME", scratch.resolve("cache").toString());
    return command.start();
  }

  private String said() throws IOException {
    return Files.readString(output);
  }

  /** Octets of the file that is under way. */
  private long comingIn() {
    try (Stream<Path> files = Files.list(into)) {
      return files
          .filter(file -> file.getFileName().toString().startsWith(PartialFile.PREFIX))
          .mapToLong(file -> file.toFile().length())
          .sum();
    } catch (IOException e) {
      return 0;
    }
  }

  private void await(Process client, BooleanSupplier condition) throws Exception {
    for (int i = 0; i < 20_000 && !condition.getAsBoolean(); i++) {
      assertThat(client.waitFor(5, MILLISECONDS)).as(said()).isFalse();
    }
    assertThat(condition.getAsBoolean()).as(said()).isTrue();
  }
}
