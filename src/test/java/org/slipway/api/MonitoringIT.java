package org.slipway.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import jakarta.ws.rs.Path;
import org.junit.jupiter.api.Test;
import org.slipway.api.Api.Answer;

/** Health, metrics and the description of the API. */
class MonitoringIT {

  @Test
  void healthNeedsNoLoginAndTellsNoDetail() {
    for (String path : new String[] {"/health/live", "/health/ready"}) {
      Answer answer = Api.nobody().get(path);
      assertThat(answer.status).isEqualTo(200);
      assertThat(answer.text()).isEqualTo("{\"status\":\"UP\"}");
    }
    for (String path : new String[] {"/health", "/health/", "/health/started"}) {
      assertThat(Api.nobody().get(path).status).as(path).isEqualTo(404);
    }
  }

  @Test
  void metricsNeedAnOperatorAndAreInTheFormatOfPrometheus() {
    for (String path : new String[] {"/metrics/", "/metrics/base", "/openapi/"}) {
      assertThat(Api.nobody().get(path).status).as(path).isIn(401, 404);
    }
    Api operator = Api.operator();
    operator.upload("/api/v1/files/a", new byte[10]);
    Answer page = operator.get("/metrics");
    assertThat(page.header("Content-Type")).startsWith("text/plain");
    assertThat(page.text())
        .contains("slipway_listener_up{protocol=\"tftp\"} 1")
        .contains("slipway_accounts{status=\"ACTIVE\"}")
        .contains("slipway_transferred_bytes_total{")
        .contains("jvm_memory_used_bytes");
  }

  @Test
  void everyResourceIsDescribed() {
    JsonNode document = Api.user().get("/openapi").json();
    assertThat(document.get("openapi").asText()).startsWith("3.");
    for (Class<?> resource : RestApplication.RESOURCES) {
      String path = "/api/v1" + resource.getAnnotation(Path.class).value().replaceAll("\\{.*", "");
      assertThat(document.get("paths").fieldNames())
          .toIterable()
          .as(path)
          .anyMatch(described -> described.startsWith(path));
    }
  }
}
