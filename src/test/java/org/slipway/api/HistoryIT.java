package org.slipway.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.apache.commons.net.ftp.FTPClient;
import org.junit.jupiter.api.Test;
import org.slipway.api.Api.Answer;
import org.slipway.portal.FilesByForms;
import org.slipway.portal.Visitor;

/** What is open now, what was moved, and what was done or refused. */
class HistoryIT {
  private final Api operator = Api.operator();

  @Test
  void aTransferIsSeenWhileItRunsAndCanBeEnded() throws IOException {
    Api user = Api.user();
    try (Socket socket = beginUpload(user)) {
      Api.eventually(() -> user.get("/api/v1/sessions").json().at("/items/0/bytes").asLong() > 0);
      Answer seen = operator.get("/api/v1/sessions?q=" + user.username);
      assertThat(seen.json().at("/items/0/kind").asText()).isEqualTo("TRANSFER");
      assertThat(seen.json().at("/items/0/direction").asText()).isEqualTo("UP");
      String id = seen.json().at("/items/0/id").asText();
      Api other = Api.user();
      assertThat(other.get("/api/v1/sessions").json().get("total").asInt()).isZero();
      assertThat(other.delete("/api/v1/sessions/" + id).status).isEqualTo(404);
      assertThat(operator.delete("/api/v1/sessions/" + id).status).isEqualTo(204);
      goOn(socket);
    }
    Api.eventually(() -> history(user).at("/items/0/outcome").asText().equals("REFUSED"));
    assertThat(user.get("/api/v1/files/").json().get("total").asInt()).isZero();
  }

  @Test
  void aSessionIsSeenWithItsFolderAndCommandAndCanBeEnded() throws IOException {
    Api user = Api.user();
    FTPClient ftp = new FTPClient();
    ftp.connect("localhost", Api.portal().ftpPort());
    ftp.login(user.username, Api.password());
    ftp.makeDirectory("d");
    ftp.changeWorkingDirectory("d");
    JsonNode seen = operator.get("/api/v1/sessions?q=" + user.username).json().at("/items/0");
    assertThat(seen.at("/kind").asText()).isEqualTo("SESSION");
    assertThat(seen.at("/protocol").asText()).isEqualTo("FTP");
    assertThat(seen.at("/path").asText()).isEqualTo("/d");
    assertThat(seen.at("/command").asText()).isEqualTo("CWD");
    assertThat(seen.hasNonNull("tls")).isFalse();
    assertThat(seen.at("/lastUsed").asText()).startsWith("20");
    assertThat(operator.delete("/api/v1/sessions/" + seen.at("/id").asText()).status)
        .isEqualTo(204);
    assertThatThrownBy(ftp::getReply).hasMessageContaining("421");
    Api.eventually(() -> user.get("/api/v1/sessions").json().get("total").asInt() == 0);
  }

  @Test
  void suspendingAnAccountEndsItsUpload() throws IOException {
    Api user = Api.user();
    try (Socket socket = beginUpload(user)) {
      Api.eventually(() -> user.get("/api/v1/sessions").json().at("/items/0/bytes").asLong() > 0);
      Api.administrator().patch("/api/v1/accounts/" + user.username, "{\"status\":\"SUSPENDED\"}");
      goOn(socket);
    }
    Api.eventually(() ->
        operator
            .get("/api/v1/transfers?q=" + user.username)
            .json()
            .at("/items/0/outcome")
            .asText()
            .equals("REFUSED"));
  }

  @Test
  void aUserSeesOnlyTheOwnHistory() {
    Api user = Api.user();
    Api other = Api.user();
    user.upload("/api/v1/files/%3Cscript%3E", new byte[5]);
    Api.eventually(() -> history(user).get("total").asInt() == 1);
    assertThat(history(user).at("/items/0/path").asText()).isEqualTo("/<script>");
    assertThat(history(user).at("/items/0/outcome").asText()).isEqualTo("COMPLETE");
    assertThat(history(user).at("/items/0/lengthVerified").asBoolean()).isTrue();
    assertThat(history(user).at("/items/0/sha256").asText()).hasSize(64);
    assertThat(history(other).get("total").asInt()).isZero();
    assertThat(operator.get("/api/v1/transfers?q=" + user.username).json().get("total").asInt())
        .isEqualTo(1);
    assertThat(user.get("/api/v1/transfers?limit=x").status).isEqualTo(400);
  }

