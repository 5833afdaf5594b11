package org.slipway.signin;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** What signing in does by the clock. */
@Singleton
public final class SignInWatch {
  private static final Duration SELDOM = Duration.ofMinutes(1);

  private final UnlockLink link;
  private final RefusedAttempts refusedAttempts;
  private final KnownSources knownSources;
  private final Clock clock;
  private Instant last;

  @Inject
  public SignInWatch(
      UnlockLink link, RefusedAttempts refusedAttempts, KnownSources knownSources, Clock clock) {
    this.link = link;
    this.refusedAttempts = refusedAttempts;
    this.knownSources = knownSources;
    this.clock = clock;
    this.last = clock.instant();
  }

  /** Called about once a second. */
  public synchronized void everySecond() {
    link.look();
    if (Duration.between(last, clock.instant()).compareTo(SELDOM) >= 0) {
      last = clock.instant();
      refusedAttempts.flush();
      knownSources.refresh();
    }
  }

  /** Writes down what is only in memory, at the end. */
  public void flush() {
    refusedAttempts.flush();
  }
}
