package org.slipway.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;
import java.io.EOFException;
import java.io.IOException;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.slipway.accounts.InvalidInputException;
import org.slipway.accounts.Refusal;
import org.slipway.accounts.RefusedException;
import org.slipway.api.model.Problem;
import org.slipway.audit.AuditAction;
import org.slipway.audit.AuditTrail;
import org.slipway.audit.Who;

/**
 * Turns whatever a resource throws into a problem document. The type of an exception says whose
 * fault it is; what is not known here is ours, is logged, and the caller learns nothing of it.
 */
@Provider
@Singleton
public class ErrorMapping implements ExceptionMapper<Throwable> {
  private static final Logger LOG = Logger.getLogger(ErrorMapping.class.getName());

  /** What an administrator wants to know of; that a file is missing is everyday. */
  private static final Set<Refusal.Kind> AUDITED =
      Set.of(
          Refusal.Kind.NO_PERMISSION,
          Refusal.Kind.OVER_QUOTA,
          Refusal.Kind.OVER_TRAFFIC,
          Refusal.Kind.DISK_FULL,
          Refusal.Kind.TOO_MANY_SESSIONS,
          Refusal.Kind.CLOSED);

  private static final int DEEPEST = 20;
  private static final Refusal DISK_FULL =
      Refusal.of(Refusal.Kind.DISK_FULL, "The disk of the server is full");

  private final AuditTrail audit;
  private final Authentication authentication;

  @Context private HttpServletRequest request;
  @Context private SecurityContext security;

  @Inject
  public ErrorMapping(AuditTrail audit, Authentication authentication) {
    this.audit = audit;
    this.authentication = authentication;
  }

  @Override
  public Response toResponse(Throwable thrown) {
    if (thrown instanceof RefusedException e && AUDITED.contains(e.refusal().kind())) {
      Who who =
          security.getUserPrincipal() instanceof Caller caller
              ? caller.who()
              : authentication.anonymous(request);
      audit.refused(
          who,
          AuditAction.API_REQUEST,
          request.getMethod() + " " + request.getRequestURI(),
          e.refusal().kind().name());
    }
    UnreadBody.skip(request);
    if (thrown instanceof WebApplicationException web && web.getResponse().getStatus() < 400) {
      return web.getResponse();
    }
    Response response = Problems.response(problem(thrown));
    if (thrown instanceof WebApplicationException web
        && web.getResponse().getHeaderString(HttpHeaders.ALLOW) != null) {
      return Response.fromResponse(response)
          .header(HttpHeaders.ALLOW, web.getResponse().getHeaderString(HttpHeaders.ALLOW))
          .build();
    }
    return response;
  }

  static Problem problem(Throwable thrown) {
    return switch (thrown) {
      case RefusedException e -> Problems.of(e.refusal());
      case InvalidInputException e -> Problems.of(e.violations());
      case UnreadableJsonException e -> ApiJson.problem(e.reason());
      case JsonProcessingException e -> ApiJson.problem(e);
      case BrokenRequestException e -> Problems.of(e.status(), e.getMessage());
      case WebApplicationException e -> web(e);
      case EOFException e -> Problems.of(400, "The request ended before its body was whole");
      default -> isDiskFull(thrown) ? Problems.of(DISK_FULL) : failure(thrown);
    };
  }

  private static Problem web(WebApplicationException e) {
    int status = e.getResponse().getStatus();
    if (status >= 500 || causedByJson(e)) {
      return e.getCause() instanceof JsonProcessingException json
          ? ApiJson.problem(json)
          : failure(e);
    }
    return Problems.of(
        status,
        switch (status) {
          case 404 -> "There is nothing at this address";
          case 405 -> "This address does not know the method";
          case 406 -> "The answer cannot be given in an accepted form";
          case 415 -> "The body must be JSON (application/json)";
          case 412 -> "It was changed meanwhile; read it again";
          default -> "The request cannot be understood";
        });
  }

  /** The disk of the database, that is: files that do not fit are refused where they are stored. */
  private static boolean isDiskFull(Throwable thrown) {
    int depth = 0;
    for (Throwable t = thrown; t != null && depth < DEEPEST; t = t.getCause(), depth++) {
      if (t instanceof IOException && String.valueOf(t.getMessage()).contains("No space left")) {
        LOG.log(Level.SEVERE, "The disk of the database is full", thrown);
        return true;
      }
    }
    return false;
  }

  private static boolean causedByJson(WebApplicationException e) {
    return e.getCause() instanceof JsonProcessingException;
  }

  private static Problem failure(Throwable thrown) {
    LOG.log(Level.SEVERE, "A request failed", thrown);
    return Problems.of(500, "The portal could not do this; its log has the details");
  }
}
