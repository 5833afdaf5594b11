package org.slipway.web;

import jakarta.inject.Inject;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.primefaces.csp.CspState;
import org.slipway.accounts.Account;
import org.slipway.accounts.Authorization;
import org.slipway.accounts.Channel;
import org.slipway.accounts.Refusal;
import org.slipway.accounts.RefusedException;
import org.slipway.audit.AuditAction;
import org.slipway.audit.AuditTrail;
import org.slipway.audit.Who;
import org.slipway.signin.SecondFactor;

/**
 * Lets a request through to a page only if the table of pages says so: by default it does not. The
 * account is looked at anew with each request, so that nobody works on with a right that is gone.
 */
public class PageGuard extends HttpFilter {
  private static final long serialVersionUID = 1L;
  private static final Set<Page> TAKE_FILES =
      EnumSet.of(Page.BOOT_FILES, Page.CERTIFICATES, Page.DEVICES);
  private static final String RESOURCES = "/jakarta.faces.resource/";

  @Inject private transient Authorization authorization;
  @Inject private transient AuditTrail audit;
  @Inject private transient SecondFactor secondFactor;

  @Override
  protected void doFilter(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    if (!isReading(request) && !request.getMethod().equals("POST")) {
      response.setHeader("Allow", "GET, HEAD, POST");
      response.sendError(HttpServletResponse.SC_METHOD_NOT_ALLOWED);
      return;
    }
    String path = request.getServletPath();
    if (path.startsWith(RESOURCES)) {
      chain.doFilter(request, response);
      return;
    }
    Optional<Page> page = Page.of(path);
    if (page.isEmpty() || page.get() == Page.ERROR) {
      response.sendError(HttpServletResponse.SC_NOT_FOUND);
      return;
    }
    response.setHeader("Cache-Control", "no-store");
    if (isUpload(request) && !TAKE_FILES.contains(page.get())) {
      response.sendError(HttpServletResponse.SC_UNSUPPORTED_MEDIA_TYPE);
      return;
    }
    if (page.get().needed().isEmpty()) {
      show(request, response, chain);
    } else {
      guarded(page.get(), request, response, chain);
    }
  }

  static boolean isReading(HttpServletRequest request) {
    return request.getMethod().equals("GET") || request.getMethod().equals("HEAD");
  }

  /** Files are laid on the disk before a page is asked, outside of every quota. */
  private static boolean isUpload(HttpServletRequest request) {
    String type = request.getContentType();
    return type != null && type.toLowerCase(Locale.ROOT).startsWith("multipart/");
  }

  private void guarded(
      Page page, HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    WebSession session = WebSession.of(request).orElse(null);
    if (session == null) {
      toSignIn(request, response, "");
      return;
    }
    Account account;
    try {
      session.requireOpen();
      account = authorization.current(session.accountId());
      request.setAttribute(Me.ACCOUNT, account);
    } catch (RefusedException e) {
      request.getSession().invalidate();
      toSignIn(request, response, "ended=" + e.refusal().kind());
      return;
    }
    Optional<Refusal> refusal =
        authorization.check(session.accountId(), Channel.WEB, page.needed().orElseThrow());
    if (refusal.isPresent()) {
      audit.refused(
          new Who(account.username(), session.address(), Channel.WEB.name()),
          AuditAction.PAGE,
          page.getPath(),
          refusal.get().kind().name());
      response.sendError(HttpServletResponse.SC_FORBIDDEN);
      return;
    }
    if (page != Page.SECOND_FACTOR && secondFactor.isMissing(account)) {
      redirect(request, response, request.getContextPath() + Page.SECOND_FACTOR.getPath());
      return;
    }
    show(request, response, chain);
    if (!refreshesItself(request)) {
      session.touch();
    }
  }

  /** A form that does not bring the nonce of its page was made up, and is no failure of ours. */
  private static void show(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    try {
      chain.doFilter(request, response);
    } catch (ServletException e) {
      if (!isOfNonce(e)) {
        throw e;
      }
      response.sendError(HttpServletResponse.SC_BAD_REQUEST);
    }
  }

  /** By where it was thrown: of an exception that has a cause, Faces hands on the cause alone. */
  private static boolean isOfNonce(ServletException e) {
    return e.getRootCause() != null
        && Arrays.stream(e.getRootCause().getStackTrace())
            .anyMatch(frame -> frame.getClassName().equals(CspState.class.getName()));
  }

  /** A page that asks for news by itself keeps nobody signed in. Parameters are read by now. */
  private static boolean refreshesItself(HttpServletRequest request) {
    String source = request.getParameter("jakarta.faces.source");
    return source != null && source.endsWith(":poll");
  }

  private static void toSignIn(
      HttpServletRequest request, HttpServletResponse response, String query) throws IOException {
    String target = request.getContextPath() + Page.SIGN_IN.getPath() + "?" + query;
    if (request.getMethod().equals("GET")) {
      String here =
          request.getServletPath()
              + (request.getQueryString() == null ? "" : "?" + request.getQueryString());
      target += "&to=" + URLEncoder.encode(here, StandardCharsets.UTF_8);
    }
    redirect(request, response, target);
  }

  private static void redirect(
      HttpServletRequest request, HttpServletResponse response, String target) throws IOException {
    if ("partial/ajax".equals(request.getHeader("Faces-Request"))) {
      response.setContentType("text/xml;charset=UTF-8");
      response
          .getWriter()
          .write(
              "<?xml version=\"1.0\" encoding=\"UTF-8\"?><partial-response><redirect url=\""
                  + target.replace("&", "&amp;")
                  + "\"/></partial-response>");
    } else {
      response.sendRedirect(target);
    }
  }
}
