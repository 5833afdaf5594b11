package org.slipway.api;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.slipway.api.Api.Answer;

/** The strength of a password, and the rules where one is chosen by the API. */
class PasswordStrengthIT {
  private static Answer judged(String body) {
    return Api.nobody().post("/api/v1/password-strength", body.replace('\'', '"'));
  }

  @Test
  void anybodyMayAskWhetherAPasswordIsGood() {
    Answer good = judged("{'password':'four-geese-over-Oslo','username':'johanna'}");
    assertThat(good.status).isEqualTo(200);
    assertThat(good.json().get("accepted").asBoolean()).isTrue();
    assertThat(good.json().get("score").asInt()).isGreaterThanOrEqualTo(3);
    Answer common = judged("{'password':'password1'}");
    assertThat(common.json().get("accepted").asBoolean()).isFalse();
    assertThat(common.json().at("/violations/0/code").asText()).isEqualTo("password.common");
    assertThat(common.text()).doesNotContain("password1");
    assertThat(judged("{}").badField()).isEqualTo("password");
  }

  @Test
  void aWeakPasswordIsRefusedWhereverOneIsChosen() {
    Api admin = Api.administrator();
    String name = Api.uniqueName();
    assertThat(
            admin
                .post(
                    "/api/v1/accounts",
                    "{\"username\":\"%s\",\"password\":\"password1\"}".formatted(name))
                .badField())
        .isEqualTo("password");
    Api user = Api.user();
    Answer own =
        user.patch(
            "/api/v1/me",
            "{\"password\":\"qwertyuiop\",\"currentPassword\":\"%s\"}".formatted(Api.password()));
    assertThat(own.badField()).isEqualTo("password");
    Answer set =
        admin.patch("/api/v1/accounts/" + user.username, "{\"password\":\"aaaaaaaaaaaa\"}");
    assertThat(set.badField()).isEqualTo("password");
    assertThat(user.get("/api/v1/me").status).isEqualTo(200);
  }

  @Test
  void onlyAdministratorsSeeLockOuts() {
    assertThat(Api.nobody().get("/api/v1/lockouts").status).isEqualTo(401);
    assertThat(Api.user().get("/api/v1/lockouts").status).isEqualTo(403);
    assertThat(Api.operator().delete("/api/v1/lockouts/x").status).isEqualTo(403);
    assertThat(Api.administrator().get("/api/v1/lockouts").status).isEqualTo(200);
    assertThat(Api.administrator().delete("/api/v1/lockouts/x").status).isEqualTo(404);
  }
}
