package org.slipway.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An address that is written otherwise never gives more than the one that it imitates. */
class PathTricksIT {
  /** Bad request, method not allowed, not implemented. */
  private static final Set<Integer> REFUSED_METHOD = Set.of(400, 405, 501);

  /** Each as it goes onto the wire; {@code P} is a path that only some may open, without slash. */
  private static final List<String> TRICKS =
      List.of(
          "/P;x",
          "/P;jsessionid=1",
          "/x/..;/P",
          "/./P",
          "//P",
          "/;/P",
          "/%2fP",
          "/%2e/P",
          "/%2e%2e/P",
          "/x/%2e%2e/P",
          "/x/../P",
          "/P%00",
          "/P%00.css",
          "/P.",
          "/P/",
          "/P/x",
          "/P%20",
          "/P%2f",
          "/P%3b",
          "/P%253bx",
          "/%252e%252e/P",
          "/%c0%ae/P",
          "/P%zz",
          "/x\\..\\P",
          "/P\\",
          "/P%5c",
          "/P%0d%0aX-Evil:1",
          "/P%",
          "/P#x",
          "/P?;jsessionid=1",
          "/jakarta.faces.resource/../P",
          "/jakarta.faces.resource/..%2fP",
          "/jakarta.faces.resource/..;/P",
          "/signin.xhtml/../P",
          "/signin.xhtml/..;/P",
          "/signin.xhtml;/../P",
          "/health/live/../../P",
          "/health/..;/P",
          "/openapi/../P");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "home.xhtml", "accounts/accounts.xhtml", "setup.xhtml", "api/v1/accounts", "api/v1/me",
        "api/v1/audit", "metrics", "openapi", "WEB-INF/web.xml", "WEB-INF/beans.xml",
        "META-INF/MANIFEST.MF", "WEB-INF/templates/console.xhtml"
      })
  void aTrickOpensNothing(String path) {
    for (String trick : TRICKS) {
      isClosed(trick.replace("P", path));
    }
    isClosed("/" + path.toUpperCase(java.util.Locale.ROOT));
    isClosed("/" + "%" + Integer.toHexString(path.charAt(0)) + path.substring(1));
  }

  /** Refused, or led to the sign-in page, or as empty as the container's answer to nonsense. */
  private static void isClosed(String target) {
    String answer = Api.nobody().raw("GET " + target, "Accept: text/html\r\n\r\n");
    if (answer.isEmpty()) {
      return;
    }
    int status = Integer.parseInt(answer.split(" ")[1]);
    String body =
        answer.contains("\r\n\r\n") ? answer.substring(answer.indexOf("\r\n\r\n") + 4) : "";
    boolean malformed = target.matches(".*%(zz|$).*") && body.isEmpty();
    assertThat(status == 302 || status >= 400 && status < 500 || malformed)
        .as(target + ": " + answer)
        .isTrue();
    assertThat(answer)
        .as(target)
        .doesNotContain(
            "<web-app", "<beans", "ui:composition", "Payara", "org.slipway", "\nX-Evil");
    if (status == 302) {
      assertThat(answer).as(target).containsPattern("Location: [^\r]*/signin\\.xhtml");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "X-Original-URL: /health/live",
        "X-Rewrite-URL: /health/live",
        "X-Forwarded-Prefix: /health",
        "X-Forwarded-For: 127.0.0.1",
        "X-Forwarded-Host: evil.example",
        "X-Forwarded-Proto: https",
        "X-HTTP-Method-Override: GET",
        "X-HTTP-Method: GET",
        "X-Method-Override: GET",
        "Forwarded: for=127.0.0.1;host=evil.example",
        "Authorization: Bearer x",
        "Authorization: Basic Og==",
        "Cookie: slipway-session=x",
        "Cookie: JSESSIONID=../../x"
      })
  void aHeaderOpensNothing(String header) {
    for (String path : List.of("/api/v1/accounts", "/metrics", "/home.xhtml", "/setup.xhtml")) {
      String answer = Api.nobody().raw("GET " + path, header + "\r\n\r\n");
      assertThat(answer.split(" ")[1]).as(path + " " + header).isIn("302", "401", "404", "400");
      assertThat(answer).as(path + " " + header).doesNotContain("evil.example");
    }
    String overridden =
        Api.user().raw("POST /api/v1/audit", header + "\r\nContent-Length: 0\r\n\r\n");
    assertThat(overridden.split(" ")[1]).as(header).isIn("405", "403", "401", "400");
  }

  @Test
  void publicAddressesHaveNoOtherNames() {
    for (String target :
        List.of(
            "/SIGNIN.xhtml",
            "/signin.xhtml/",
            "/signin.xhtml/x",
            "/signin.jsf",
            "/faces/signin.xhtml",
            "/boot/..;/api/v1/me",
            "/boot/%2e%2e/metrics",
            "/resources/..%2fWEB-INF/web.xml",
            "/resources/%2e%2e/WEB-INF/web.xml",
            "/jakarta.faces.resource/web.xml.xhtml?ln=../WEB-INF",
            "/jakarta.faces.resource/..%2fWEB-INF%2fweb.xml.xhtml",
            "/jakarta.faces.resource/accounts.xhtml.xhtml?ln=accounts")) {
      isClosed(target);
    }
  }

  /** Asked by one who may do everything, so that the method alone is what is refused. */
  @Test
  void aMethodThatNoRowNamesIsRefused() {
    Api admin = Api.administrator();
    List<String> wrong = new ArrayList<>();
    for (String path :
        List.of("/api/v1/audit", "/metrics", "/openapi", "/health/live", "/home.xhtml")) {
      assertThat(status(admin.raw("GET " + path, "\r\n"))).as(path).isIn(200, 302);
      for (String method :
          List.of(
              "TRACE", "TRACK", "FOO", "PROPFIND", "CONNECT", "get", "PATCH", "PUT", "DELETE")) {
        int status = status(admin.raw(method + " " + path, "Content-Length: 0\r\n\r\n"));
        if (!REFUSED_METHOD.contains(status)) {
          wrong.add(method + " " + path + ": " + status);
        }
      }
    }
    assertThat(wrong).isEmpty();
  }

  private static int status(String answer) {
    return answer.isEmpty() ? 0 : Integer.parseInt(answer.split(" ")[1]);
  }
}
