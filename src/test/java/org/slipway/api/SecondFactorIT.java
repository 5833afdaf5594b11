package org.slipway.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.slipway.api.Api.Answer;
import org.slipway.portal.AuthenticatorApp;

/** The second factor over the REST API, which cannot ask for a code. */
class SecondFactorIT {
  private static final String PATH = "/api/v1/me/second-factor";

  @Test
  void itIsSetUpAskedForAndResetByAnAdministrator() {
    Api user = Api.user();
    assertThat(user.get(PATH).json().get("active").asBoolean()).isFalse();
    Answer begun = user.post(PATH, "{\"op\":\"begin\"}");
    assertThat(begun.json().get("uri").asText()).startsWith("otpauth://totp/Slipway:");
    AuthenticatorApp app =
        new AuthenticatorApp(begun.json().get("secret").asText(), Clock.systemUTC());
    assertThat(
            user.post(PATH, "{\"op\":\"confirm\",\"code\":\"%s\"}".formatted(app.wrongCode()))
                .badField())
        .isEqualTo("code");
    Answer on = user.post(PATH, "{\"op\":\"confirm\",\"code\":\"%s\"}".formatted(app.code()));
    assertThat(on.json().get("recoveryCodes")).hasSize(10);

    Answer without = user.get("/api/v1/me");
    assertThat(without.status).isEqualTo(401);
    assertThat(without.json().get("type").asText())
        .isEqualTo("urn:slipway:refusal:second-factor-needed");
    String typed = Api.password() + app.code(Duration.ofSeconds(30));
    assertThat(Api.as(user.username, typed).get("/api/v1/me").status).isEqualTo(200);
    assertThat(Api.as(user.username, typed).get("/api/v1/me").status).isEqualTo(401);

    String access = "/api/v1/accounts/" + user.username + "/sign-in";
    assertThat(Api.administrator().get(access).json().at("/secondFactor/active").asBoolean())
        .isTrue();
    assertThat(Api.administrator().delete(access + "/second-factor").status).isEqualTo(204);
    assertThat(user.get("/api/v1/me").status).isEqualTo(200);
  }

  @Test
  void whatIsNotKnownIsRefused() {
    Api user = Api.user();
    assertThat(user.post(PATH, "{\"op\":\"explode\"}").badField()).isEqualTo("op");
    assertThat(user.post(PATH, "{}").badField()).isEqualTo("op");
    assertThat(user.post(PATH, "{\"op\":\"confirm\"}").badField()).isEqualTo("code");
    assertThat(user.post(PATH, "{\"op\":\"confirm\",\"code\":\"123456\"}").status).isEqualTo(409);
    assertThat(user.post(PATH, "{\"op\":\"recovery-codes\"}").status).isEqualTo(409);
  }
}
