package org.slipway.accounts;

import java.net.InetAddress;

/**
 * Somebody whose browser is signed in, as the guard of the pages leaves it at a request for those
 * that answer it. Only the server can put it there.
 *
 * @param account as it was when the request began
 * @param address from where, behind trusted proxies
 * @param session in which the request came
 */
public record SignedIn(Account account, InetAddress address, LiveSession session) {
  /** Name of the request's attribute. */
  public static final String ATTRIBUTE = SignedIn.class.getName();
}
