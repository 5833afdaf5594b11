package org.slipway.signin;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.slipway.accounts.Account;

/**
 * Remembers for a while that a password was right, so that a device that logs in for each file does
 * not cost a slow hash each time. Holds a keyed digest under a key that dies with the process; an
 * entry counts only for the very hash that it was checked against, so a new password ends it at
 * once.
 */
final class VerifiedCredentials {
  private static final Duration KEPT = Duration.ofMinutes(10);
  private static final int MOST = 10_000;

  private final Clock clock;
  private final SecretKeySpec key;
  private final Map<UUID, Entry> entries = new ConcurrentHashMap<>();

  private record Entry(byte[] digest, String hash, Instant until) {}

  VerifiedCredentials(Clock clock) {
    this.clock = clock;
    byte[] bytes = new byte[32];
    new SecureRandom().nextBytes(bytes);
    this.key = new SecretKeySpec(bytes, "HmacSHA256");
  }

  boolean knows(Account account, String password) {
    Entry entry = entries.get(account.id());
    return entry != null
        && entry.hash().equals(account.passwordHash())
        && clock.instant().isBefore(entry.until())
        && MessageDigest.isEqual(entry.digest(), digest(password));
  }

  void remember(Account account, String password) {
    if (entries.size() >= MOST) {
      entries.clear();
    }
    entries.put(
        account.id(),
        new Entry(digest(password), account.passwordHash(), clock.instant().plus(KEPT)));
  }

  private byte[] digest(String password) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(key);
      return mac.doFinal(password.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the Java platform lacks HMAC-SHA-256", e);
    }
  }
}
