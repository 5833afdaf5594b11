package org.slipway.ftp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** curl and lftp move files whole, over IPv4 and IPv6, with names that are not ASCII. */
class FtpClientsIT {
  private static final int[] SIZES = {0, 1, 511, 512, 513, 40_000_000};
  @TempDir Path folder;

  static void needs(String tool) {
    boolean there =
        List.of(System.getenv("PATH").split(":")).stream()
            .anyMatch(p -> Files.isExecutable(Path.of(p, tool)));
    if (!there && "true".equals(System.getenv("CI"))) {
      fail(tool + " is not installed");
    }
    assumeTrue(there, tool + " is not installed");
  }

  private String run(Path in, String... command) throws Exception {
    ProcessBuilder builder = new ProcessBuilder(command).directory(in.toFile());
    builder.environment().put("LC_ALL", "C.UTF-8");
    builder.environment().put("HOME", folder.toString());
    Path log = Files.createTempFile(folder, "client", ".log");
    Process process = builder.redirectErrorStream(true).redirectOutput(log.toFile()).start();
    assertThat(process.waitFor(2, TimeUnit.MINUTES)).as(String.join(" ", command)).isTrue();
    String output = Files.readString(log, StandardCharsets.UTF_8);
    assertThat(process.exitValue()).as(output).isZero();
    return output;
  }

