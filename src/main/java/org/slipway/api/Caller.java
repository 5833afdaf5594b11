package org.slipway.api;

import jakarta.ws.rs.core.SecurityContext;
import java.net.InetAddress;
import java.security.Principal;
import java.util.Optional;
import org.slipway.accounts.Account;
import org.slipway.accounts.Channel;
import org.slipway.accounts.LiveSession;
import org.slipway.accounts.Refusal;
import org.slipway.accounts.RefusedException;
import org.slipway.audit.Who;
import org.slipway.signin.ApiToken;

/**
 * Who sent a request.
 *
 * @param account as it was when the request began
 * @param address from where, behind trusted proxies
 * @param token with which it came in the place of a password
 * @param session in which the request came; empty for one with credentials of its own
 */
record Caller(
    Account account, InetAddress address, Optional<ApiToken> token, Optional<LiveSession> session)
    implements Principal {

  Caller(Account account, InetAddress address, Optional<ApiToken> token) {
    this(account, address, token, Optional.empty());
  }

  /** The one that {@link AccessFilter} let through. */
  static Caller of(SecurityContext security) {
    return (Caller) security.getUserPrincipal();
  }

  /**
   * @throws RefusedException if it came with a token
   */
  void requirePassword() {
    if (token.isPresent()) {
      throw new RefusedException(
          Refusal.Kind.NO_PERMISSION, "No token may do this; sign in with the password");
    }
  }

  @Override
  public String getName() {
    return account.username();
  }

  /** By which way the request came: from a browser that is signed in, or from a program. */
  Channel channel() {
    return session.isPresent() ? Channel.WEB : Channel.API;
  }

  Who who() {
    return new Who(account.username(), address.getHostAddress(), channel().name());
  }
}
