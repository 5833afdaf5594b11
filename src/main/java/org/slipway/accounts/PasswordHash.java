package org.slipway.accounts;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/**
 * Passwords as PBKDF2 with HMAC-SHA-512 (RFC 8018 section 5.2), with its parameters beside the
 * hash: {@code pbkdf2-sha512$iterations$salt$hash}, the last two in Base64. A hash with weaker
 * parameters still verifies and is to be replaced ({@link #isOutdated}).
 */
public final class PasswordHash {
  private static final String ALGORITHM = "pbkdf2-sha512";
  private static final int ITERATIONS = 210_000;
  private static final int SALT_BYTES = 16;
  private static final int HASH_BYTES = 32;
  private static final SecureRandom RANDOM = new SecureRandom();

  /** What an unknown name is checked against, so that it takes as long as a known one. */
  private static final String NOBODY = of("nobody has this password");

  private PasswordHash() {}

  public static String of(String password) {
    return of(password, ITERATIONS);
  }

  public static String of(String password, int iterations) {
    byte[] salt = new byte[SALT_BYTES];
    RANDOM.nextBytes(salt);
    Base64.Encoder base64 = Base64.getEncoder().withoutPadding();
    return String.join(
        "$",
        ALGORITHM,
        Integer.toString(iterations),
        base64.encodeToString(salt),
        base64.encodeToString(derive(password, salt, iterations)));
  }

  /** Whether the password is the one that was hashed; compares in constant time. */
  public static boolean verify(String password, String hash) {
    String[] parts = hash.split("\\$");
    if (parts.length != 4 || !parts[0].equals(ALGORITHM)) {
      throw new IllegalArgumentException("unknown password hash " + parts[0]);
    }
    byte[] expected = Base64.getDecoder().decode(parts[3]);
    byte[] salt = Base64.getDecoder().decode(parts[2]);
    return MessageDigest.isEqual(expected, derive(password, salt, Integer.parseInt(parts[1])));
  }

  /** Takes as long as a check that fails. */
  public static void verifyNobody(String password) {
    verify(password, NOBODY);
  }

  /** Whether it was made with weaker parameters than today's. */
  public static boolean isOutdated(String hash) {
    return !hash.startsWith(ALGORITHM + "$" + ITERATIONS + "$");
  }

  private static byte[] derive(String password, byte[] salt, int iterations) {
    PBEKeySpec spec =
        new PBEKeySpec(password.toCharArray(), salt, iterations, HASH_BYTES * Byte.SIZE);
    try {
      return SecretKeyFactory.getInstance("PBKDF2WithHmacSHA512").generateSecret(spec).getEncoded();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the Java platform lacks PBKDF2", e);
    } finally {
      spec.clearPassword();
    }
  }
}
