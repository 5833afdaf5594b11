package org.slipway.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.slipway.api.Api.Answer;
import org.slipway.bootp.RfcClient;
import org.slipway.bootp.RfcRequest;

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
    String tag = boot.header("ETag");
    assertThat(tag).startsWith("\"").endsWith("\"");
    assertThat(Api.nobody().get("/boot/" + name, "If-None-Match", tag).status).isEqualTo(304);
    assertThat(Api.nobody().get("/boot/" + name, "Range", "bytes=-1", "If-Range", "\"old\"").status)
        .isEqualTo(200);

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
  void aWholeBodyIsTheProofOfAStepAndAPartIsNone() throws IOException {
    String mac = "02:00:5e:30:00:01";
    InetAddress address = InetAddress.ofLiteral("127.0.30.1");
    String name = Api.uniqueName();
    operator.upload("/api/v1/boot-files/" + name, new byte[1000]);
    operator.put("/api/v1/manifests/" + name, "{\"steps\":[{\"path\":\"%s\"}]}".formatted(name));
    operator.put(
        "/api/v1/devices/" + mac,
        "{\"address\":\"127.0.30.1\",\"manifest\":\"%s\"}".formatted(name));
    InetSocketAddress bootp = new InetSocketAddress("127.0.0.1", Api.portal().bootpPort());
    try (RfcClient client = new RfcClient(address, bootp)) {
      client.ask(RfcRequest.of(mac, 1));
    }
    assertThat(fetch(address, name, "Range: bytes=0-998\r\n")).startsWith("HTTP/1.1 206");
    assertThat(explain(mac).get("step").asText()).isEqualTo(name);

    assertThat(fetch(address, name, "")).startsWith("HTTP/1.1 200").endsWith("\0".repeat(1000));
    Api.eventually(() -> explain(mac).get("answer").asText().equals("SILENCE"));
    assertThat(explain(mac).get("reason").asText()).isEqualTo("SEQUENCE_COMPLETE");
    JsonNode run = operator.get("/api/v1/devices/" + mac + "/timeline").json().at("/items/0");
    assertThat(run.get("state").asText()).isEqualTo("COMPLETE");
    assertThat(run.get("events").findValuesAsText("protocol")).contains("BOOTP", "HTTP");

    assertThat(operator.post("/api/v1/devices/" + mac + "/rearm", "").status).isEqualTo(204);
    assertThat(explain(mac).get("step").asText()).isEqualTo(name);
  }

  /** Fetches as firmware does, from the device's own address. */
  private static String fetch(InetAddress from, String name, String header) throws IOException {
    try (Socket socket = new Socket("127.0.0.1", Api.portal().httpPort(), from, 0)) {
      socket.setSoTimeout(20_000);
      socket
          .getOutputStream()
          .write(
              "GET /boot/%s HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n%s\r\n"
                  .formatted(name, header)
                  .getBytes(StandardCharsets.US_ASCII));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
    }
  }

  private JsonNode explain(String mac) {
    return operator.get("/api/v1/devices/" + mac + "/explain").json();
  }
}