  @Test
  void theAuditTrailKeepsWhatWasDoneAndRefusedButNoPassword() {
    Api admin = Api.administrator();
    Api user = Api.account("\"quotaBytes\":1");
    // Asked again: many refusals of other tests may just have used up the rows of a minute.
    AtomicReference<Instant> asked = new AtomicReference<>(Instant.EPOCH);
    Api.eventually(() -> {
      if (asked.get().isBefore(Instant.now().minusSeconds(4))) {
        asked.set(Instant.now());
        user.get("/api/v1/devices");
        user.upload("/api/v1/files/big", new byte[2]);
        Api.as(user.username, "wrong-Word-77").get("/api/v1/me");
      }
      String refused = admin.get("/api/v1/audit?q=" + user.username).text();
      return Stream.of("NO_PERMISSION", "OVER_QUOTA", "WRONG_CREDENTIALS")
          .allMatch(refused::contains);
    });
    String trail = admin.get("/api/v1/audit?limit=500&q=" + user.username).text();
    assertThat(trail)
        .contains("ACCOUNT_CREATED", "SIGN_IN")
        .doesNotContain(Api.password(), "wrong-Word-77");
  }

  @Test
  void everyChannelsFileChangesAreInTheTrail() throws IOException {
    Api admin = Api.administrator();
    Api user = Api.user();
    byFtp(user.username);
    byPage(user.username);
    user.upload("/api/v1/files/a", new byte[3]);
    user.upload("/api/v1/files/a", new byte[4]);
    user.post("/api/v1/files/a", "{\"op\":\"rename\",\"to\":\"b\"}");
    user.post("/api/v1/files/d", "{\"op\":\"mkdir\"}");
    user.delete("/api/v1/files/b");
    operator.upload("/api/v1/boot-files/" + user.username, new byte[1]);
    operator.delete("/api/v1/boot-files/" + user.username);
    Api.eventually(() -> total(admin, "q=/" + user.username + "&action=BOOT_FILE_DELETED") == 1);
    assertThat(total(admin, "q=/" + user.username + "&action=BOOT_FILE_STORED")).isEqualTo(1);
    List<String> everywhere =
        List.of("FILE_STORED", "FILE_REPLACED", "FILE_RENAMED", "FOLDER_MADE");
    Map<String, List<String>> more =
        Map.of(
            "API", List.of("FILE_DELETED"),
            "FTP", List.of("FILE_DELETED"),
            "WEB", List.of("FILE_TRASHED", "FILE_PURGED"));
    for (String channel : more.keySet()) {
      for (String action :
          Stream.concat(everywhere.stream(), more.get(channel).stream()).toList()) {
        String filters = "action=%s&channel=%s&actor=%s".formatted(action, channel, user.username);
        Api.eventually(() -> total(admin, filters) == 1);
      }
    }
    String own = "&channel=API&actor=" + user.username;
    String uploads = "action=UPLOAD&channel=HTTP&actor=" + user.username;
    Api.eventually(() -> total(admin, uploads) >= 4);
    assertThat(total(admin, uploads)).isEqualTo(4);
    assertThat(total(admin, "to=2020-01-01T00:00:00Z" + own)).isZero();
    assertThat(total(admin, "outcome=REFUSED" + own)).isZero();
  }

  @Test
  void theOldestComesFirstWhereThatIsWanted() {
    Api admin = Api.administrator();
    Api user = Api.user();
    user.upload("/api/v1/files/first", new byte[1]);
    user.upload("/api/v1/files/second", new byte[1]);
    String transfers = "/api/v1/transfers?account=" + user.username;
    Api.eventually(() -> admin.get(transfers).json().get("total").asInt() == 2);
    assertThat(paths(admin, transfers)).containsExactly("/second", "/first");
    assertThat(paths(admin, transfers + "&sort=-ended")).containsExactly("/second", "/first");
    assertThat(paths(admin, transfers + "&sort=ended")).containsExactly("/first", "/second");
    String trail = "/api/v1/audit?action=FILE_STORED&actor=" + user.username;
    assertThat(admin.get(trail + "&sort=at").text()).containsSubsequence("first", "second");
    assertThat(admin.get(trail + "&sort=-at").text()).containsSubsequence("second", "first");
    assertThat(admin.get(trail + "&sort=colour").status).isEqualTo(400);
  }

  private static List<String> paths(Api api, String list) {
    return api.get(list).json().get("items").findValuesAsText("path");
  }

  private static void byFtp(String username) throws IOException {
    FTPClient ftp = new FTPClient();
    ftp.connect("127.0.0.1", Api.portal().ftpPort());
    try {
      ftp.login(username, Api.password());
      ftp.enterLocalPassiveMode();
      ftp.storeFile("f", new ByteArrayInputStream(new byte[1]));
      ftp.storeFile("f", new ByteArrayInputStream(new byte[2]));
      ftp.rename("f", "g");
      ftp.makeDirectory("e");
      ftp.deleteFile("g");
    } finally {
      ftp.disconnect();
    }
  }

