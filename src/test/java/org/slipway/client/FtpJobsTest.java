package org.slipway.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What becomes of many files when one of them fails in a way that nobody thought of. */
class FtpJobsTest {
  private static final FtpJobs.Listener<String> LISTENER =
      new FtpJobs.Listener<>() {
        @Override
        public void moved(MovedFile file) {}

        @Override
        public boolean failed(String job, Exception problem) {
          return true;
        }
      };

  @Test
  void aFileThatAnErrorKeptFromComingIsNotPassedOver() throws Exception {
    try (FtpStub server = new FtpStub(Map.of(), FtpStub.Fault.NONE)) {
      FtpLogin login =
          new FtpLogin(
              server.address(),
              "127.0.0.1",
              Optional.empty(),
              Optional.empty(),
              new Credentials(FtpStub.USER, FtpStub.PASSWORD.toCharArray()),
              Duration.ofSeconds(5));
      CountDownLatch failed = new CountDownLatch(1);
      FtpJobs<String> jobs =
          new FtpJobs<>(
              login,
              2,
              (session, job) -> {
                if (session != null) {
                  failed.countDown();
                  throw new OutOfMemoryError("no memory outside the heap");
                }
                return waited(failed);
              });
      assertThatThrownBy(() -> jobs.run(null, List.of("a", "b"), LISTENER))
          .hasCauseInstanceOf(OutOfMemoryError.class);
    }
  }

  private static MovedFile waited(CountDownLatch failed) {
    try {
      assertThat(failed.await(10, TimeUnit.SECONDS)).isTrue();
      return null;
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
