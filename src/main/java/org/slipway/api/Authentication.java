package org.slipway.api;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.core.HttpHeaders;
import java.net.InetAddress;
import java.util.Collections;
import java.util.Optional;
import org.slipway.accounts.Account;
import org.slipway.accounts.Channel;
import org.slipway.accounts.Login;
import org.slipway.accounts.Refusal;
import org.slipway.accounts.RefusedException;
import org.slipway.accounts.SignedIn;
import org.slipway.accounts.TrustedProxies;
import org.slipway.audit.Who;

/**
 * Finds out who sent a request. The API knows only the {@code Authorization} header: no session and
 * no cookie, so that no other site can act in a user's name. Requests of {@link BrowserFiles} come
 * with somebody whom the guard of the pages has let through.
 */
@Singleton
public final class Authentication {
  private final Login login;
  private final TrustedProxies proxies;

  @Inject
  public Authentication(Login login, TrustedProxies proxies) {
    this.login = login;
    this.proxies = proxies;
  }

  /**
   * @throws RefusedException if there are no credentials, or none that are good
   */
  Caller caller(HttpServletRequest request) {
    if (request.getAttribute(SignedIn.ATTRIBUTE) instanceof SignedIn in) {
      return new Caller(in.account(), in.address(), Optional.of(in.session()));
    }
    InetAddress address = address(request);
    BasicCredentials credentials =
        BasicCredentials.parse(request.getHeader(HttpHeaders.AUTHORIZATION))
            .orElseThrow(
                () -> new RefusedException(Refusal.Kind.NOT_LOGGED_IN, "This needs a login"));
    Account account =
        login.authenticate(credentials.username(), credentials.password(), Channel.API, address);
    return new Caller(account, address);
  }

  /** Somebody who need not say who he is. */
  Who anonymous(HttpServletRequest request) {
    return new Who("", address(request).getHostAddress(), Channel.API.name());
  }

  InetAddress address(HttpServletRequest request) {
    return proxies.client(
        request.getRemoteAddr(), Collections.list(request.getHeaders("X-Forwarded-For")));
  }
}