  private static void byPage(String username) {
    Visitor visitor = Visitor.signedIn(username, Api.password());
    for (String content : List.of("1", "22")) {
      visitor.send(
          "PUT",
          "/my/files/w",
          BodyPublishers.ofString(content),
          "X-CSRF-Token",
          visitor.token(),
          "Content-Type",
          "application/octet-stream");
    }
    FilesByForms page = new FilesByForms(visitor, "");
    assertThat(page.rename("w", "v")).isEqualTo(200);
    assertThat(page.makeFolder("n")).isEqualTo(200);
    assertThat(page.discard("v")).isEqualTo(200);
    page.openTrash();
    assertThat(page.purge()).isEqualTo(200);
  }

  private static int total(Api admin, String filters) {
    return admin.get("/api/v1/audit?" + filters).json().get("total").asInt();
  }

  @Test
  void theTrailAndTheHistoryAreFilesToo() {
    Api admin = Api.administrator();
    Api user = Api.user();
    user.upload("/api/v1/files/%3D1%2B1", new byte[5]);
    Api.eventually(() -> history(user).get("total").asInt() == 1);
    Answer csv = user.get("/api/v1/transfers?direction=UP", "Accept", "text/csv");
    assertThat(csv.header("Content-Type")).startsWith("text/csv");
    assertThat(csv.header("Content-Disposition")).contains("transfers.csv");
    assertThat(csv.text().lines()).hasSize(2);
    assertThat(csv.text()).contains("\"/=1+1\"", "\"" + user.username + "\"");
    assertThat(user.get("/api/v1/transfers?direction=DOWN&format=csv").text().lines()).hasSize(1);
    String filter = "/api/v1/audit?actor=" + user.username;
    Api.eventually(() -> admin.get(filter + "&format=csv").text().contains("TRANSFERS_EXPORTED"));
    Answer lines = admin.get(filter + "&format=jsonl");
    assertThat(lines.header("Content-Type")).startsWith("application/x-ndjson");
    assertThat(lines.text().lines()).isNotEmpty().allMatch(line -> line.startsWith("{\"at\":"));
    Api.eventually(() -> total(admin, "action=AUDIT_EXPORTED&q=" + user.username) > 0);
    assertThat(user.get(filter + "&format=csv").status).isEqualTo(403);
    assertThat(admin.get("/api/v1/audit?format=xml").badField()).isEqualTo("format");
    assertThat(admin.get("/api/v1/audit?from=yesterday").badField()).isEqualTo("from");
    String never = "=%2B999999999-12-31T23:59:59Z";
    assertThat(admin.get("/api/v1/audit?from" + never).badField()).isEqualTo("from");
    assertThat(user.get("/api/v1/transfers?to" + never).badField()).isEqualTo("to");
    assertThat(admin.get("/api/v1/audit?action=NOTHING").badField()).isEqualTo("action");
  }

  @Test
  void aUserAsksForAnothersHistoryInVain() {
    Api user = Api.user();
    Api other = Api.user();
    user.upload("/api/v1/files/f", new byte[5]);
    Api.eventually(() -> history(user).get("total").asInt() == 1);
    String asked = "/api/v1/transfers?account=" + user.username;
    assertThat(other.get(asked).json().get("total").asInt()).isZero();
    assertThat(other.get(asked + "&format=csv").text()).doesNotContain(user.username);
    assertThat(operator.get(asked + "&protocol=HTTP").json().get("total").asInt()).isEqualTo(1);
  }

  private static com.fasterxml.jackson.databind.JsonNode history(Api user) {
    return user.get("/api/v1/transfers").json();
  }

  private static Socket beginUpload(Api user) throws IOException {
    Socket socket = new Socket("127.0.0.1", Api.portal().httpPort());
    socket.setSoTimeout(20_000);
    String login =
        Base64.getEncoder()
            .encodeToString(
                (user.username + ":" + Api.password()).getBytes(StandardCharsets.UTF_8));
    OutputStream out = socket.getOutputStream();
    out.write(
        ("PUT /api/v1/files/slow HTTP/1.1\r\nHost: localhost\r\nAuthorization: Basic "
                + login
                + "\r\nContent-Length: 90000000\r\n\r\n")
            .getBytes(StandardCharsets.US_ASCII));
    out.write(new byte[500_000]);
    out.flush();
    return socket;
  }

  /** Sends a little more, so that the portal comes to look whether it may go on. */
  private static void goOn(Socket socket) {
    try {
      for (int i = 0; i < 10; i++) {
        socket.getOutputStream().write(new byte[100_000]);
        socket.getOutputStream().flush();
      }
      socket.getInputStream().read();
    } catch (IOException e) {
      // the portal has hung up, which is what is wanted
    }
  }
}
