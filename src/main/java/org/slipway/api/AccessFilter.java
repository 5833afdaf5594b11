package org.slipway.api;

import jakarta.annotation.Priority;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.ext.Provider;
import java.lang.reflect.Method;
import java.util.Set;
import org.slipway.accounts.Action;
import org.slipway.accounts.Authorization;
import org.slipway.accounts.Refusal;
import org.slipway.accounts.RefusedException;

/**
 * Lets a request through to its resource method, or not. A method that does not say who may call it
 * may be called by nobody.
 */
@Provider
@Singleton
@Priority(Priorities.AUTHENTICATION)
public class AccessFilter implements ContainerRequestFilter {
  private static final Set<String> SAFE_METHODS = Set.of("GET", "HEAD", "OPTIONS");

  private final Authentication authentication;
  private final Authorization authorization;

  @Context private ResourceInfo resource;
  @Context private HttpServletRequest request;

  @Inject
  public AccessFilter(Authentication authentication, Authorization authorization) {
    this.authentication = authentication;
    this.authorization = authorization;
  }

  @Override
  public void filter(ContainerRequestContext context) {
    refuseOtherSites(context);
    Method method = resource.getResourceMethod();
    if (method != null && method.isAnnotationPresent(PublicAccess.class)) {
      return;
    }
    if (!saysWhoMayCallIt(method)) {
      throw new RefusedException(Refusal.Kind.NO_PERMISSION, "Nobody may do this");
    }
    Caller caller =
        method.isAnnotationPresent(BeforeSecondFactor.class)
            ? authentication.callerBeforeSecondFactor(request)
            : authentication.caller(request);
    TokenAccess.require(caller, method, context.getMethod());
    context.setSecurityContext(new CallerContext(caller, request.isSecure()));
    Needs needs = method.getAnnotation(Needs.class);
    if (needs != null) {
      for (Action action : needs.value()) {
        authorization.require(caller.account().id(), caller.channel(), action);
      }
    }
  }

  static boolean saysWhoMayCallIt(Method method) {
    return method != null
        && (method.isAnnotationPresent(Needs.class)
            || method.isAnnotationPresent(NeedsLogin.class)
            || method.isAnnotationPresent(PublicAccess.class));
  }

  /**
   * A browser that has once asked for Basic credentials sends them for any site that posts here.
   */
  private static void refuseOtherSites(ContainerRequestContext context) {
    String site = context.getHeaderString("Sec-Fetch-Site");
    boolean own = site == null || site.equals("same-origin") || site.equals("none");
    if (!own && !SAFE_METHODS.contains(context.getMethod())) {
      throw new RefusedException(
          Refusal.Kind.NO_PERMISSION, "Pages of other sites may not change anything here");
    }
  }
}
