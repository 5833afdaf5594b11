package org.slipway.api.model;

import java.time.Instant;
import java.util.List;

/**
 * The second factor of an account.
 *
 * @param since when it was set up
 * @param required whether the settings ask the account for one
 * @param secret for the authenticator app; only in the answer to {@code begin}
 * @param uri the same as an app reads it from a QR code
 * @param recoveryCodes only in the answer that tells of their making
 */
public record SecondFactorDocument(
    boolean active,
    Instant since,
    boolean required,
    int recoveryCodesLeft,
    String secret,
    String uri,
    List<String> recoveryCodes) {
  @Override
  public String toString() {
    return "SecondFactorDocument[" + active + "]";
  }
}
