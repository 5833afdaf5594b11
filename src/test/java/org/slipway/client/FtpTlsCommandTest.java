package org.slipway.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code ftp --tls} against the real portal, which requires that data connections resume. */
class FtpTlsCommandTest {
  private static final Pattern FINGERPRINT = Pattern.compile("SHA-256: ((?:[0-9A-F]{2}:){31}..)");

  @TempDir private Path scratch;
  private ServingPortal portal;
  private Path here;
  private Path password;

  @BeforeEach
  void open() throws IOException {
    here = Files.createDirectory(scratch.resolve("here"));
    password = Files.writeString(scratch.resolve("password"), ServingPortal.PASSWORD);
    portal = new ServingPortal(Files.createDirectory(scratch.resolve("portal")));
  }

  @AfterEach
  void close() {
    portal.close();
  }

  private CommandRun ftp(List<String> options, String... commands) {
    List<String> arguments = new ArrayList<>(List.of("ftp", portal.ftp()));
    arguments.addAll(List.of("--user", ServingPortal.USER, "--password-file", "" + password));
    arguments.addAll(options);
    arguments.addAll(List.of("-c", "lcd " + here));
    for (String command : commands) {
      arguments.addAll(List.of("-c", command));
    }
    return CommandRun.of(arguments);
  }

  private String fingerprint() {
    CommandRun run = ftp(List.of("--tls"), "ls");
    Matcher fingerprint = FINGERPRINT.matcher(run.err());
    assertThat(fingerprint.find()).as(run.err()).isTrue();
    return fingerprint.group(1);
  }

  @Test
  void anUnknownCertificateIsShownAndRefused() {
    CommandRun run = ftp(List.of("--tls"), "ls");
    assertThat(run.exitCode()).isEqualTo(5);
    assertThat(run.err())
        .contains("No authority vouches", portal.ftp(), "expires:", "--trust")
        .containsPattern(FINGERPRINT);
  }

  @Test
  void eachTransferOverATrustedSessionResumesIt() throws IOException {
    byte[] content = new byte[300_000];
    Files.write(here.resolve("f"), content);
    List<String> commands = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      commands.addAll(List.of("put f f" + i, "ls", "get f" + i));
    }
    CommandRun run =
        ftp(List.of("--trust", fingerprint(), "--tls"), commands.toArray(String[]::new));
    assertThat(run.err()).isEmpty();
    assertThat(run.exitCode()).isZero();
    assertThat(here.resolve("f4")).hasBinaryContent(content);
    assertThat(portal.listedPath("f4")).hasBinaryContent(content);
  }

  @Test
  void manyAtOnceResumeEachItsOwn() throws IOException {
    for (int i = 0; i < 6; i++) {
      Files.write(here.resolve("f" + i), new byte[10_000 + i]);
    }
    CommandRun run = ftp(List.of("--trust", fingerprint(), "--jobs=3"), "mput f*", "rm f0");
    assertThat(run.err()).isEmpty();
    assertThat(run.exitCode()).isZero();
    assertThat(portal.listedPath("f5")).hasSize(10_005);
  }

  @Test
  void theFingerprintMayBeWrittenInAnyUsualWay() {
    String plain = fingerprint().replace(":", "").toLowerCase(Locale.ROOT);
    assertThat(ftp(List.of("--trust", "SHA256:" + plain), "ls").exitCode()).isZero();
    assertThat(ftp(List.of("--trust", "12:34"), "ls").exitCode()).isEqualTo(2);
  }

  @Test
  void anotherFingerprintIsRefused() {
    String other = fingerprint().replace('A', 'B').replace('0', '1');
    CommandRun run = ftp(List.of("--trust", other), "ls");
    assertThat(run.exitCode()).isEqualTo(5);
    assertThat(run.err()).contains("No authority vouches");
  }

  @Test
  void whatIsRememberedIsTrustedAndAnotherOneIsNamed() throws IOException {
    String fingerprint = fingerprint();
    KnownServers.remember(portal.ftp(), fingerprint);
    assertThat(ftp(List.of("--tls"), "ls").exitCode()).isZero();

    String other = fingerprint.replace('A', 'B').replace('0', '1');
    KnownServers.remember(portal.ftp(), other);
    CommandRun run = ftp(List.of("--tls"), "ls");
    assertThat(run.exitCode()).isEqualTo(5);
    assertThat(run.err()).contains("ANOTHER ONE", other);
  }
}
