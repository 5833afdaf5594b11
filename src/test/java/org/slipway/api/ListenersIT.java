package org.slipway.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.slipway.api.Api.Answer;

class ListenersIT {
  private final Api admin = Api.administrator();

  @Test
  void aListenerIsStoppedAndStarted() {
    String path = "/api/v1/listeners/tftp";
    Answer before = admin.get(path);
    assertThat(before.json().get("state").asText()).isEqualTo("LISTENING");
    assertThat(before.json().get("port").asInt()).isEqualTo(Api.portal().tftpPort());
    assertThat(before.json().get("error").isNull()).isTrue();
    assertThat(admin.patch(path, "{\"enabled\":false}").json().get("state").asText())
        .isEqualTo("STOPPED");
    assertThat(admin.patch(path, "{\"enabled\":true}").json().get("state").asText())
        .isEqualTo("LISTENING");
    for (String action : List.of("LISTENER_STOPPED", "LISTENER_STARTED")) {
      Api.eventually(() -> admin.get("/api/v1/audit?q=tftp").text().contains(action));
    }
  }

  @Test
  void ftpChecksItselfForAClient() {
    String path = "/api/v1/listeners/ftp/self-check";
    Answer outside = Api.operator().get(path + "?address=203.0.113.9");
    assertThat(outside.status).isEqualTo(200);
    assertThat(outside.json().get("address").asText()).isEqualTo("203.0.113.9");
    Answer own = admin.get(path);
    assertThat(own.json().get("address").asText()).isIn("127.0.0.1", "0:0:0:0:0:0:0:1");
    assertThat(own.text())
        .contains("\"code\":\"LISTENING_EVERYWHERE\"", "\"code\":\"LOOPBACK_WORKS\"");
    for (String bad : new String[] {"", "localhost", "10.0.0.0/8", "0.0.0.0"}) {
      assertThat(admin.get(path + "?address=" + bad).badField()).as(bad).isEqualTo("address");
    }
    assertThat(admin.get("/api/v1/listeners/ftp").json().get("implicitTlsPort").isNull()).isTrue();
    assertThat(admin.patch("/api/v1/listeners/ftp", "{\"implicitTlsPort\":7}").badField())
        .isEqualTo("implicitTlsPort");
  }

  @Test
  void bootRequestsWithoutAnAnswerAreCountedByReason() throws Exception {
    String path = "/api/v1/listeners/bootp";
    long before = malformed(path);
    InetSocketAddress bootp = new InetSocketAddress("127.0.0.1", Api.portal().bootpPort());
    try (DatagramSocket socket = new DatagramSocket()) {
      for (int length : new int[] {0, 1, 134}) {
        socket.send(new DatagramPacket(new byte[length], length, bootp));
      }
    }
    Api.eventually(() -> malformed(path) >= before + 3);
    assertThat(admin.get("/api/v1/listeners/tftp").json().get("unanswered").isNull()).isTrue();
    assertThat(admin.patch(path, "{\"unanswered\":{}}").badField()).isEqualTo("unanswered");
  }

  private long malformed(String path) {
    return admin.get(path).json().get("unanswered").path("MALFORMED").asLong();
  }

  @Test
  void otherServersAreLookedForAndListed() {
    String path = "/api/v1/listeners/bootp/other-servers";
    Answer searched = admin.post(path, "");
    assertThat(searched.status).as(searched.toString()).isEqualTo(200);
    assertThat(searched.json().get("answered")).isEmpty();
    assertThat(searched.json().get("servers")).isEmpty();
    assertThat(admin.get(path).json().get("total").asInt()).isZero();
    String trail = "/api/v1/audit?action=OTHER_SERVERS_SEARCHED";
    Api.eventually(() -> !admin.get(trail).json().get("items").isEmpty());
    assertThat(Api.user().post(path, "").status).isEqualTo(403);
  }

  @Test
  void onlyAnAdministratorMayAndOnlyThat() {
    String path = "/api/v1/listeners/tftp";
    assertThat(Api.operator().patch(path, "{\"enabled\":false}").status).isEqualTo(403);
    assertThat(admin.patch(path, "{\"enabled\":null}").badField()).isEqualTo("enabled");
    assertThat(admin.patch(path, "{\"port\":7}").badField()).isEqualTo("port");
    assertThat(admin.patch(path, "{\"enabled\":\"no\"}").status).isEqualTo(400);
    assertThat(admin.get("/api/v1/listeners/smtp").status).isEqualTo(404);
    assertThat(admin.get("/api/v1/listeners").json().get("total").asInt()).isEqualTo(3);
  }
}
