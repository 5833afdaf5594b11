package org.slipway.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.slipway.api.Api.Answer;

class AuthenticationIT {
  private static final List<String> ADMINISTRATORS_ONLY =
      List.of("/api/v1/accounts", "/api/v1/audit");
  private static final List<String> OPERATORS =
      List.of(
          "/api/v1/devices",
          "/api/v1/devices/unknown",
          "/api/v1/devices/525400123456/explain",
          "/api/v1/manifests",
          "/api/v1/networks",
          "/api/v1/boot-files/",
          "/api/v1/listeners",
          "/metrics");
  private static final List<String> EVERYBODY =
      List.of("/api/v1/me", "/api/v1/files/", "/api/v1/transfers", "/api/v1/sessions", "/openapi");

  @Test
  void withoutALoginNothingIsShown() {
    for (List<String> paths : List.of(ADMINISTRATORS_ONLY, OPERATORS, EVERYBODY)) {
      for (String path : paths) {
        Answer answer = Api.nobody().get(path);
        assertThat(answer.status).as(path).isEqualTo(401);
        assertThat(answer.header("WWW-Authenticate")).startsWith("Basic realm=");
        assertThat(answer.header("Content-Type")).startsWith("application/problem+json");
        assertThat(answer.json().get("status").asInt()).isEqualTo(401);
      }
    }
  }

  @Test
  void eachRoleMayWhatItMay() {
    Api user = Api.user();
    Api operator = Api.operator();
    ADMINISTRATORS_ONLY.forEach(p -> {
      assertThat(user.get(p).status).as(p).isEqualTo(403);
      assertThat(operator.get(p).status).as(p).isEqualTo(403);
      assertThat(Api.administrator().get(p).status).as(p).isEqualTo(200);
    });
    OPERATORS.forEach(p -> {
      assertThat(user.get(p).status).as(p).isEqualTo(403);
      assertThat(operator.get(p).status).as(p).isEqualTo(200);
    });
    EVERYBODY.forEach(p -> assertThat(user.get(p).status).as(p).isEqualTo(200));
  }

  @Test
  void aWrongNameAndAWrongPasswordAreToldAlike() {
    Api user = Api.user();
    Answer wrongPassword = Api.as(user.username, "not-The-One").get("/api/v1/me");
    Answer wrongName = Api.as("nobody-" + user.username, "not-The-One").get("/api/v1/me");
    assertThat(wrongPassword.status).isEqualTo(401);
    assertThat(wrongName.status).isEqualTo(401);
    assertThat(wrongName.text()).isEqualTo(wrongPassword.text());
  }

  @Test
  void aSuspendedAndAWaitingAccountMayNothing() {
    Api suspended = Api.user();
    assertThat(suspended.get("/api/v1/me").status).isEqualTo(200);
    Api.administrator()
        .patch("/api/v1/accounts/" + suspended.username, "{\"status\":\"SUSPENDED\"}");
    Api pending = Api.account("\"status\":\"PENDING\"");
    for (String path : EVERYBODY) {
      assertThat(suspended.get(path).json().get("type").asText())
          .isEqualTo("urn:slipway:refusal:account-suspended");
      Answer answer = pending.get(path);
      assertThat(answer.status).isEqualTo(403);
      assertThat(answer.json().get("type").asText())
          .isEqualTo("urn:slipway:refusal:account-pending");
    }
  }

  @Test
  void noSessionIsKept() {
    Answer answer = Api.user().get("/api/v1/me");
    assertThat(answer.header("Set-Cookie")).isEmpty();
    assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
    assertThat(Api.nobody().get("/api/v1/me", "Cookie", "JSESSIONID=x").status).isEqualTo(401);
  }

  @Test
  void pagesOfOtherSitesChangeNothing() {
    Api user = Api.user();
    assertThat(user.upload("/api/v1/files/x", new byte[1], "Sec-Fetch-Site", "cross-site").status)
        .isEqualTo(403);
    assertThat(user.get("/api/v1/files/x").status).isEqualTo(404);
  }

  @Test
  void wrongAddressesAndMethodsAreProblemsToo() {
    Api admin = Api.administrator();
    assertProblem(admin.get("/api/v1/nothing"), 404);
    assertProblem(admin.put("/api/v1/audit", "{}"), 405);
    assertProblem(
        admin.send(
            "POST",
            "/api/v1/accounts",
            BodyPublishers.ofString("username=x"),
            "Content-Type",
            "application/x-www-form-urlencoded"),
        415);
    assertProblem(admin.get("/api/v1/me;x=y"), 400);
    assertProblem(admin.get("/api/v1/files/../me"), 400);
    assertThat(admin.raw("TRACE /api/v1/me", "\r\n")).startsWith("HTTP/1.1 405");
    assertThat(admin.raw("GET /api/v1/files/a\\b", "\r\n")).startsWith("HTTP/1.1 400");
    assertThat(admin.raw("GET /api/v1/files/a%00b", "\r\n")).startsWith("HTTP/1.1 400");
    assertThat(admin.raw("GET /api/v1/files/%ff", "\r\n")).startsWith("HTTP/1.1 400");
  }

  private static void assertProblem(Answer answer, int status) {
    assertThat(answer.status).isEqualTo(status);
    assertThat(answer.header("Content-Type")).startsWith("application/problem+json");
    assertThat(answer.text()).doesNotContain("org.slipway", "jersey", "glassfish", "java.");
  }
}
