package org.slipway.signin;

import java.security.SecureRandom;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.slipway.accounts.UnguessableId;

/**
 * Codes that stand in for a lost authenticator app, each once. They have 80 random bits, so that a
 * plain hash keeps them safe at rest.
 */
final class RecoveryCodes {
  static final int COUNT = 10;
  private static final int BYTES = 10;
  private static final SecureRandom RANDOM = new SecureRandom();

  private RecoveryCodes() {}

  /** New codes in the place of all old ones; as they are shown, this once. */
  static List<String> replace(Handle handle, UUID accountId) {
    handle.execute("DELETE FROM recovery_code WHERE account_id = ?", accountId);
    List<String> codes = Stream.generate(RecoveryCodes::next).limit(COUNT).toList();
    for (String code : codes) {
      handle.execute(
          "INSERT INTO recovery_code (account_id, code_hash) VALUES (?, ?)",
          accountId,
          hash(accountId, code));
    }
    return codes;
  }

  /** Whether it was one; it is none any more. */
  static boolean use(Handle handle, UUID accountId, String code) {
    return handle.execute(
            "DELETE FROM recovery_code WHERE account_id = ? AND code_hash = ?",
            accountId,
            hash(accountId, code))
        == 1;
  }

  static int left(Handle handle, UUID accountId) {
    return handle
        .createQuery("SELECT COUNT(*) FROM recovery_code WHERE account_id = :id")
        .bind("id", accountId)
        .mapTo(int.class)
        .one();
  }

  private static String next() {
    byte[] bytes = new byte[BYTES];
    RANDOM.nextBytes(bytes);
    String text = Totp.base32(bytes).toLowerCase(Locale.ROOT);
    return String.join(
        "-",
        text.substring(0, 4),
        text.substring(4, 8),
        text.substring(8, 12),
        text.substring(12, 16));
  }

  /** However it is typed: hyphens, spaces and capitals do not count. */
  private static String hash(UUID accountId, String code) {
    String plain = code.replaceAll("[-\\s]", "").toLowerCase(Locale.ROOT);
    return UnguessableId.hash(accountId + plain);
  }
}
