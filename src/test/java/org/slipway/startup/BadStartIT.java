package org.slipway.startup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slipway.portal.Rest;
import org.slipway.portal.RunningPortal;

/** A start that cannot be says why in one sentence, and loses nothing. */
class BadStartIT {
  private static final int EX_CONFIG = 78;
  private static final Duration LONGEST = Duration.ofSeconds(90);

  @TempDir Path folder;

  @Test
  void everyBadSettingIsNamedWithItsValueAndWhatIsAllowed() {
    String log =
        endsWithAFailure(
            List.of(),
            Map.of(
                "slipway.tftp.port", "70000",
                "slipway.bootp.rearm-after", "soon",
                "slipway.db.url", "jdbc:oracle:x"));
    assertThat(log)
        .contains(
            "slipway.tftp.port (ENVIRONMENT) has the value \"70000\"; allowed: a port, 1 to 65535",
            "slipway.bootp.rearm-after (ENVIRONMENT) has the value \"soon\";"
                + " allowed: a duration such as 10s, 5m, 2h",
            "slipway.db.url (ENVIRONMENT) has the value \"jdbc:oracle:x\";"
                + " allowed: a URL that begins with jdbc:h2: or jdbc:postgresql:")
        .doesNotContain("listens on");
  }

  @Test
  void aDataDirectoryThatIsAFileIsNamed() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "mine");
    String log = endsWithAFailure(List.of(), Map.of("slipway.data.dir", file.toString()));
    assertThat(log).contains("slipway.data.dir (ENVIRONMENT): the folder " + file);
    assertThat(Files.readString(file)).isEqualTo("mine");
  }

  @Test
  void aDataDirectoryWithoutPermissionIsNamed() throws IOException {
    assumeTrue("root".equals(System.getProperty("user.name")), "only root can become another user");
    Path closed = Files.createDirectory(folder.resolve("closed"));
    Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("rwx------"));
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    String log =
        endsWithAFailure(
            List.of("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"),
            Map.of("slipway.data.dir", closed.toString()));
    assertThat(log).contains("slipway.data.dir (ENVIRONMENT): the folder " + closed);
    assertThat(log).contains("permission denied");
    assertThat(closed).isEmptyDirectory();
  }

  @ParameterizedTest
  @ValueSource(strings = {"keys/console.pem", "mail.key"})
  void aDamagedKeyIsNamedAndLeftAsItIs(String name) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, "damaged");
    String log = endsWithAFailure(List.of(), Map.of("slipway.data.dir", folder.toString()));
    assertThat(log)
        .containsPattern("Slipway does not start\\. \\S*" + Pattern.quote(name))
        .doesNotContain("listens on");
    assertThat(file).hasContent("damaged");
  }

  @Test
  void aTakenPortIsExplainedAndTheOthersGoOn() throws IOException {
    try (ServerSocket taken = new ServerSocket(0)) {
      Map<String, String> settings = new HashMap<>(RunningPortal.ADMIN);
      settings.put("slipway.ftp.port", String.valueOf(taken.getLocalPort()));
      try (RunningPortal portal = RunningPortal.start(settings)) {
        Rest admin = Rest.administrator(portal);
        var ftp = admin.get("/listeners/ftp");
        assertThat(ftp.get("state").asText()).isEqualTo("FAILED");
        assertThat(ftp.get("error").asText())
            .contains("port " + taken.getLocalPort(), "another program has it", "slipway.ftp.port");
        assertThat(admin.get("/listeners/tftp").get("state").asText()).isEqualTo("LISTENING");
        assertThat(admin.get("/listeners/bootp").get("state").asText()).isEqualTo("LISTENING");
        taken.close();
        assertThat(admin.patch("/listeners/ftp", "{\"enabled\":true}").get("state").asText())
            .isEqualTo("LISTENING");
        assertThat(admin.patch("/listeners/ftp", "{\"enabled\":false}").get("state").asText())
            .isEqualTo("STOPPED");
      }
    }
  }

  private static String endsWithAFailure(List<String> prefix, Map<String, String> settings) {
    try (RunningPortal portal = RunningPortal.launch(prefix, settings)) {
      assertThat(portal.hasEndedWithin(LONGEST)).isTrue();
      assertThat(portal.exitStatus()).isEqualTo(EX_CONFIG);
      assertThat(portal.log()).contains("Slipway does not start. ");
      return portal.log();
    }
  }
}
