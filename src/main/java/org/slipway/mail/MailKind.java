package org.slipway.mail;

import java.time.Duration;

/** What a mail is about; its texts are in the message bundles under this name. */
public enum MailKind {
  CONFIRMATION(Duration.ofHours(24), Duration.ZERO),
  /** To administrators: several registrations in a row are one mail. */
  REGISTRATIONS_WAIT(Duration.ofHours(24), Duration.ofMinutes(5)),
  APPROVED(Duration.ofDays(3), Duration.ZERO),
  REJECTED(Duration.ofDays(3), Duration.ZERO),
  INVITATION(Duration.ofDays(3), Duration.ZERO),
  PASSWORD_RESET(Duration.ofHours(1), Duration.ZERO),
  PASSWORD_CHANGED(Duration.ofDays(3), Duration.ZERO),
  /** To the address before. */
  ADDRESS_CHANGED(Duration.ofDays(3), Duration.ZERO),
  TEST(Duration.ofMinutes(5), Duration.ZERO);

  private final Duration useful;
  private final Duration apart;

  MailKind(Duration useful, Duration apart) {
    this.useful = useful;
    this.apart = apart;
  }

  /** For how long it is worth trying to send it. */
  Duration useful() {
    return useful;
  }

  /**
   * How far apart mails of this kind to one recipient are; what comes in between is in the next
   * one.
   */
  Duration apart() {
    return apart;
  }
}
