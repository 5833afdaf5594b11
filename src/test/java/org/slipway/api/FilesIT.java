package org.slipway.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slipway.api.Api.Answer;

class FilesIT {
  private static final byte[] HELLO = "hello world".getBytes(StandardCharsets.UTF_8);

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 511, 512, 513, 40_000_000})
  void filesOfAnySizeGoThereAndBackWhole(int size) {
    Api user = Api.user();
    byte[] content = new byte[size];
    new Random(size).nextBytes(content);
    assertThat(user.upload("/api/v1/files/new/folder/f", content).status).isEqualTo(201);
    assertThat(user.get("/api/v1/files/new/folder/f").body).isEqualTo(content);
    assertThat(used(user)).isEqualTo(size);
    assertThat(
            user.uploadChunked("/api/v1/files/chunked", () -> new ByteArrayInputStream(content))
                .status)
        .isEqualTo(201);
    assertThat(user.get("/api/v1/files/chunked").body).isEqualTo(content);
  }

  @Test
  void tellsWhatItStoredAndWhetherItReplaced() {
    Api user = Api.user();
    Answer made = user.upload("/api/v1/files/a", HELLO);
    assertThat(made.status).isEqualTo(201);
    assertThat(made.header("Location")).endsWith("/api/v1/files/a");
    assertThat(made.json().get("sha256").asText())
        .isEqualTo("b94d27b9934d3e08a52e52d7da7dabfac484efe37a5380ee9088f7ace2efcde9");
    assertThat(user.upload("/api/v1/files/a", new byte[3]).status).isEqualTo(204);
    assertThat(used(user)).isEqualTo(3);
  }

  @Test
  void honoursRangesAndConditions() {
    Api user = Api.user();
    user.upload("/api/v1/files/a", HELLO);
    Answer part = user.get("/api/v1/files/a", "Range", "bytes=6-");
    assertThat(part.status).isEqualTo(206);
    assertThat(part.text()).isEqualTo("world");
    assertThat(part.header("Content-Range")).isEqualTo("bytes 6-10/11");
    Answer beyond = user.get("/api/v1/files/a", "Range", "bytes=11-");
    assertThat(beyond.status).isEqualTo(416);
    assertThat(beyond.header("Content-Range")).isEqualTo("bytes */11");
    String tag = part.header("ETag");
    assertThat(user.get("/api/v1/files/a", "If-None-Match", tag).status).isEqualTo(304);
    assertThat(user.upload("/api/v1/files/a", HELLO, "If-Match", "\"stale\"").status)
        .isEqualTo(412);
    assertThat(user.upload("/api/v1/files/a", HELLO, "If-None-Match", "*").status).isEqualTo(412);
    assertThat(user.upload("/api/v1/files/a", new byte[1], "If-Match", tag).status).isEqualTo(204);
    assertThat(user.get("/api/v1/files/a", "Range", "bytes=0-0", "If-Range", tag).status)
        .isEqualTo(200);
  }

  @Test
  void aStoredPageIsADownloadAndNoPage() {
    Api user = Api.user();
    user.upload("/api/v1/files/x.html", "<script>alert(1)</script>".getBytes());
    Answer answer = user.get("/api/v1/files/x.html");
    assertThat(answer.header("Content-Type")).isEqualTo("application/octet-stream");
    assertThat(answer.header("Content-Disposition")).startsWith("attachment");
    assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
  }

  @Test
  void listsFolders() {
    Api user = Api.user();
    user.upload("/api/v1/files/d/b", HELLO);
    user.upload("/api/v1/files/d/a", HELLO);
    user.upload("/api/v1/files/d/e/f", HELLO);
    for (String path : new String[] {"/api/v1/files/d", "/api/v1/files/d/"}) {
      Answer listing = user.get(path);
      assertThat(listing.json().get("total").asInt()).isEqualTo(3);
      assertThat(listing.json().at("/items/0/type").asText()).isEqualTo("FOLDER");
      assertThat(listing.json().at("/items/1/path").asText()).isEqualTo("d/a");
    }
    assertThat(user.get("/api/v1/files/d?sort=-size&limit=1").json().get("items")).hasSize(1);
    assertThat(user.get("/api/v1/files").json().get("total").asInt()).isEqualTo(1);
    assertThat(user.get("/api/v1/files/none").status).isEqualTo(404);
    assertThat(user.get("/api/v1/files/none/").status).isEqualTo(404);
  }

  @Test
  void makesRenamesAndDeletes() {
    Api user = Api.user();
    assertThat(user.post("/api/v1/files/a/b", "{\"op\":\"mkdir\"}", "Accept", "text/html").status)
        .isEqualTo(201);
    assertThat(user.post("/api/v1/files/a/b", "{\"op\":\"mkdir\"}").status).isEqualTo(409);
    user.upload("/api/v1/files/a/b/f", HELLO);
    Answer renamed =
        user.post(
            "/api/v1/files/a/b/f", "{\"op\":\"rename\",\"to\":\"g h\"}", "Accept", "text/html");
    assertThat(renamed.status).isEqualTo(200);
    assertThat(renamed.header("Location")).endsWith("/api/v1/files/g%20h");
    assertThat(user.get("/api/v1/files/g%20h").body).isEqualTo(HELLO);
    assertThat(user.post("/api/v1/files/a", "{\"op\":\"rename\",\"to\":\"a/c\"}").status)
        .isEqualTo(409);
    assertThat(user.post("/api/v1/files/a", "{\"op\":\"rename\",\"to\":\"../x\"}").status)
        .isEqualTo(400);
    assertThat(user.post("/api/v1/files/a", "{\"op\":\"burn\"}").status).isEqualTo(400);
    assertThat(user.post("/api/v1/files/a", "{}").status).isEqualTo(400);
    assertThat(user.delete("/api/v1/files/a").status).isEqualTo(409);
    assertThat(user.delete("/api/v1/files/a?recursive=true").status).isEqualTo(204);
    assertThat(user.delete("/api/v1/files/g%20h").status).isEqualTo(204);
    assertThat(user.delete("/api/v1/files/g%20h").status).isEqualTo(404);
    assertThat(user.delete("/api/v1/files/").status).isEqualTo(409);
    assertThat(used(user)).isZero();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "../x",
        "%2e%2e/x",
        "a/../../x",
        "a%2Fb",
        "a%5Cb",
        "a%00b",
        "a%0D%0Ab",
        "a;b",
        "%FF",
        ".slipway-x",
        "a/",
        "%C0%AE%C0%AE/x"
      })
  void aNameThatLeadsOutOrCannotBeIsRefused(String name) {
    Api user = Api.user();
    Answer answer = user.upload("/api/v1/files/" + name, HELLO);
    assertThat(answer.status).isEqualTo(400);
    assertThat(user.get("/api/v1/files/").json().get("total").asInt()).isZero();
    assertThat(used(user)).isZero();
  }

  @Test
  void aNameThatIsOnlyOddIsStoredAsItIs() {
    Api user = Api.user();
    for (String name :
        new String[] {
          "%3Cscript%3E", "%23%7B7*7%7D", "a%3Bb", "%E4%B8%AD%E6%96%87%20x", "a%2541"
        }) {
      assertThat(user.upload("/api/v1/files/" + name, HELLO).status).as(name).isEqualTo(201);
      assertThat(user.get("/api/v1/files/" + name).body).isEqualTo(HELLO);
    }
    assertThat(user.get("/api/v1/files/").text()).contains("<script>", "#{7*7}", "a%41", "中文 x");
    assertThat(user.upload("/api/v1/files/" + "x".repeat(300), HELLO).status).isEqualTo(400);
  }

  @Test
  void overQuotaLeavesNothingBehind() {
    Api user = Api.account("\"quotaBytes\":1000000,\"quotaFiles\":2");
    byte[] much = new byte[1_000_001];
    Answer known = user.upload("/api/v1/files/a", much);
    assertThat(known.status).isEqualTo(507);
    assertThat(known.json().get("type").asText()).isEqualTo("urn:slipway:refusal:over-quota");
    assertThat(user.uploadChunked("/api/v1/files/a", () -> new ByteArrayInputStream(much)).status)
        .isEqualTo(507);
    assertThat(user.get("/api/v1/files/").json().get("total").asInt()).isZero();
    assertThat(used(user)).isZero();
    assertThat(user.upload("/api/v1/files/a", new byte[999_999]).status).isEqualTo(201);
    assertThat(user.upload("/api/v1/files/b", new byte[1]).status).isEqualTo(201);
    assertThat(user.upload("/api/v1/files/c", new byte[0]).status).isEqualTo(507);
  }

  @Test
  void anUploadThatBreaksOffIsNeverSeen() {
    Api user = Api.user();
    user.raw("PUT /api/v1/files/a", "Content-Length: 100000\r\n\r\n" + "x".repeat(70_000));
    user.raw(
        "PUT /api/v1/files/b", "Transfer-Encoding: chunked\r\n\r\n1000\r\n" + "x".repeat(4096));
    Api.eventually(() ->
        user.get("/api/v1/transfers").json().get("total").asInt() == 2
            && user.get("/api/v1/sessions").json().get("total").asInt() == 0);
    assertThat(user.get("/api/v1/files/").json().get("total").asInt()).isZero();
    assertThat(used(user)).isZero();
  }

  @Test
  void aNameThatExistsIsTreatedAsTheAccountSays() {
    Api renaming = Api.account("\"onConflict\":\"RENAME\"");
    renaming.upload("/api/v1/files/a", HELLO);
    Answer renamed = renaming.upload("/api/v1/files/a", new byte[1]);
    assertThat(renamed.status).isEqualTo(201);
    assertThat(renamed.json().get("path").asText()).isEqualTo("a.new");
    assertThat(renamed.header("Location")).endsWith("/api/v1/files/a.new");
    Api rejecting = Api.account("\"onConflict\":\"REJECT\"");
    rejecting.upload("/api/v1/files/a", HELLO);
    assertThat(rejecting.upload("/api/v1/files/a", new byte[1]).status).isEqualTo(409);
    assertThat(rejecting.get("/api/v1/files/a").body).isEqualTo(HELLO);
  }

  @Test
  void permissionsAreHonoured() {
    Api reader = Api.account("\"permissions\":[\"LIST\",\"READ\"]");
    assertThat(reader.get("/api/v1/files/").status).isEqualTo(200);
    assertThat(reader.upload("/api/v1/files/a", HELLO).status).isEqualTo(403);
    assertThat(reader.post("/api/v1/files/a", "{\"op\":\"mkdir\"}").status).isEqualTo(403);
    assertThat(reader.delete("/api/v1/files/a").status).isEqualTo(403);
    Api writer = Api.account("\"permissions\":[\"WRITE\"]");
    assertThat(writer.upload("/api/v1/files/a", HELLO).status).isEqualTo(201);
    assertThat(writer.upload("/api/v1/files/a", HELLO).status).isEqualTo(403);
    assertThat(writer.get("/api/v1/files/a").status).isEqualTo(403);
    assertThat(writer.get("/api/v1/files/").status).isEqualTo(403);
  }

  @Test
  void nobodySeesAnothersHome() {
    Api anna = Api.user();
    anna.upload("/api/v1/files/secret", HELLO);
    assertThat(Api.user().get("/api/v1/files/secret").status).isEqualTo(404);
    assertThat(Api.administrator().get("/api/v1/files/secret").status).isEqualTo(404);
  }

  private static long used(Api user) {
    return user.get("/api/v1/me").json().get("usedBytes").asLong();
  }
}
