package org.slipway.api;

import jakarta.ws.rs.core.SecurityContext;
import java.security.Principal;

/** Carries the {@link Caller} from the filter to the resource. */
record CallerContext(Caller caller, boolean secure) implements SecurityContext {
  @Override
  public Principal getUserPrincipal() {
    return caller;
  }

  /** Roles are asked of the account, never of the container. */
  @Override
  public boolean isUserInRole(String role) {
    return false;
  }

  @Override
  public boolean isSecure() {
    return secure;
  }

  @Override
  public String getAuthenticationScheme() {
    return BASIC_AUTH;
  }
}
