package org.slipway.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A provisioning on a bad day: connections break, packets are lost, the server is restarted. */
@Timeout(120)
class ProvisionTroubleTest {
  private static final String ADDRESS = "127.0.0.78";

  @TempDir private Path scratch;
  private final StringWriter said = new StringWriter();

  private Path into() {
    return scratch.resolve("device");
  }

  private static byte[] content(int size) {
    byte[] content = new byte[size];
    new Random(size).nextBytes(content);
    return content;
  }

  private CommandRun provision(StubPortal portal, String... more) throws IOException {
    Path password = Files.writeString(scratch.resolve("password"), FtpStub.PASSWORD);
    List<String> arguments = new ArrayList<>(portal.arguments());
    arguments.addAll(List.of("--user", FtpStub.USER, "--password-file", password.toString()));
    arguments.addAll(List.of("--into", into().toString()));
    arguments.addAll(List.of(more));
    return CommandRun.of(arguments);
  }

  @Test
  void aFileGoesOnWhereItsConnectionBroke() throws Exception {
    // A piece is less than a window, so that nothing of it is lost with its connection.
    byte[] image = content(400_007);
    try (StubPortal portal =
        new StubPortal(FtpStub.Fault.CUT, "sw.rc").home("image", image).list("sw.rc")) {
      CommandRun run = provision(portal);
      assertThat(run.err()).isEmpty();
      assertThat(run.exitCode()).isZero();
      assertThat(into().resolve("image")).hasBinaryContent(image);
      // More often than it would be tried in vain, because each connection brings something.
      assertThat(run.out().lines().filter(line -> line.contains("goes on in"))).hasSize(8);
      assertThat(portal.ftp().sessions()).isEqualTo(9);
    }
  }

  @Test
  void manyFilesComeAtOnce() throws Exception {
    try (StubPortal portal = new StubPortal("sw.rc")) {
      for (int i = 0; i < 20; i++) {
        portal.home("images/" + i, content(10_000 + i));
      }
      portal.list("sw.rc");
      portal.ftp().gather(4);
      CommandRun run = provision(portal, "--jobs=4");
      assertThat(run.err()).isEmpty();
      assertThat(run.exitCode()).isZero();
      assertThat(portal.ftp().sessions()).isEqualTo(4);
      for (int i = 0; i < 20; i++) {
        assertThat(into().resolve("images/" + i)).hasBinaryContent(content(10_000 + i));
      }
    }
  }

  @Test
  void ofManyAtOnceTheOneThatIsWrongIs6() throws Exception {
    try (StubPortal portal = new StubPortal("sw.rc")) {
      for (int i = 0; i < 20; i++) {
        portal.home("f" + i, content(100 + i));
      }
      portal.list("sw.rc").home("f7", content(1));
      CommandRun run = provision(portal, "--jobs=3");
      assertThat(run.exitCode()).isEqualTo(6);
      assertThat(run.err()).contains("\"f7\"");
      try (Stream<Path> left = Files.list(into())) {
        assertThat(left.map(file -> file.getFileName().toString()))
            .doesNotContain("f7")
            .noneMatch(name -> name.startsWith(PartialFile.PREFIX));
      }
    }
  }

  @Test
  void jobsOutOfRangeAre2() throws Exception {
    try (StubPortal portal = new StubPortal("sw.rc")) {
      assertThat(provision(portal, "--jobs=0").exitCode()).isEqualTo(2);
      assertThat(provision(portal, "--jobs=33").exitCode()).isEqualTo(2);
    }
  }

  @Test
  void whatIsListedTwiceIsFetchedOnce() throws Exception {
    try (StubPortal portal = new StubPortal("sw.rc").home("f", content(10))) {
      portal.boot("sw.rc", "# slipway manifest\na: f\nb: f\n");
      CommandRun run = provision(portal, "--jobs=2");
      assertThat(run.exitCode()).isZero();
      assertThat(run.out()).contains("Done: 2 files");
    }
  }

  @Test
  void lostQuestionsAndAnswersAreRepeated() throws Exception {
    byte[] kernel = content(300_000);
    AtomicInteger heard = new AtomicInteger();
    AtomicInteger asked = new AtomicInteger();
    Map<String, byte[]> files = new HashMap<>(Map.of("kernel", kernel));
    TftpStub.Script serving = TftpStub.serving(files);
    try (BootpStub bootp =
            new BootpStub(request ->
                heard.incrementAndGet() == 2
                    ? List.of(BootpStub.reply(request, ADDRESS, "kernel"))
                    : List.of());
        TftpStub tftp =
            new TftpStub((request, transfer) -> {
              if (asked.incrementAndGet() == 2) {
                serving.run(request, transfer);
              }
            })) {
      CommandRun run =
          CommandRun.of(
              List.of(
                  "provision",
                  "127.0.0.1",
                  "--mac",
                  StubPortal.MAC,
                  "--client-port=0",
                  "--bootp-port=" + bootp.address().getPort(),
                  "--tftp-port=" + tftp.address().getPort(),
                  "--into",
                  into().toString()));
      assertThat(run.err()).isEmpty();
      assertThat(run.exitCode()).isZero();
      assertThat(into().resolve("kernel")).hasBinaryContent(kernel);
      assertThat(asked).hasValue(2);
    }
  }

  @Test
  void theServerMayBeRestartedInTheMiddleOfAnyTransfer() throws Exception {
    byte[] kernel = content(6_000_000);
    byte[] image = content(30_000_000);
    try (ServingPortal portal = new ServingPortal(Files.createDirectory(scratch.resolve("p")))) {
      portal.step("kernel", kernel).listed("image", image).device(ADDRESS);
      new Provisioning(
              portal.provisionRequest(),
              () ->
                  Optional.of(
                      new Credentials(ServingPortal.USER, ServingPortal.PASSWORD.toCharArray())),
              CommandRun.IMPATIENT,
              new Narration(new PrintWriter(said), false),
              restarting(portal, Map.of("kernel", "tftp", "image", "ftp")))
          .run(Destination.at(into()), PacketLoss.none(), new Inventory());
      assertThat(into().resolve("kernel")).hasBinaryContent(kernel);
      assertThat(into().resolve("image")).hasBinaryContent(image);
      assertThat(said.toString()).contains("it begins again in", "it goes on in", "checksum right");
    }
  }

  /** Restarts a listener once, when a third of a megabyte of a file has come. */
  private static ProgressBars restarting(ServingPortal portal, Map<String, String> protocols) {
    Map<String, String> left = new HashMap<>(protocols);
    return name ->
        new Progress() {
          private long bytes;

          @Override
          public void expect(long total) {}

          @Override
          public void advance(long more) {
            bytes += more;
            String protocol = bytes > 300_000 ? left.remove(name) : null;
            if (protocol != null) {
              portal.stop(protocol);
              portal.start(protocol);
            }
          }

          @Override
          public void close() {}
        };
  }
}
