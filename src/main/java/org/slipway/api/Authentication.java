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
import org.slipway.accounts.Refusal;
import org.slipway.accounts.RefusedException;
import org.slipway.accounts.SignedIn;
import org.slipway.accounts.TrustedProxies;
import org.slipway.audit.Who;
import org.slipway.signin.ApiTokens;
import org.slipway.signin.Login;
import org.slipway.signin.SecondFactor;

/**
 * Finds out who sent a request. The API knows only the {@code Authorization} header: no session and
 * no cookie, so that no other site can act in a user's name. Requests of {@link BrowserFiles} come
 * with somebody whom the guard of the pages has let through.
 */
@Singleton
public final class Authentication {
  private static final String BEARER = "Bearer ";

  private final Login login;
  private final SecondFactor secondFactor;
  private final ApiTokens tokens;
  private final TrustedProxies proxies;

  @Inject
  public Authentication(
      Login login, SecondFactor secondFactor, ApiTokens tokens, TrustedProxies proxies) {
    this.login = login;
    this.secondFactor = secondFactor;
    this.tokens = tokens;
    this.proxies = proxies;
  }

  /**
   * @throws RefusedException if there are no credentials, or none that are good, or the account has
   *     not set up the second factor that it must have
   */
  Caller caller(HttpServletRequest request) {
    Caller caller = callerBeforeSecondFactor(request);
    if (caller.token().isEmpty() && secondFactor.isMissing(caller.account())) {
      throw new RefusedException(
          Refusal.Kind.NO_PERMISSION, "Set up the second factor first, on the console or here");
    }
    return caller;
  }

  /** The same, for what helps to set it up. */
  Caller callerBeforeSecondFactor(HttpServletRequest request) {
    if (request.getAttribute(SignedIn.ATTRIBUTE) instanceof SignedIn in) {
      return new Caller(in.account(), in.address(), Optional.empty(), Optional.of(in.session()));
    }
    InetAddress address = address(request);
    String header = request.getHeader(HttpHeaders.AUTHORIZATION);
    if (header != null && header.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
      ApiTokens.Use use = tokens.authenticate(header.substring(BEARER.length()).strip(), address);
      return new Caller(use.account(), address, Optional.of(use.token()));
    }
    BasicCredentials credentials =
        BasicCredentials.parse(header)
            .orElseThrow(
                () -> new RefusedException(Refusal.Kind.NOT_LOGGED_IN, "This needs a login"));
    Account account =
        login.authenticate(credentials.username(), credentials.password(), Channel.API, address);
    return new Caller(account, address, Optional.empty());
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
