package org.slipway.accounts;

import java.net.InetAddress;

/** Checks credentials, over any channel, in the same time for a wrong name and a wrong password. */
public interface Login {

  /**
   * The active account with this name and password. Success and refusal go to the audit trail.
   *
   * @throws RefusedException {@code WRONG_CREDENTIALS}, {@code LOCKED_OUT}, or the state of the
   *     account ({@code ACCOUNT_PENDING}, ...), which only one with the right password is told
   */
  Account authenticate(String username, String password, Channel channel, InetAddress address);
}
