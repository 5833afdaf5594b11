package org.slipway.web;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.servlet.http.HttpServletRequest;
import java.net.InetAddress;
import java.util.Collections;
import org.slipway.accounts.TrustedProxies;

/** From where a request to the console really comes. */
@Singleton
public final class ClientAddress {
  private final TrustedProxies proxies;

  @Inject
  public ClientAddress(TrustedProxies proxies) {
    this.proxies = proxies;
  }

  /** The nearest address on the way that is not one of our own proxies. */
  public InetAddress of(HttpServletRequest request) {
    return proxies.client(
        withoutZone(request.getRemoteAddr()),
        Collections.list(request.getHeaders("X-Forwarded-For")));
  }

  /** Whether a proxy of ours handed the request on. */
  boolean isProxy(HttpServletRequest request) {
    return proxies.isTrusted(withoutZone(request.getRemoteAddr()));
  }

  private static String withoutZone(String address) {
    int zone = address.indexOf('%');
    return zone < 0 ? address : address.substring(0, zone);
  }
}
