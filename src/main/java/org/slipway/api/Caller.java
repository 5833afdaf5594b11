package org.slipway.api;

import jakarta.ws.rs.core.SecurityContext;
import java.net.InetAddress;
import java.security.Principal;
import org.slipway.accounts.Account;
import org.slipway.accounts.Channel;
import org.slipway.audit.Who;

/**
 * Who sent a request.
 *
 * @param account as it was when the request began
 * @param address from where, behind trusted proxies
 */
record Caller(Account account, InetAddress address) implements Principal {

  /** The one that {@link AccessFilter} let through. */
  static Caller of(SecurityContext security) {
    return (Caller) security.getUserPrincipal();
  }

  @Override
  public String getName() {
    return account.username();
  }

  Who who() {
    return new Who(account.username(), address.getHostAddress(), Channel.API.name());
  }
}
