package org.slipway.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.slipway.api.Api.Answer;

/** The TFTP area, as operators fill it and as firmware reads it over HTTP. */
class BootFilesIT {
  private final Api operator = Api.operator();

  @Test
  void firmwareReadsWhatOperatorsPutThere() {
    byte[] content = new byte[300_001];
    new Random(1).nextBytes(content);
    String name = Api.uniqueName() + "/k%20x";
    assertThat(operator.upload("/api/v1/boot-files/" + name, content).status).isEqualTo(201);
    assertThat(operator.get("/api/v1/boot-files/" + name).body).isEqualTo(content);

    Answer boot = Api.nobody().get("/boot/" + name);
    assertThat(boot.status).isEqualTo(200);
    assertThat(boot.body).isEqualTo(content);
    Answer head = Api.nobody().send("HEAD", "/boot/" + name, BodyPublishers.noBody());
    assertThat(head.header("Content-Length")).isEqualTo("300001");
    Answer part = Api.nobody().get("/boot/" + name, "Range", "bytes=-1");
    assertThat(part.status).isEqualTo(206);
    assertThat(part.body).containsExactly(content[300_000]);
    assertThat(Api.nobody().get("/boot/" + name, "Range", "bytes=400000-").status).isEqualTo(416);

    assertThat(operator.delete("/api/v1/boot-files/" + name).status).isEqualTo(204);
    assertThat(Api.nobody().get("/boot/" + name).status).isEqualTo(404);
  }

  @Test
  void firmwareReadsNothingElse() {
    for (String path : new String[] {"/boot/", "/boot", "/boot/none", "/boot/" + "x".repeat(300)}) {
      assertThat(Api.nobody().get(path).status).as(path).isBetween(400, 409);
    }
    for (String path :
        new String[] {"/boot/a/../b", "/boot/a/%2e%2e/b", "/boot/a;b", "/boot/a%2Fb"}) {
      assertThat(Api.nobody().get(path).status).as(path).isEqualTo(400);
    }
    assertThat(Api.nobody().get("/boot/../slipway.mv.db").status).isBetween(400, 404);
    assertThat(Api.nobody().post("/boot/a", "{}").status).isEqualTo(405);
    assertThat(Api.nobody().upload("/boot/a", new byte[1]).status).isEqualTo(405);
  }

  @Test
  void aWholeBodyIsTheProofOfAStepAndAPartIsNone() {
    String mac = "02:00:5e:30:00:01";
    String address = "127.0.0.1";
    String name = Api.uniqueName();
    operator.upload("/api/v1/boot-files/" + name + ".bin", new byte[1000]);
    operator.put(
        "/api/v1/manifests/" + name, "{\"steps\":[{\"path\":\"%s.bin\"}]}".formatted(name));
    operator.put(
        "/api/v1/devices/" + mac,
        "{\"address\":\"%s\",\"manifest\":\"%s\"}".formatted(address, name));
    try {
      assertThat(explain(mac).get("step").asText()).isEqualTo(name + ".bin");
      Api.nobody().get("/boot/" + name + ".bin", "Range", "bytes=0-10");
      assertThat(explain(mac).get("answer").asText()).isEqualTo("OFFER");
    } finally {
      operator.delete("/api/v1/devices/" + mac);
    }
  }

  private com.fasterxml.jackson.databind.JsonNode explain(String mac) {
    return operator.get("/api/v1/devices/" + mac + "/explain").json();
  }
}
