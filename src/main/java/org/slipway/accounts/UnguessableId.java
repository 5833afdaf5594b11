package org.slipway.accounts;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;

/** Identifiers that give access to whoever knows them: 192 random bits, safe in a URL. */
public final class UnguessableId {
  private static final SecureRandom RANDOM = new SecureRandom();

  private UnguessableId() {}

  public static String next() {
    byte[] bytes = new byte[24];
    RANDOM.nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  /** What is stored of one: nobody finds 192 random bits by trying, so it needs no slow hash. */
  public static String hash(String id) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(id.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the Java platform lacks SHA-256", e);
    }
  }
}
