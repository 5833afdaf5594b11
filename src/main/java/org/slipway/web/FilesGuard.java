package org.slipway.web;

import jakarta.inject.Inject;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import java.util.Set;
import org.slipway.accounts.Account;
import org.slipway.accounts.Action;
import org.slipway.accounts.Authorization;
import org.slipway.accounts.Channel;
import org.slipway.accounts.Refusal;
import org.slipway.accounts.RefusedException;
import org.slipway.accounts.SignedIn;
import org.slipway.audit.AuditAction;
import org.slipway.audit.AuditTrail;
import org.slipway.audit.Who;

/**
 * Lets a browser that is signed in through to its own files, and nobody else; by default to
 * nothing. What changes something needs the token of the session, which only our own pages know: it
 * is bound to the session and to no address, so a reader on the move keeps working.
 */
public class FilesGuard extends HttpFilter {
  private static final long serialVersionUID = 1L;
  static final String TOKEN = "X-CSRF-Token";
  private static final Set<String> SAFE_METHODS = Set.of("GET", "HEAD");
  private static final List<String> METHODS =
      List.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE");
  private static final Set<String> PLACES = Set.of("files", "uploads", "trash");

  @Inject private transient Authorization authorization;
  @Inject private transient ClientAddress clientAddress;
  @Inject private transient AuditTrail audit;

  @Override
  protected void doFilter(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    response.setHeader("Cache-Control", "no-store");
    String raw = request.getRequestURI();
    if (!isPlace(raw, request.getContextPath())
        || !PLACES.contains(request.getServletPath().replaceFirst("^/my/", ""))) {
      response.sendError(HttpServletResponse.SC_NOT_FOUND);
      return;
    }
    if (!METHODS.contains(request.getMethod())) {
      response.setHeader("Allow", String.join(", ", METHODS));
      response.sendError(HttpServletResponse.SC_METHOD_NOT_ALLOWED);
      return;
    }
    WebSession session = WebSession.of(request).orElse(null);
    if (session == null) {
      unknown(request, response);
      return;
    }
    try {
      session.requireOpen();
      Account account = authorization.current(session.accountId());
      authorization.require(account.id(), Channel.WEB, Action.USE_OWN_HOME);
      requireOurPage(request, session, account);
      request.setAttribute(
          SignedIn.ATTRIBUTE, new SignedIn(account, clientAddress.of(request), session));
    } catch (RefusedException e) {
      if (e.refusal().kind() == Refusal.Kind.NO_PERMISSION) {
        response.setStatus(HttpServletResponse.SC_FORBIDDEN);
      } else {
        request.getSession().invalidate();
        unknown(request, response);
      }
      return;
    }
    session.touch();
    chain.doFilter(request, response);
    session.touch();
  }

  /**
   * Whether an address, exactly as it was sent, is one of the places: with no path parameter, no
   * doubled slash, no dots and no escape on the way to it.
   */
  static boolean isPlace(String raw, String contextPath) {
    String start = contextPath + "/my/";
    if (!raw.startsWith(start)) {
      return false;
    }
    String rest = raw.substring(start.length());
    int slash = rest.indexOf('/');
    return PLACES.contains(slash < 0 ? rest : rest.substring(0, slash)) && !rest.contains("//");
  }

  private void requireOurPage(HttpServletRequest request, WebSession session, Account account) {
    if (SAFE_METHODS.contains(request.getMethod()) || isFromOurPage(request, session.csrfToken())) {
      return;
    }
    Who who =
        new Who(account.username(), clientAddress.of(request).getHostAddress(), Channel.WEB.name());
    audit.refused(
        who, AuditAction.PAGE, request.getMethod() + " " + request.getRequestURI(), "FORGED");
    throw new RefusedException(
        Refusal.Kind.NO_PERMISSION, "Pages of other sites may not change anything here");
  }

  static boolean isFromOurPage(HttpServletRequest request, String token) {
    String site = request.getHeader("Sec-Fetch-Site");
    String sent = request.getHeader(TOKEN);
    return (site == null || site.equals("same-origin"))
        && sent != null
        && MessageDigest.isEqual(
            sent.getBytes(StandardCharsets.UTF_8), token.getBytes(StandardCharsets.UTF_8));
  }

  /** A link that is followed leads to sign in; a script is told plainly. */
  private static void unknown(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    if ("navigate".equals(request.getHeader("Sec-Fetch-Mode"))) {
      response.sendRedirect(
          request.getContextPath() + Page.SIGN_IN.getPath() + "?to=" + Page.FILES.getPath());
    } else {
      response.setStatus(HttpServletResponse.SC_UNAUTHORIZED);
    }
  }
}
