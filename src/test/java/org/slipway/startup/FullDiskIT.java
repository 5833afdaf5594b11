package org.slipway.startup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slipway.portal.Rest;
import org.slipway.portal.RunningPortal;

/** A full disk, made of memory: nothing acknowledged is lost, and the disk is named. */
class FullDiskIT {
  private static final String PASSWORD = "apple-Pie-17";
  private static final int MIB = 1 << 20;

  private Path homesDisk;
  private Path dataDisk;

  @BeforeEach
  void mount() throws Exception {
    homesDisk = Files.createTempDirectory("slipway-homes-");
    dataDisk = Files.createTempDirectory("slipway-data-");
    boolean allowed =
        run("mount", "-t", "tmpfs", "-o", "size=8m", "slipway-homes", homesDisk.toString())
            && run("mount", "-t", "tmpfs", "-o", "size=16m", "slipway-data", dataDisk.toString());
    assumeTrue(allowed, "this process may not mount a small file system");
  }

  @AfterEach
  void unmount() throws Exception {
    for (Path disk : List.of(homesDisk, dataDisk)) {
      run("umount", "--lazy", disk.toString());
      Files.delete(disk);
    }
  }

  private static boolean run(String... command) throws Exception {
    return new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start()
            .waitFor()
        == 0;
  }

  @Test
  void aFullDiskLosesNothingAndIsNamed() throws Exception {
    Map<String, String> settings = new HashMap<>(RunningPortal.ADMIN);
    settings.put("slipway.data.dir", dataDisk.resolve("data").toString());
    settings.put("slipway.homes.dir", homesDisk.resolve("homes").toString());
    try (RunningPortal portal = RunningPortal.start(settings)) {
      Rest admin = Rest.administrator(portal);
      admin.post(
          "/accounts",
          "{\"username\":\"lab\",\"password\":\"%s\",\"status\":\"ACTIVE\"}".formatted(PASSWORD));
      Rest lab = new Rest(portal, "lab", PASSWORD);
      homesAreFull(portal, lab);
      databaseIsFull(portal, admin, lab);
    }
  }

  private void homesAreFull(RunningPortal portal, Rest lab) throws Exception {
    StoringClient rest = new RestStoringClient(portal, "lab", PASSWORD);
    StoringClient ftp = new FtpStoringClient(portal, "lab", PASSWORD);
    lab.upload("/files/kept", new byte[5 * MIB]);
    assertThat(rest.store("more", new byte[5 * MIB])).isEqualTo(507);
    assertThat(ftp.store("more", new byte[5 * MIB])).isEqualTo(452);
    assertThat(ftp.store("kept", new byte[6 * MIB])).isEqualTo(452);
    assertStored(lab, 5 * MIB, 1);
    assertThat(rest.store("fits", new byte[2 * MIB])).isEqualTo(201);
    assertStored(lab, 7 * MIB, 2);
    Rest admin = Rest.administrator(portal);
    await(() -> admin.get("/audit?q=lab").toString().contains("DISK_FULL"));
    assertThat(rest.delete("fits")).isEqualTo(204);
    assertThat(ftp.store("again", new byte[2 * MIB])).isEqualTo(226);
    assertStored(lab, 7 * MIB, 2);
  }

  private void assertStored(Rest lab, long bytes, long files) throws IOException {
    JsonNode own = lab.get("/me");
    assertThat(own.get("usedBytes").asLong()).isEqualTo(bytes);
    assertThat(own.get("usedFiles").asLong()).isEqualTo(files);
    Path homes = homesDisk.resolve("homes");
    try (Stream<Path> all = Files.walk(homes)) {
      assertThat(all.filter(Files::isRegularFile).mapToLong(f -> f.toFile().length()).sum())
          .isEqualTo(bytes);
    }
  }

  /**
   * What cannot be written is refused and named, what is there can be read, and when there is room
   * again everything goes on, without a restart.
   */
  private void databaseIsFull(RunningPortal portal, Rest admin, Rest lab) throws Exception {
    StoringClient rest = new RestStoringClient(portal, "lab", PASSWORD);
    assertThat(rest.delete("again")).isEqualTo(204);
    Path ballast = dataDisk.resolve("ballast");
    fill(ballast);
    String last = renameUntilRefused(admin);
    await(() -> !portal.isReady());
    portal.awaitLog("The database cannot be written", Duration.ofMinutes(1));
    assertThat(lab.get("/files/").get("total").asInt()).isOne();
    assertThat(lab.get("/me").get("displayName").asText()).isEqualTo(last);
    Files.delete(ballast);
    await(portal::isReady);
    assertThat(lab.get("/me").get("displayName").asText()).isEqualTo(last);
    assertThat(rest.store("after", new byte[10])).isEqualTo(201);
    assertStored(lab, 5 * MIB + 10, 2);
    portal.kill();
    portal.startAgain();
    assertThat(lab.get("/me").get("displayName").asText()).isEqualTo(last);
    assertStored(lab, 5 * MIB + 10, 2);
  }

  /** The last name that the portal has acknowledged. */
  private static String renameUntilRefused(Rest admin) {
    String acknowledged = "lab";
    for (int i = 0; i < 1000; i++) {
      try {
        admin.patch("/accounts/lab", "{\"displayName\":\"name %d\"}".formatted(i));
        acknowledged = "name " + i;
      } catch (AssertionError e) {
        assertThat(e).hasMessageContaining("507").hasMessageContaining("disk-full");
        return acknowledged;
      }
    }
    throw new AssertionError("the disk did not become full");
  }

  private static void await(BooleanSupplier condition) {
    long deadline = System.nanoTime() + Duration.ofMinutes(1).toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("never came true").isLessThan(deadline);
      Thread.onSpinWait();
    }
  }

  private static void fill(Path ballast) throws IOException {
    try (OutputStream out =
        Files.newOutputStream(ballast, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
      for (int size = MIB; size > 0; size /= 2) {
        try {
          while (true) {
            out.write(new byte[size]);
          }
        } catch (IOException full) {
          // Smaller pieces may still fit.
        }
      }
    }
  }
}
