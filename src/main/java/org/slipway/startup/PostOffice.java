package org.slipway.startup;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.slipway.accounts.ExpiredCodes;
import org.slipway.accounts.RegistrationMail;
import org.slipway.mail.MailDelivery;
import org.slipway.mail.Outbox;

/** What is done about mail all the time: sending it, and forgetting what is over. */
@Singleton
final class PostOffice {
  private static final Duration BETWEEN_SWEEPS = Duration.ofMinutes(1);

  private final MailDelivery delivery;
  private final Outbox outbox;
  private final ExpiredCodes codes;
  private final Clock clock;
  private Instant nextSweep = Instant.MIN;

  /**
   * @param mail listens to changes of accounts from now on
   */
  @Inject
  PostOffice(
      MailDelivery delivery,
      Outbox outbox,
      ExpiredCodes codes,
      RegistrationMail mail,
      Clock clock) {
    this.delivery = delivery;
    this.outbox = outbox;
    this.codes = codes;
    this.clock = clock;
  }

  /** Called about once a second, by one thread. */
  void work() {
    Instant now = clock.instant();
    if (!now.isBefore(nextSweep)) {
      nextSweep = now.plus(BETWEEN_SWEEPS);
      codes.sweep();
      outbox.sweep();
    }
    delivery.sendDue();
  }
}
