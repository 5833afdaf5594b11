package org.slipway.signin;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Locale;
import java.util.OptionalLong;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Time-based one-time passwords (RFC 6238) of six digits, with HMAC-SHA-1 and steps of 30 seconds:
 * what every authenticator app makes without being told more.
 */
final class Totp {
  static final int DIGITS = 6;
  static final int STEP_SECONDS = 30;

  /** A clock may be one step off in either direction (section 5.2). */
  static final int WINDOW = 1;

  private static final String BASE32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

  private Totp() {}

  static long step(Instant at) {
    return Math.floorDiv(at.getEpochSecond(), STEP_SECONDS);
  }

  /** The code of a time step (RFC 4226 section 5.3: dynamic truncation). */
  static String code(byte[] secret, long step) {
    byte[] hash = hmac(secret, ByteBuffer.allocate(Long.BYTES).putLong(step).array());
    int offset = hash[hash.length - 1] & 0xf;
    int number = ByteBuffer.wrap(hash).getInt(offset) & 0x7fff_ffff;
    return String.format(Locale.ROOT, "%06d", number % 1_000_000);
  }

  /** The newest step near now that has this code; takes the same time whichever it is, or none. */
  static OptionalLong matching(byte[] secret, String code, Instant now) {
    byte[] given = code.getBytes(StandardCharsets.UTF_8);
    OptionalLong found = OptionalLong.empty();
    for (long step = step(now) - WINDOW; step <= step(now) + WINDOW; step++) {
      if (MessageDigest.isEqual(code(secret, step).getBytes(StandardCharsets.UTF_8), given)) {
        found = OptionalLong.of(step);
      }
    }
    return found;
  }

  /** Base32 without padding (RFC 4648 section 6), as apps take a secret that is typed in. */
  static String base32(byte[] bytes) {
    StringBuilder text = new StringBuilder();
    int bits = 0;
    int count = 0;
    for (byte b : bytes) {
      bits = bits << 8 | b & 0xff;
      count += 8;
      while (count >= 5) {
        count -= 5;
        text.append(BASE32.charAt(bits >> count & 31));
      }
      bits &= (1 << count) - 1;
    }
    if (count > 0) {
      text.append(BASE32.charAt(bits << 5 - count & 31));
    }
    return text.toString();
  }

  private static byte[] hmac(byte[] secret, byte[] message) {
    try {
      Mac mac = Mac.getInstance("HmacSHA1");
      mac.init(new SecretKeySpec(secret, "HmacSHA1"));
      return mac.doFinal(message);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the Java platform lacks HMAC-SHA-1", e);
    }
  }
}
