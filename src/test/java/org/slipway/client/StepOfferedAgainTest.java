package org.slipway.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server that answers before it has seen that a step was delivered. */
class StepOfferedAgainTest {
  @TempDir private Path into;

  /**
   * @param offers of the step, before nobody answers
   * @return how often it was fetched
   */
  private int fetches(int offers) throws Exception {
    AtomicInteger asked = new AtomicInteger();
    Map<String, byte[]> files = Map.of("a.bin", "a".getBytes(StandardCharsets.UTF_8));
    try (BootpStub bootp =
            new BootpStub(request ->
                asked.incrementAndGet() <= offers
                    ? List.of(BootpStub.reply(request, StubPortal.ADDRESS, "a.bin"))
                    : List.of());
        TftpStub tftp = new TftpStub(TftpStub.serving(files))) {
      CommandRun run =
          CommandRun.of(
              List.of(
                  "provision",
                  "127.0.0.1",
                  "--mac=52:54:00:00:00:01",
                  "--client-port=0",
                  "--bootp-port=" + bootp.address().getPort(),
                  "--tftp-port=" + tftp.address().getPort(),
                  "--into=" + into));
      assertThat(run.exitCode()).as(run.toString()).isZero();
      return tftp.requests().size();
    }
  }

  @Test
  void isAskedAgainBeforeTheStepIsFetchedAgain() throws Exception {
    assertThat(fetches(1)).isEqualTo(1);
    assertThat(fetches(2)).isEqualTo(1);
  }

  @Test
  void thatStillOffersItIsAskedForItAgain() throws Exception {
    assertThat(fetches(3)).isEqualTo(2);
  }
}
