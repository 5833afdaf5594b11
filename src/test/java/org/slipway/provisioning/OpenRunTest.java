package org.slipway.provisioning;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a boot request waits for while a device fetches the same file several times at once. */
class OpenRunTest {
  private OpenRun run;

  @BeforeEach
  void begin() {
    Manifest manifest =
        new Manifest(
            "m",
            1,
            "",
            Optional.empty(),
            Manifest.Advance.DELIVERY,
            Manifest.End.SILENCE,
            Manifest.Rearm.SILENCE,
            "m.rc",
            List.of(new Manifest.Step("one.bin"), new Manifest.Step("two.bin")),
            List.of(),
            Instant.EPOCH,
            "test",
            1);
    run =
        new OpenRun(
            UUID.randomUUID(),
            new HardwareAddress("52:54:00:00:00:01"),
            manifest,
            Instant.EPOCH,
            Instant.EPOCH);
  }

  @Test
  void aFetchThatFailsDoesNotEndTheWaitForADeliveryThatIsWritten() {
    run.beginSettling(0);
    run.beginWriting(0);
    run.settleFetch(0);
    assertThat(run.settling()).isNotNull();
    assertThat(run.advance(0)).isTrue();
    assertThat(run.settling()).isNull();
  }

  @Test
  void aLateFetchOfAnEarlierStepDoesNotEndTheWait() {
    run.beginWriting(0);
    run.advance(0);
    run.beginSettling(1);
    run.settleFetch(0);
    assertThat(run.settling()).isNotNull();
    run.settleFetch(1);
    assertThat(run.settling()).isNull();
  }

  @Test
  void aFetchThatFailsAloneEndsTheWait() {
    run.beginSettling(0);
    run.settleFetch(0);
    assertThat(run.settling()).isNull();
  }
}
