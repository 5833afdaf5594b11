package org.slipway.portal;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Duration;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** An authenticator app, written from RFC 6238 and RFC 4648 alone: what a person has on a phone. */
public final class AuthenticatorApp {
  private static final int PERIOD = 30;

  private final byte[] secret;
  private final Clock clock;

  /** Knows the secret as the portal shows it, in Base32. */
  public AuthenticatorApp(String base32, Clock clock) {
    this.secret = decode(base32.replace(" ", ""));
    this.clock = clock;
  }

  /** The code that it shows now. */
  public String code() {
    return code(Duration.ZERO);
  }

  /** The code that it showed or will show. */
  public String code(Duration later) {
    try {
      Mac mac = Mac.getInstance("HmacSHA1");
      mac.init(new SecretKeySpec(secret, "raw"));
      long counter = clock.instant().plus(later).getEpochSecond() / PERIOD;
      byte[] hash = mac.doFinal(ByteBuffer.allocate(8).putLong(counter).array());
      int offset = hash[19] & 15;
      int value =
          (hash[offset] & 127) << 24
              | (hash[offset + 1] & 255) << 16
              | (hash[offset + 2] & 255) << 8
              | hash[offset + 3] & 255;
      return "%06d".formatted(value % 1_000_000);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Six digits that are no code now, a step before or a step after. */
  public String wrongCode() {
    for (int i = 0; ; i++) {
      String guess = "%06d".formatted(i);
      if (!guess.equals(code())
          && !guess.equals(code(Duration.ofSeconds(-PERIOD)))
          && !guess.equals(code(Duration.ofSeconds(PERIOD)))) {
        return guess;
      }
    }
  }

  private static byte[] decode(String base32) {
    ByteBuffer bytes = ByteBuffer.allocate(base32.length() * 5 / 8);
    long bits = 0;
    int count = 0;
    for (char c : base32.toCharArray()) {
      bits = bits << 5 | "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".indexOf(c);
      count += 5;
      if (count >= 8) {
        count -= 8;
        bytes.put((byte) (bits >> count));
      }
    }
    return bytes.array();
  }
}
