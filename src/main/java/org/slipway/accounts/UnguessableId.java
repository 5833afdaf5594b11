package org.slipway.accounts;

import java.security.SecureRandom;
import java.util.Base64;

/** Identifiers that give access to whoever knows them: 192 random bits, safe in a URL. */
public final class UnguessableId {
  private static final SecureRandom RANDOM = new SecureRandom();

  private UnguessableId() {}

  public static String next() {
    byte[] bytes = new byte[24];
    RANDOM.nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
