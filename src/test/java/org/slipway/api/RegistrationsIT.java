package org.slipway.api;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.slipway.api.Api.Answer;

class RegistrationsIT {
  private final Api admin = Api.administrator();

  @Test
  void anApplicationWaitsUntilItIsApprovedWithAQuota() {
    String name = Api.uniqueName();
    Answer applied = apply(name);
    assertThat(applied.status).isEqualTo(202);
    assertThat(applied.json().get("status").asText()).isEqualTo("PENDING");
    String id = applied.json().get("id").asText();
    assertThat(id).hasSizeGreaterThan(20);
    Api applicant = Api.as(name, Api.password());
    assertThat(applicant.get("/api/v1/me").status).isEqualTo(403);

    Answer approved =
        admin.patch("/api/v1/accounts/" + name, "{\"status\":\"ACTIVE\",\"quotaBytes\":12345}");
    assertThat(approved.status).isEqualTo(200);
    assertThat(state(id).get("status").asText()).isEqualTo("ACTIVE");
    assertThat(applicant.get("/api/v1/me").json().get("quotaBytes").asLong()).isEqualTo(12345);
  }

  @Test
  void aRejectedApplicantIsToldWhy() {
    String name = Api.uniqueName();
    String id = apply(name).json().get("id").asText();
    admin.patch(
        "/api/v1/accounts/" + name,
        "{\"status\":\"REJECTED\",\"statusReason\":\"unknown <b>here</b>\"}");
    assertThat(state(id).get("status").asText()).isEqualTo("REJECTED");
    assertThat(state(id).get("reason").asText()).isEqualTo("unknown <b>here</b>");
    assertThat(Api.as(name, Api.password()).get("/api/v1/me").status).isEqualTo(403);
  }

  @Test
  void aTakenNameABadFieldAndAGuessedIdAreRefused() {
    assertThat(apply(Api.user().username).status).isEqualTo(409);
    Answer bad =
        Api.nobody().post("/api/v1/registrations", "{\"username\":\"A B\",\"password\":\"x\"}");
    assertThat(bad.status).isEqualTo(400);
    assertThat(bad.json().get("violations")).hasSize(3);
    assertThat(
            Api.nobody()
                .post("/api/v1/registrations", "{\"username\":\"a\",\"roles\":[\"ADMIN\"]}")
                .badField())
        .isEqualTo("roles");
    assertThat(Api.nobody().get("/api/v1/registrations/1").status).isEqualTo(404);
  }

  private static Answer apply(String name) {
    return Api.nobody()
        .post(
            "/api/v1/registrations",
            "{\"username\":\"%s\",\"password\":\"%s\",\"email\":\"x@example.org\"}"
                .formatted(name, Api.password()));
  }

  private static com.fasterxml.jackson.databind.JsonNode state(String id) {
    return Api.nobody().get("/api/v1/registrations/" + id).json();
  }
}
