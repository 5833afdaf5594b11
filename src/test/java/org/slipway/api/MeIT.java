package org.slipway.api;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.slipway.api.Api.Answer;

class MeIT {

  @Test
  void changesOnlyWhatIsTheOwners() {
    Api user = Api.user();
    Answer changed =
        user.patch("/api/v1/me", "{\"displayName\":\"Anna <script>\",\"email\":\"a@b.org\"}");
    assertThat(changed.status).isEqualTo(200);
    assertThat(changed.json().get("displayName").asText()).isEqualTo("Anna <script>");
    for (String field :
        new String[] {"\"roles\":[\"ADMIN\"]", "\"quotaBytes\":null", "\"status\":\"ACTIV\""}) {
      assertThat(user.patch("/api/v1/me", "{" + field + "}").status).isEqualTo(400);
    }
    assertThat(user.get("/api/v1/me").json().get("roles")).hasSize(1);
  }

  @Test
  void aNewPasswordNeedsTheCurrentOne() {
    Api user = Api.user();
    assertThat(user.patch("/api/v1/me", "{\"password\":\"another-Word-9\"}").badField())
        .isEqualTo("currentPassword");
    assertThat(
            user.patch(
                    "/api/v1/me",
                    "{\"password\":\"another-Word-9\",\"currentPassword\":\"wrong-Word-9\"}")
                .badField())
        .isEqualTo("currentPassword");
    assertThat(user.get("/api/v1/me").status).isEqualTo(200);
    assertThat(
            user.patch(
                    "/api/v1/me",
                    "{\"password\":\"another-Word-9\",\"currentPassword\":\"%s\"}"
                        .formatted(Api.password()))
                .status)
        .isEqualTo(200);
    assertThat(user.get("/api/v1/me").status).isEqualTo(401);
    assertThat(Api.as(user.username, "another-Word-9").get("/api/v1/me").status).isEqualTo(200);
  }
}