  static String sha256(Path file) throws Exception {
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    try (InputStream in = Files.newInputStream(file)) {
      byte[] buffer = new byte[1 << 16];
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        digest.update(buffer, 0, n);
      }
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private static List<Path> files(Path folder) throws IOException {
    List<Path> result = new ArrayList<>();
    for (int size : SIZES) {
      byte[] content = new byte[size];
      new Random(size).nextBytes(content);
      result.add(Files.write(folder.resolve("固件 v" + size + " (新).bin"), content));
    }
    return result;
  }

  private static String host(String address) {
    return address.contains(":") ? "[" + address + "]" : address;
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "::1"})
  void curl(String address) throws Exception {
    needs("curl");
    Path local = Files.createDirectory(folder.resolve("local"));
    Path back = Files.createDirectory(folder.resolve("back"));
    try (TestPortal portal =
        new TestPortal(folder.resolve("data"), Map.of("slipway.bind.address", address))) {
      portal.account("ann");
      String url = "ftp://" + host(address) + ":" + portal.address.getPort() + "/";
      String login = "ann:" + TestPortal.PASSWORD;
      for (Path file : files(local)) {
        String name = file.getFileName().toString();
        String encoded = url + name.replace(" ", "%20");
        run(local, "curl", "-gsS", "-u", login, "-T", name, encoded);
        run(back, "curl", "-gsS", "-u", login, "-o", name, encoded);
        assertThat(sha256(back.resolve(name))).as(name).isEqualTo(sha256(file));
      }
      assertThat(run(back, "curl", "-gsS", "-u", login, url).lines()).hasSize(SIZES.length);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "::1"})
  void lftp(String address) throws Exception {
    needs("lftp");
    Path local = Files.createDirectories(folder.resolve("local/目录 1"));
    Path back = Files.createDirectory(folder.resolve("back"));
    try (TestPortal portal =
        new TestPortal(folder.resolve("data"), Map.of("slipway.bind.address", address))) {
      portal.account("ann");
      List<Path> files = files(local);
      String script =
          String.join(
              "; ",
              "set ftp:passive-mode on",
              "set ftp:ssl-allow no",
              "set net:max-retries 1",
              "set cmd:fail-exit on",
              "open -p "
                  + portal.address.getPort()
                  + " -u 'ann,"
                  + TestPortal.PASSWORD
                  + "' "
                  + "'ftp://"
                  + host(address)
                  + "'",
              "mirror -R '" + folder.resolve("local") + "' up",
              "mirror up '" + back + "'",
              "ls up",
              "bye");
      run(back, "lftp", "--norc", "-c", script);
      for (Path file : files) {
        assertThat(sha256(back.resolve("目录 1").resolve(file.getFileName())))
            .as(file.toString())
            .isEqualTo(sha256(file));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"--tlsv1.3", "--tls-max 1.2"})
  void curlByTls(String version) throws Exception {
    needs("curl");
    Path local = Files.createDirectory(folder.resolve("local"));
    Path back = Files.createDirectory(folder.resolve("back"));
    try (TestPortal portal =
        new TestPortal(folder.resolve("data"), Map.of("slipway.ftp.tls", "required"))) {
      portal.account("ann");
      String url = "ftp://127.0.0.1:" + portal.address.getPort() + "/";
      List<String> curl = new ArrayList<>(List.of("curl", "-gsS", "--ssl-reqd", "-k"));
      curl.addAll(List.of(version.split(" ")));
      curl.addAll(List.of("-u", "ann:" + TestPortal.PASSWORD));
      for (Path file : files(local)) {
        String name = file.getFileName().toString();
        String encoded = url + name.replace(" ", "%20");
        run(local, with(curl, "-T", name, encoded));
        run(back, with(curl, "-o", name, encoded));
        assertThat(sha256(back.resolve(name))).as(name).isEqualTo(sha256(file));
      }
      assertThat(run(back, with(curl, url)).lines()).hasSize(SIZES.length);
    }
  }

  private static String[] with(List<String> command, String... more) {
    return Stream.concat(command.stream(), Stream.of(more)).toArray(String[]::new);
  }

  @Test
  void lftpByTls() throws Exception {
    needs("lftp");
    Path local = Files.createDirectories(folder.resolve("local/a"));
    Path back = Files.createDirectory(folder.resolve("back"));
    Files.createDirectory(back.resolve("part"));
    try (TestPortal portal =
        new TestPortal(folder.resolve("data"), Map.of("slipway.ftp.tls", "required"))) {
      portal.account("ann");
      List<Path> files = files(local);
      String script =
          "set ssl:verify-certificate no; set ftp:ssl-force on; set net:max-retries 1;"
              + " set cmd:fail-exit on; open -p %d -u 'ann,%s' ftp://127.0.0.1; mirror -R '%s' up;"
                  .formatted(portal.address.getPort(), TestPortal.PASSWORD, folder.resolve("local"))
              + " mirror up '%s'; pget -n 4 -O part 'up/a/%s'; bye"
                  .formatted(back, files.getLast().getFileName());
      run(back, "lftp", "--norc", "-c", script);
      for (Path file : files) {
        assertThat(sha256(back.resolve("a").resolve(file.getFileName())))
            .as(file.toString())
            .isEqualTo(sha256(file));
      }
      assertThat(sha256(back.resolve("part").resolve(files.getLast().getFileName())))
          .isEqualTo(sha256(files.getLast()));
    }
  }

  /** Python's ftplib never resumes a session (python/cpython#63699). */
  @Test
  void pythonByTlsUnderWarn() throws Exception {
    needs("python3");
    try (TestPortal portal =
        new TestPortal(
            folder.resolve("data"),
            Map.of("slipway.ftp.tls", "required", "slipway.ftp.tls.data-session", "warn"))) {
      portal.account("ann");
      String script =
          """
          import ftplib, hashlib, io, os, ssl, sys
          context = ssl._create_unverified_context()
          ftp = ftplib.FTP_TLS(context=context)
          ftp.connect("127.0.0.1", int(sys.argv[1]))
          ftp.login("ann", sys.argv[2])
          ftp.prot_p()
          for size in (0, 1, 5000000):
              content = os.urandom(size)
              ftp.storbinary("STOR f%d" % size, io.BytesIO(content))
              back = io.BytesIO()
              ftp.retrbinary("RETR f%d" % size, back.write)
              assert hashlib.sha256(back.getvalue()).digest() == hashlib.sha256(content).digest()
          assert len(ftp.nlst()) == 3
          ftp.quit()
          print("whole")
          """;
      assertThat(
              run(
                  folder,
                  "python3",
                  "-c",
                  script,
                  String.valueOf(portal.address.getPort()),
                  TestPortal.PASSWORD))
          .contains("whole");
    }
  }

  @Test
  void curlInActiveModeAndResumingAnUpload() throws Exception {
    needs("curl");
    byte[] content = new byte[3_000_000];
    new Random(1).nextBytes(content);
    Path file = Files.write(folder.resolve("f.bin"), content);
    try (TestPortal portal = new TestPortal(folder.resolve("data"))) {
      var account = portal.account("ann");
      String url = "ftp://127.0.0.1:" + portal.address.getPort() + "/f.bin";
      String login = "ann:" + TestPortal.PASSWORD;
      portal.file(account, "f.bin", java.util.Arrays.copyOf(content, 1_000_000));
      run(folder, "curl", "-sS", "-P", "-", "-C", "-", "-u", login, "-T", "f.bin", url);
      assertThat(sha256(portal.home(account).resolve("f.bin"))).isEqualTo(sha256(file));
      run(folder, "curl", "-sS", "-P", "-", "--disable-eprt", "-u", login, "-o", "g.bin", url);
      assertThat(sha256(folder.resolve("g.bin"))).isEqualTo(sha256(file));
      run(folder, "curl", "-sS", "-a", "-u", login, "-T", "f.bin", url);
      assertThat(portal.home(account).resolve("f.bin")).hasSize(6_000_000);
    }
  }

  @Test
  void lftpInActiveModeCompressedAndWithTimes() throws Exception {
    needs("lftp");
    Path local = Files.createDirectories(folder.resolve("local/目录 1"));
    Path back = Files.createDirectory(folder.resolve("back"));
    try (TestPortal portal = new TestPortal(folder.resolve("data"))) {
      var account = portal.account("ann");
      List<Path> files = files(local);
      for (Path file : files) {
        Files.setLastModifiedTime(file, java.nio.file.attribute.FileTime.fromMillis(1_000_000_000));
      }
      String script =
          String.join(
              "; ",
              "set ftp:passive-mode off",
              "set ftp:use-mode-z yes",
              "set ftp:ssl-allow no",
              "set net:max-retries 1",
              "set cmd:fail-exit on",
              "open -p "
                  + portal.address.getPort()
                  + " -u 'ann,"
                  + TestPortal.PASSWORD
                  + "' "
                  + "'ftp://127.0.0.1'",
              "mirror -R '" + folder.resolve("local") + "' up",
              "mirror up '" + back + "'",
              "bye");
      run(back, "lftp", "--norc", "-c", script);
      for (Path file : files) {
        String name = "目录 1/" + file.getFileName();
        assertThat(sha256(back.resolve(name))).as(name).isEqualTo(sha256(file));
        assertThat(Files.getLastModifiedTime(portal.home(account).resolve("up").resolve(name)))
            .as(name)
            .isEqualTo(Files.getLastModifiedTime(file));
      }
    }
  }

  @Test
  void killedUploadOfARealClientLeavesNothing() throws Exception {
    needs("curl");
    try (TestPortal portal = new TestPortal(folder.resolve("data"))) {
      var account = portal.account("ann");
      Process curl =
          new ProcessBuilder(
                  "curl",
                  "-sS",
                  "--limit-rate",
                  "1M",
                  "-u",
                  "ann:" + TestPortal.PASSWORD,
                  "-T",
                  "/dev/zero",
                  "ftp://127.0.0.1:" + portal.address.getPort() + "/f")
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      TestPortal.await(
          "some bytes",
          () -> portal.transfers.active().stream().anyMatch(t -> t.bytes() > 100_000));
      curl.destroyForcibly().waitFor();
      TestPortal.await("no transfer", () -> portal.transfers.active().isEmpty());
      TestPortal.await("nothing staged", () -> portal.staged() == 0);
      assertThat(portal.home(account).resolve("f")).doesNotExist();
      TestPortal.await("nothing used", () -> portal.usedBytes(account.id()) == 0);
    }
  }
}
