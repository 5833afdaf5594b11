package org.slipway.ftp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.slipway.ftp.RealClient.run;
import static org.slipway.ftp.RealClient.start;
import static org.slipway.ftp.RealClient.words;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slipway.accounts.Account;

/** The clients that people have move files whole, by each way that they know to open data. */
class FtpMoreClientsIT {
  private static final AtomicInteger NAMES = new AtomicInteger();
  private static final int[] SIZES = {0, 1, 513, 3_000_000};
  private static final int LARGE = 12_000_000;
  @TempDir static Path folder;
  private static TestPortal portal;
  private static String port;
  private Account account;
  private String user;
  private Path local;
  private Path back;

  @BeforeAll
  static void startPortal() {
    portal = new TestPortal(folder.resolve("data"), Map.of("slipway.bind.address", "::"));
    port = Integer.toString(portal.address.getPort());
  }

  @AfterAll
  static void stopPortal() {
    portal.close();
  }

  @BeforeEach
  void makeFolders() throws Exception {
    user = "user" + NAMES.incrementAndGet();
    account = portal.account(user);
    local = Files.createDirectories(folder.resolve(user + "/local"));
    back = Files.createDirectories(folder.resolve(user + "/back"));
  }

  private Path noise(String name, int size) throws IOException {
    byte[] content = new byte[size];
    new Random(size).nextBytes(content);
    return Files.write(local.resolve(name), content);
  }

  private List<String> files() throws IOException {
    List<String> names = new ArrayList<>();
    for (int size : SIZES) {
      names.add(noise("firmware v" + size + ".bin", size).getFileName().toString());
    }
    return names;
  }

  private static String host(String address) {
    return address.contains(":") ? "[" + address + "]" : address;
  }

  private String url(String address) {
    return "ftp://" + host(address) + ":" + port + "/";
  }

  private void assertStored(String name) throws Exception {
    assertThat(FtpClientsIT.sha256(portal.home(account).resolve(name)))
        .as(name)
        .isEqualTo(FtpClientsIT.sha256(local.resolve(name)));
  }

  private void assertFetched(String name) throws Exception {
    assertThat(FtpClientsIT.sha256(back.resolve(name)))
        .as(name)
        .isEqualTo(FtpClientsIT.sha256(local.resolve(name)));
  }

  /** It knows IPv4 only; -E is active mode. */
  @ParameterizedTest
  @ValueSource(strings = {"-F", "-E"})
  void ncftp(String mode) throws Exception {
    for (String tool : List.of("ncftpput", "ncftpget", "ncftpls")) {
      FtpClientsIT.needs(tool);
    }
    List<String> login = List.of(mode, "-u", user, "-p", TestPortal.PASSWORD, "-P", port);
    List<String> files = files();
    run(local, "", words("ncftpput", "-V", login, "127.0.0.1", "/", files));
    run(back, "", words("ncftpget", "-V", login, "127.0.0.1", ".", files));
    for (String name : files) {
      assertStored(name);
      assertFetched(name);
    }
    assertThat(run(back, "", words("ncftpls", "-1", login, "ftp://127.0.0.1/")).lines())
        .containsExactlyInAnyOrderElementsOf(files);
  }

