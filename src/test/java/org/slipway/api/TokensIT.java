package org.slipway.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slipway.api.Api.Answer;
import org.slipway.portal.RunningPortal;

/** Tokens in the place of a password. */
class TokensIT {

  @ParameterizedTest
  @CsvSource({
    "files:read, /api/v1/files/",
    "boot-files:read, /api/v1/boot-files/",
    "devices:read, /api/v1/devices",
    "devices:read, /api/v1/manifests",
    "devices:read, /api/v1/networks",
    "monitor:read, /api/v1/sessions",
    "monitor:read, /api/v1/transfers",
    "monitor:read, /api/v1/listeners",
    "monitor:read, /metrics",
    "admin:read, /api/v1/accounts",
    "admin:read, /api/v1/audit"
  })
  void aScopeOpensWhatItNamesAndNothingElseDoes(String scope, String path) {
    assertThat(Administrator.with(scope).get(path).status).isEqualTo(200);
    Answer refused = Administrator.without(scope).get(path);
    assertThat(refused.status).isEqualTo(403);
    assertThat(refused.json().get("detail").asText()).contains("lacks the scope " + scope);
  }

  /** Two tokens for each scope are enough for all rows. */
  private static final class Administrator {
    private static final java.util.Map<String, Api> TOKENS =
        new java.util.concurrent.ConcurrentHashMap<>();
    private static final java.util.List<String> ALL =
        java.util.List.of(
            "files:read",
            "files:write",
            "boot-files:read",
            "boot-files:write",
            "devices:read",
            "devices:write",
            "monitor:read",
            "monitor:write",
            "admin:read",
            "admin:write");

    private static Api with(String scope) {
      return TOKENS.computeIfAbsent(scope, s -> Api.administrator().token("\"" + s + "\""));
    }

    private static Api without(String scope) {
      return TOKENS.computeIfAbsent(
          "not " + scope,
          s ->
              Api.administrator()
                  .token(
                      String.join(
                          ",",
                          ALL.stream()
                              .filter(other -> !other.equals(scope))
                              .map(other -> "\"" + other + "\"")
                              .toList())));
    }

    private static Api withAll() {
      return without("");
    }
  }

  @Test
  void readingIsNotWriting() {
    Api user = Api.user();
    Api reader = user.token("\"files:read\"");
    Api writer = user.token("\"files:write\"");
    assertThat(reader.upload("/api/v1/files/a", new byte[3]).status).isEqualTo(403);
    assertThat(writer.upload("/api/v1/files/a", new byte[3]).status).isEqualTo(201);
    assertThat(writer.get("/api/v1/files/a").status).isEqualTo(403);
    assertThat(reader.get("/api/v1/files/a").body).hasSize(3);
    assertThat(reader.delete("/api/v1/files/a").status).isEqualTo(403);
    assertThat(reader.get("/api/v1/me").json().get("username").asText()).isEqualTo(user.username);
  }

  @Test
  void aTokenNeverMayMoreThanItsAccount() {
    Api token = Api.user().token("\"admin:read\",\"admin:write\",\"devices:read\"");
    assertThat(token.get("/api/v1/accounts").status).isEqualTo(403);
    assertThat(token.get("/api/v1/devices").status).isEqualTo(403);
    assertThat(token.post("/api/v1/accounts", "{}").status).isEqualTo(403);
  }

