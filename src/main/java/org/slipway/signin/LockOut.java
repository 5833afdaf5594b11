package org.slipway.signin;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.UUID;

/**
 * Who is not let in at present, whatever the password.
 *
 * @param username as it was typed; empty where it concerns every account
 * @param address where from; empty where it concerns every address
 * @param until when the next attempt is looked at
 * @param failures how many led to it
 */
public record LockOut(Kind kind, String username, String address, Instant until, int failures) {

  /** What was too much. */
  public enum Kind {
    /** One account from one address: locked out there. */
    ACCOUNT_AT_ADDRESS,
    /** One account from many addresses: slowed down for addresses that it does not know. */
    ACCOUNT,
    /** One address with many accounts: slowed down for accounts that do not know it. */
    ADDRESS
  }

  /** The same for the same account and address. */
  public String id() {
    String key = kind + "\n" + username + "\n" + address;
    return UUID.nameUUIDFromBytes(key.getBytes(StandardCharsets.UTF_8)).toString();
  }
}
