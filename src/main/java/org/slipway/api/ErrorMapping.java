package org.slipway.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;
import java.io.EOFException;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.slipway.accounts.InvalidInputException;
import org.slipway.accounts.RefusedException;
import org.slipway.api.model.Problem;

/**
 * Turns whatever a resource throws into a problem document. The type of an exception says whose
 * fault it is; what is not known here is ours, is logged, and the caller learns nothing of it.
 */
@Provider
public class ErrorMapping implements ExceptionMapper<Throwable> {
  private static final Logger LOG = Logger.getLogger(ErrorMapping.class.getName());

  @Override
  public Response toResponse(Throwable thrown) {
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
      default -> failure(thrown);
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

  private static boolean causedByJson(WebApplicationException e) {
    return e.getCause() instanceof JsonProcessingException;
  }

  private static Problem failure(Throwable thrown) {
    LOG.log(Level.SEVERE, "A request failed", thrown);
    return Problems.of(500, "The portal could not do this; its log has the details");
  }
}