  @Test
  void noTokenChangesHowSomebodySignsIn() {
    Api token = Administrator.withAll();
    String own = "/api/v1/accounts/" + RunningPortal.ADMIN_USERNAME;
    assertThat(token.get("/api/v1/me/tokens").status).isEqualTo(403);
    assertThat(
            token.post("/api/v1/me/tokens", "{\"name\":\"x\",\"scopes\":[\"files:read\"]}").status)
        .isEqualTo(403);
    assertThat(token.delete("/api/v1/me/tokens").status).isEqualTo(403);
    assertThat(token.patch("/api/v1/me", "{\"displayName\":\"x\"}").status).isEqualTo(403);
    assertThat(token.post("/api/v1/me/second-factor", "{\"op\":\"begin\"}").status).isEqualTo(403);
    assertThat(token.patch(own, "{\"password\":\"another-Word-9\"}").status).isEqualTo(403);
    assertThat(token.delete(own + "/sign-in/second-factor").status).isEqualTo(403);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"channels\":[\"WEB\",\"FTP\"]} | CHANNEL_NOT_ALLOWED",
        "{\"deniedNetworks\":[\"127.0.0.0/8\",\"::1/128\"]} | ADDRESS_NOT_ALLOWED"
      })
  void itKeepsToTheRulesOfEntryOfItsAccount(String access, String reason) {
    Api user = Api.user();
    Api token = user.token("\"files:read\"");
    assertThat(token.get("/api/v1/files/").status).isEqualTo(200);
    Api admin = Api.administrator();
    admin.patch("/api/v1/accounts/" + user.username, "{\"access\":" + access + "}");
    // Asked again: many refusals of other tests may just have used up the rows of a minute.
    Api.eventually(() -> {
      Answer refused = token.get("/api/v1/files/");
      assertThat(refused.status).as(refused.toString()).isEqualTo(403);
      return admin
          .get("/api/v1/audit?action=SIGN_IN&outcome=REFUSED&actor=" + user.username)
          .text()
          .contains(reason);
    });
  }

  @Test
  void itDiesWithinASecondOfASuspension() {
    Api user = Api.user();
    Api token = user.token("\"files:read\"");
    assertThat(token.get("/api/v1/files/").status).isEqualTo(200);
    Api.administrator().patch("/api/v1/accounts/" + user.username, "{\"status\":\"SUSPENDED\"}");
    Instant suspended = Instant.now();
    Api.eventually(() -> token.get("/api/v1/files/").status == 403);
    assertThat(Duration.between(suspended, Instant.now())).isLessThan(Duration.ofSeconds(1));
  }

  @Test
  void aPasswordSetByAnAdministratorEndsItAndOnesOwnDoesNot() {
    Api user = Api.user();
    Api token = user.token("\"files:read\"");
    Answer changed =
        user.patch(
            "/api/v1/me",
            "{\"password\":\"another-Word-9\",\"currentPassword\":\"%s\"}"
                .formatted(Api.password()));
    assertThat(changed.status).isEqualTo(200);
    assertThat(token.get("/api/v1/me").status).isEqualTo(200);
    Api.administrator()
        .patch("/api/v1/accounts/" + user.username, "{\"password\":\"the-Third-Word-9\"}");
    assertThat(token.get("/api/v1/me").status).isEqualTo(401);
  }

  @Test
  void itIsListedWithItsLastUseAndRevoked() {
    Api user = Api.user();
    Answer made =
        user.post("/api/v1/me/tokens", "{\"name\":\"<b>backup\",\"scopes\":[\"files:read\"]}");
    assertThat(made.status).isEqualTo(201);
    String id = made.json().get("id").asText();
    assertThat(made.header("Location")).endsWith("/api/v1/me/tokens/" + id);
    Api token = Api.bearer(made.json().get("token").asText());
    assertThat(token.get("/api/v1/me").status).isEqualTo(200);
    Api.eventually(
        () -> user.get("/api/v1/me/tokens").json().at("/items/0").hasNonNull("lastUsedAt"));
    Answer listed = user.get("/api/v1/me/tokens");
    assertThat(listed.json().at("/items/0/lastUsedAddress").asText()).isEqualTo("127.0.0.1");
    assertThat(listed.text()).doesNotContain("slipway_");
    assertThat(user.delete("/api/v1/me/tokens/" + id).status).isEqualTo(204);
    Answer refused = token.get("/api/v1/me");
    assertThat(refused.status).isEqualTo(401);
    assertThat(refused.header("WWW-Authenticate")).contains("Bearer");
    assertThat(user.delete("/api/v1/me/tokens/" + id).status).isEqualTo(404);
    assertThat(user.delete("/api/v1/me/tokens/x").status).isEqualTo(404);
  }

  @Test
  void anAdministratorSeesAndRevokesThem() {
    Api user = Api.user();
    Api token = user.token("\"files:read\"");
    String access = "/api/v1/accounts/" + user.username + "/sign-in";
    assertThat(Api.administrator().get(access).json().at("/tokens/0/name").asText())
        .isEqualTo("test");
    assertThat(user.get(access).status).isEqualTo(403);
    assertThat(Api.administrator().delete(access + "/tokens").status).isEqualTo(204);
    assertThat(token.get("/api/v1/me").status).isEqualTo(401);
  }

  @Test
  void badFieldsAreNamed() {
    Api user = Api.user();
    String path = "/api/v1/me/tokens";
    assertThat(user.post(path, "{\"scopes\":[\"files:read\"]}").badField()).isEqualTo("name");
    assertThat(user.post(path, "{\"name\":\"x\",\"scopes\":[\"root\"]}").badField())
        .isEqualTo("scopes");
    assertThat(user.post(path, "{\"name\":\"x\"}").badField()).isEqualTo("scopes");
    assertThat(
            user.post(
                    path,
                    "{\"name\":\"x\",\"scopes\":[\"files:read\"],\"expiresAt\":\"2999-01-01T00:00:00Z\"}")
                .badField())
        .isEqualTo("expiresAt");
    assertThat(Api.bearer("slipway_" + "0".repeat(56)).get("/api/v1/me").status).isEqualTo(401);
    assertThat(Api.bearer("").get("/api/v1/me").status).isEqualTo(401);
  }
}
