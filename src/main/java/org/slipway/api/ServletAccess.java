package org.slipway.api;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Arrays;
import org.slipway.accounts.Action;
import org.slipway.accounts.Authorization;
import org.slipway.accounts.Channel;
import org.slipway.accounts.RefusedException;

/** The same check of a caller as for the resources, for the pages that stand outside of them. */
@Singleton
public final class ServletAccess {
  private final Authentication authentication;
  private final Authorization authorization;

  @Inject
  public ServletAccess(Authentication authentication, Authorization authorization) {
    this.authentication = authentication;
    this.authorization = authorization;
  }

  /** Whether the caller may go on; otherwise the refusal is answered already. */
  boolean allows(HttpServletRequest request, HttpServletResponse response, Action... actions)
      throws IOException {
    try {
      Caller caller = authentication.caller(request);
      TokenAccess.require(caller, request.getMethod(), actions);
      Arrays.stream(actions)
          .forEach(a -> authorization.require(caller.account().id(), Channel.API, a));
      return true;
    } catch (RefusedException e) {
      Problems.send(response, Problems.of(e.refusal()));
      return false;
    }
  }
}
