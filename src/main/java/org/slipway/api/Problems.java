package org.slipway.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import org.slipway.accounts.Refusal;
import org.slipway.accounts.Violation;
import org.slipway.api.model.Problem;

/** Makes problem documents (RFC 9457). Texts are fixed or a refusal's own; nothing internal. */
final class Problems {
  static final MediaType PROBLEM_JSON = new MediaType("application", "problem+json", "utf-8");
  private static final String URN = "urn:slipway:refusal:";
  private static final String CHALLENGE =
      "Basic realm=\"Slipway\", charset=\"UTF-8\", Bearer realm=\"Slipway\"";
  private static final long USUAL_RETRY_AFTER = 30;

  private Problems() {}

  static Problem of(int status, String detail) {
    return new Problem("about:blank", title(status), status, detail, 0, List.of());
  }

  static Problem of(Refusal refusal) {
    String name = refusal.kind().name().toLowerCase(Locale.ROOT).replace('_', '-');
    String title = name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1);
    return new Problem(
        URN + name,
        title.replace('-', ' '),
        RefusalStatus.of(refusal.kind()),
        refusal.detail(),
        refusal.missingBytes(),
        List.of(),
        refusal.retryAfter().map(after -> after.plusMillis(999).toSeconds()).orElse(null));
  }

  static Problem of(List<Violation> violations) {
    return new Problem(
        "urn:slipway:invalid-input",
        "Invalid input",
        400,
        "The request has fields that cannot be accepted",
        0,
        violations.stream()
            .map(v -> new Problem.BadField(v.field(), v.code(), v.message()))
            .toList());
  }

  static Response response(Problem problem) {
    Response.ResponseBuilder response =
        Response.status(problem.status()).type(PROBLEM_JSON).entity(problem);
    if (problem.status() == 401) {
      response.header(HttpHeaders.WWW_AUTHENTICATE, CHALLENGE);
    }
    if (problem.status() == 429) {
      response.header(HttpHeaders.RETRY_AFTER, retryAfter(problem));
    }
    return response.build();
  }

  /** The same for what is answered outside of the resources. */
  static void send(HttpServletResponse response, Problem problem) throws IOException {
    response.reset();
    response.setStatus(problem.status());
    if (problem.status() == 401) {
      response.setHeader(HttpHeaders.WWW_AUTHENTICATE, CHALLENGE);
    }
    if (problem.status() == 429) {
      response.setHeader(HttpHeaders.RETRY_AFTER, retryAfter(problem));
    }
    response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
    byte[] body = json(problem).getBytes(StandardCharsets.UTF_8);
    response.setContentType("application/problem+json;charset=utf-8");
    response.setContentLength(body.length);
    response.getOutputStream().write(body);
  }

  private static String retryAfter(Problem problem) {
    return Long.toString(problem.retryAfter() == null ? USUAL_RETRY_AFTER : problem.retryAfter());
  }

  private static String json(Problem problem) {
    try {
      return ApiJson.MAPPER.writeValueAsString(problem);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String title(int status) {
    if (status == RefusalStatus.INSUFFICIENT_STORAGE) {
      return "Insufficient Storage";
    }
    Response.Status known = Response.Status.fromStatusCode(status);
    return known == null ? "Error" : known.getReasonPhrase();
  }
}
