package org.slipway.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.slipway.api.Api.Answer;

/** Traffic quotas as a client of the API meets them. */
class TrafficIT {
  private static final String FILE = "/api/v1/files/f";

  @Test
  void bothDirectionsCountAndNoByteMoreIsMoved() {
    Api user = Api.account("\"access\":{\"trafficPerDay\":1000,\"trafficPerMonth\":100000}");
    assertThat(user.upload(FILE, new byte[600]).status).isEqualTo(201);
    assertThat(user.get(FILE, "Range", "bytes=0-299").body).hasSize(300);
    assertMoved(user, 900);
    assertRefused(user.get(FILE));
    assertRefused(user.upload("/api/v1/files/g", new byte[101]));
    assertRefused(
        user.uploadChunked("/api/v1/files/g", () -> new ByteArrayInputStream(new byte[101])));
    assertThat(user.get("/api/v1/files/g").status).isEqualTo(404);
    assertThat(user.get("/api/v1/me").json().get("usedBytes").asLong()).isEqualTo(600);
  }

  @Test
  void whatFitsExactlyIsMoved() {
    Api user = Api.account("\"access\":{\"trafficPerMonth\":1000}");
    assertThat(user.uploadChunked(FILE, () -> new ByteArrayInputStream(new byte[1000])).status)
        .isEqualTo(201);
    assertMoved(user, 1000);
    assertRefused(user.get(FILE));
  }

  @Test
  void aPreviewIsMovedToo() {
    Api user = Api.account("\"access\":{\"trafficPerDay\":1000}");
    byte[] text = "harbour\n".repeat(50).getBytes(StandardCharsets.UTF_8);
    assertThat(user.upload("/api/v1/files/t", text).status).isEqualTo(201);
    assertThat(user.get("/api/v1/files/t?preview").body).isEqualTo(text);
    assertMoved(user, 800);
    assertRefused(user.get("/api/v1/files/t?preview"));
  }

  @Test
  void theOwnerSeesTheLimitAndCannotChangeIt() {
    Api user = Api.account("\"access\":{\"trafficPerDay\":1000}");
    JsonNode own = user.get("/api/v1/me").json();
    assertThat(own.get("trafficPerDay").asLong()).isEqualTo(1000);
    assertThat(user.patch("/api/v1/me", "{\"trafficPerDay\":5000}").status).isEqualTo(400);
  }

  private static void assertRefused(Answer answer) {
    assertThat(answer.status).isEqualTo(429);
    assertThat(Long.parseLong(answer.header("Retry-After"))).isBetween(1L, 31L * 86_400);
    assertThat(answer.text()).contains("it starts anew at");
  }

  /** The client has its last byte before the server has done its sums. */
  private static void assertMoved(Api user, long bytes) {
    Api.eventually(() -> user.get("/api/v1/me").json().get("trafficDayBytes").asLong() >= bytes);
    JsonNode own = user.get("/api/v1/me").json();
    assertThat(own.get("trafficDayBytes").asLong()).isEqualTo(bytes);
    assertThat(own.get("trafficMonthBytes").asLong()).isEqualTo(bytes);
    JsonNode account =
        Api.administrator().get("/api/v1/accounts/" + own.get("username").asText()).json();
    assertThat(account.get("trafficDayBytes").asLong()).isEqualTo(bytes);
  }
}
