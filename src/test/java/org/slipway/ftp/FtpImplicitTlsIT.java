package org.slipway.ftp;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slipway.portal.FreePorts;
import org.slipway.portal.InstalledTool;

/** What real clients make of {@code ftps://}. */
class FtpImplicitTlsIT {
  private static final int SIZE = 5_000_000;
  @TempDir Path folder;
  private final int port = FreePorts.next();
  private TestPortal portal;
  private byte[] content;

  @BeforeEach
  void start() throws Exception {
    portal =
        new TestPortal(
            folder.resolve("data"),
            Map.of("slipway.ftp.tls", "required", "slipway.ftp.tls.implicit-port", "" + port));
    portal.account("ann");
    content = new byte[SIZE];
    new Random(9).nextBytes(content);
    Files.write(folder.resolve("f.bin"), content);
  }

  @AfterEach
  void stop() {
    portal.close();
  }

  private void run(List<String> command) throws Exception {
    Path log = folder.resolve("client.log");
    ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
    builder.environment().put("HOME", folder.toString());
    Process process = builder.redirectErrorStream(true).redirectOutput(log.toFile()).start();
    assertThat(process.waitFor(1, TimeUnit.MINUTES)).as(String.join(" ", command)).isTrue();
    assertThat(process.exitValue()).as(Files.readString(log)).isZero();
  }

  @Test
  void curl() throws Exception {
    List<String> curl =
        new ArrayList<>(List.of(InstalledTool.named("curl").toString(), "-sS", "-k"));
    curl.addAll(List.of("-u", "ann:" + TestPortal.PASSWORD));
    List<String> up = new ArrayList<>(curl);
    String url = "ftps://127.0.0.1:" + port + "/f.bin";
    up.addAll(List.of("-T", "f.bin", url));
    run(up);
    curl.addAll(List.of("-o", "back.bin", url));
    run(curl);
    assertThat(folder.resolve("back.bin")).hasBinaryContent(content);
  }

  @Test
  void lftp() throws Exception {
    run(
        List.of(
            InstalledTool.named("lftp").toString(),
            "--norc",
            "-c",
            "set ssl:verify-certificate no; set net:max-retries 1; set cmd:fail-exit on;"
                + " open -p %d -u 'ann,%s' ftps://127.0.0.1; put f.bin; get f.bin -o back.bin; bye"
                    .formatted(port, TestPortal.PASSWORD)));
    assertThat(folder.resolve("back.bin")).hasBinaryContent(content);
  }
}