  /** Both descend from BSD's client, and take commands on their input. */
  @ParameterizedTest
  @CsvSource({
    "inetutils-ftp, -p, 127.0.0.1",
    "inetutils-ftp, -A, 127.0.0.1",
    "inetutils-ftp, -p, ::1",
    "inetutils-ftp, -A, ::1",
    "tnftp, -p, 127.0.0.1",
    "tnftp, -A, 127.0.0.1",
    "tnftp, -p, ::1",
    "tnftp, -A, ::1"
  })
  void bsd(String client, String mode, String address) throws Exception {
    FtpClientsIT.needs(client);
    List<String> files = files();
    StringBuilder script = new StringBuilder("open " + address + " " + port + "\n");
    script.append("user ").append(user).append(" \"").append(TestPortal.PASSWORD).append("\"\n");
    script.append("binary\nmkdir \"a b\"\ncd \"a b\"\nlcd \"").append(local).append("\"\n");
    script.append("mput *\nlcd \"").append(back).append("\"\nmget *.bin\nls\npwd\nbye\n");
    String output = run(back, script.toString(), client, "-n", "-i", "-v", mode);
    for (String name : files) {
      assertThat(FtpClientsIT.sha256(portal.home(account).resolve("a b").resolve(name)))
          .as(output)
          .isEqualTo(FtpClientsIT.sha256(local.resolve(name)));
      assertFetched(name);
    }
    assertThat(output).contains("3000000 ", "257 \"/a b\"");
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "::1"})
  void tnftpByAddress(String address) throws Exception {
    FtpClientsIT.needs("tnftp");
    String login = "ftp://" + user + ":" + TestPortal.PASSWORD.replace(" ", "%20") + "@";
    for (String name : files()) {
      String url = login + host(address) + ":" + port + "/";
      run(local, "", "tnftp", "-V", "-u", url, name);
      run(back, "", "tnftp", "-V", "-o", name, url + name.replace(" ", "%20"));
      assertStored(name);
      assertFetched(name);
    }
  }

  /** It only fetches: trees, by reading our listings, and the rest of a file. */
  @ParameterizedTest
  @CsvSource({
    "--passive-ftp, 127.0.0.1",
    "--no-passive-ftp, 127.0.0.1",
    "--passive-ftp, ::1",
    "--no-passive-ftp, ::1"
  })
  void wget(String mode, String address) throws Exception {
    FtpClientsIT.needs("wget");
    List<String> files = files();
    for (String name : files) {
      portal.file(account, "tree/a b/" + name, Files.readAllBytes(local.resolve(name)));
    }
    List<String> wget =
        List.of(
            "wget",
            "-nv",
            "--tries=1",
            mode,
            "--ftp-user=" + user,
            "--ftp-password=" + TestPortal.PASSWORD);
    run(back, "", words(wget, "-r", "-nH", "--cut-dirs=2", url(address) + "tree/"));
    for (String name : files) {
      assertFetched(name);
    }
    String name = files.getLast();
    byte[] part = java.util.Arrays.copyOf(Files.readAllBytes(local.resolve(name)), 1_000_000);
    Files.write(back.resolve(name), part);
    run(back, "", words(wget, "-c", url(address) + "tree/a%20b/" + name.replace(" ", "%20")));
    assertFetched(name);
  }

  private String lftp(String address, String settings, String commands) {
    return "set ftp:ssl-allow no; set net:max-retries 1; set cmd:fail-exit on; "
        + settings
        + "open -p %s -u '%s,%s' 'ftp://%s'; "
            .formatted(port, user, TestPortal.PASSWORD, host(address))
        + commands
        + "; bye";
  }

  @Test
  void lftpInActiveModeOverIpv6() throws Exception {
    FtpClientsIT.needs("lftp");
    List<String> files = files();
    String script =
        lftp(
            "::1",
            "set ftp:passive-mode off; set ftp:auto-passive-mode no; ",
            "mirror -R '" + local + "' up; mirror up '" + back + "'");
    run(back, "", "lftp", "--norc", "-c", script);
    for (String name : files) {
      assertFetched(name);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "::1"})
  void lftpGoesOnWithADownloadAfterItWasKilled(String address) throws Exception {
    FtpClientsIT.needs("lftp");
    portal.file(account, "large", Files.readAllBytes(noise("large", LARGE)));
    Path part = back.resolve("large");
    String slowly = "set net:limit-rate 2M; ";
    Process killed = start(back, "", "lftp", "--norc", "-c", lftp(address, slowly, "get large"));
    TestPortal.await("a part", () -> Files.exists(part) && Files.size(part) > 500_000);
    killed.destroyForcibly().waitFor();
    assertThat(Files.size(part)).isLessThan(LARGE);
    TestPortal.await("the server knows", () -> portal.sessions.of(account.id()).isEmpty());
    run(back, "", "lftp", "--norc", "-c", lftp(address, "", "get -c large"));
    assertFetched("large");
    TestPortal.await(
        "only the rest came",
        () ->
            portal.transferLog.page("", java.util.Optional.of(user), 0, 10).stream()
                .anyMatch(t -> t.bytes() > 0 && t.bytes() < LARGE - 400_000));
  }

  /** What was not whole is not there, so that it begins anew; what is there is gone on with. */
  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "::1"})
  void lftpGoesOnWithAnUploadAfterItWasKilled(String address) throws Exception {
    FtpClientsIT.needs("lftp");
    noise("large", LARGE);
    Process killed =
        start(
            local,
            "",
            "lftp",
            "--norc",
            "-c",
            lftp(address, "set net:limit-rate 2M; ", "put large"));
    TestPortal.await(
        "a part", () -> portal.transfers.active().stream().anyMatch(t -> t.bytes() > 500_000));
    killed.destroyForcibly().waitFor();
    TestPortal.await("it is given up", () -> portal.transfers.active().isEmpty());
    assertThat(portal.home(account).resolve("large")).doesNotExist();
    run(local, "", "lftp", "--norc", "-c", lftp(address, "", "put -c large"));
    assertStored("large");
    byte[] content = Files.readAllBytes(local.resolve("large"));
    portal.file(account, "large", java.util.Arrays.copyOf(content, LARGE / 2));
    run(local, "", "lftp", "--norc", "-c", lftp(address, "", "put -c large"));
    assertStored("large");
  }

  @Test
  void curlInActiveModeOverIpv6() throws Exception {
    FtpClientsIT.needs("curl");
    List<String> curl = List.of("curl", "-gsS", "-P", "-", "-u", user + ":" + TestPortal.PASSWORD);
    for (String name : files()) {
      String url = url("::1") + name.replace(" ", "%20");
      run(local, "", words(curl, "-T", name, url));
      run(back, "", words(curl, "-o", name, url));
      assertStored(name);
      assertFetched(name);
    }
  }

  @ParameterizedTest
  @CsvSource({"127.0.0.1, True", "127.0.0.1, False", "::1, True", "::1, False"})
  void python(String address, String passive) throws Exception {
    FtpClientsIT.needs("python3");
    String script =
        """
        import ftplib, hashlib, io, os, sys
        ftp = ftplib.FTP(encoding="utf-8")
        ftp.connect(sys.argv[1], int(sys.argv[2]), timeout=10)
        ftp.login(sys.argv[3], sys.argv[4])
        ftp.set_pasv(%s)
        ftp.mkd("目录")
        for size in (0, 1, 513, 3000000):
            content = os.urandom(size)
            name = "目录/固件 %%d" %% size
            ftp.storbinary("STOR " + name, io.BytesIO(content))
            for rest in (0, size // 2):
                back = io.BytesIO()
                ftp.retrbinary("RETR " + name, back.write, rest=rest)
                assert hashlib.sha256(back.getvalue()).digest() == hashlib.sha256(content[rest:]).digest()
            assert ftp.size(name) == size
        assert len(list(ftp.mlsd("目录", facts=["size"]))) == 4
        for name in ftp.nlst("目录"):
            ftp.delete(name)
        ftp.rmd("目录")
        ftp.quit()
        print("whole")
        """
            .formatted(passive);
    assertThat(run(back, "", "python3", "-c", script, address, port, user, TestPortal.PASSWORD))
        .contains("whole");
  }
}
