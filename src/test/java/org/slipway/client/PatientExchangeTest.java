package org.slipway.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The BOOTP listener goes away when the first of two steps has come. */
@Timeout(120)
class PatientExchangeTest {
  private static final String ADDRESS = "127.0.0.79";

  /** A server that is away is waited for in pauses that begin with the first wait of TFTP. */
  private static final Patience IMPATIENT =
      new Patience(
          CommandRun.IMPATIENT.bootp(),
          Collections.nCopies(4, Duration.ofMillis(300)),
          CommandRun.IMPATIENT.ftp(),
          CommandRun.IMPATIENT.poll());

  @TempDir private Path scratch;
  private ServingPortal portal;
  private final StringWriter said = new StringWriter();
  private boolean comesBack;

  @BeforeEach
  void start() throws Exception {
    portal = new ServingPortal(Files.createDirectory(scratch.resolve("p")));
    portal.step("kernel", new byte[1000]).listed("image", new byte[2000]).device(ADDRESS);
  }

  @AfterEach
  void stop() {
    portal.close();
  }

  private Path into() {
    return scratch.resolve("device");
  }

  private void provision() throws IOException {
    char[] password = ServingPortal.PASSWORD.toCharArray();
    new Provisioning(
            portal.provisionRequest(),
            () -> Optional.of(new Credentials(ServingPortal.USER, password)),
            IMPATIENT,
            new Narration(new Listening(), false),
            name -> new Step(name.equals("kernel")))
        .run(Destination.at(into()), PacketLoss.none(), new Inventory());
  }

  /** Starts the listener again when the client has noticed that there is none. */
  private final class Listening extends PrintWriter {
    private Listening() {
      super(said);
    }

    @Override
    public void println(String line) {
      super.println(line);
      if (comesBack && line.contains("asked again")) {
        portal.start("bootp");
      }
    }
  }

  /** Stops the listener when the file is whole. */
  private final class Step implements Progress {
    private final boolean last;

    private Step(boolean last) {
      this.last = last;
    }

    @Override
    public void expect(long total) {}

    @Override
    public void advance(long bytes) {}

    @Override
    public void close() {
      if (last) {
        portal.stop("bootp");
      }
    }
  }

  @Test
  void aServerThatComesBackIsAskedForTheNextStep() throws Exception {
    comesBack = true;
    provision();
    assertThat(said.toString()).contains("Nothing listens at the server's BOOTP port any more");
    assertThat(into().resolve("image")).hasBinaryContent(new byte[2000]);
  }

  @Test
  void oneThatStaysAwayIs3AndNotTheEndOfTheSequence() {
    assertThatThrownBy(this::provision)
        .isInstanceOfSatisfying(
            CommandFailedException.class,
            e -> {
              assertThat(e.exitCode()).isEqualTo(ExitCode.NOBODY_ANSWERED);
              assertThat(e).hasMessageContaining("went away in the middle");
            });
    assertThat(said.toString().lines().filter(line -> line.contains("asked again"))).hasSize(5);
  }

  @Test
  void whereNothingListensAtAllIs3AndSaysSo() {
    portal.stop("bootp");
    CommandRun run =
        CommandRun.of(
            List.of(
                "provision",
                "127.0.0.1",
                "--mac=" + ServingPortal.MAC,
                "--bootp-port=" + portal.bootpPort(),
                "--client-port=0",
                "--into=" + into()));
    assertThat(run.exitCode()).isEqualTo(3);
    assertThat(run.err()).contains("nothing listens there");
  }
}
