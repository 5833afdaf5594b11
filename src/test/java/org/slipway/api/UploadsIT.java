package org.slipway.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.slipway.api.Api.Answer;

/** Files in pieces, the trash and the other forms of a file, over the API. */
class UploadsIT {
  private static final byte[] HELLO = "hello, harbour".getBytes(StandardCharsets.UTF_8);

  private static Answer begin(Api user, String path, long size) {
    return user.post("/api/v1/uploads", "{\"path\":\"%s\",\"size\":%d}".formatted(path, size));
  }

  private static Answer append(Api user, String id, long offset, byte[] piece) {
    return user.send(
        "PATCH",
        "/api/v1/uploads/" + id,
        BodyPublishers.ofByteArray(piece),
        "Content-Type",
        "application/offset+octet-stream",
        "Upload-Offset",
        Long.toString(offset));
  }

  @Test
  void aFileComesInPieces() {
    Api user = Api.user();
    Answer begun = begin(user, "d/\u6587 f", HELLO.length);
    assertThat(begun.status).isEqualTo(201);
    String id = begun.json().get("id").asText();
    assertThat(begun.header("Location")).endsWith("/api/v1/uploads/" + id);
    Answer first = append(user, id, 0, Arrays.copyOf(HELLO, 5));
    assertThat(first.status).isEqualTo(204);
    assertThat(first.header("Upload-Offset")).isEqualTo("5");
    assertThat(user.get("/api/v1/files/d").status).isEqualTo(404);
    Answer head = user.send("HEAD", "/api/v1/uploads/" + id, BodyPublishers.noBody());
    assertThat(head.header("Upload-Offset")).isEqualTo("5");
    assertThat(user.get("/api/v1/uploads").json().at("/items/0/offset").asInt()).isEqualTo(5);
    assertThat(user.get("/api/v1/sessions").json().at("/items/0/bytes").asInt()).isEqualTo(5);
    assertThat(append(user, id, 4, new byte[1]).status).isEqualTo(409);
    Answer last = append(user, id, 5, Arrays.copyOfRange(HELLO, 5, HELLO.length));
    assertThat(last.status).isEqualTo(201);
    assertThat(last.json().get("path").asText()).isEqualTo("d/\u6587 f");
    assertThat(user.get("/api/v1/files/d/%E6%96%87%20f").body).isEqualTo(HELLO);
    assertThat(user.get("/api/v1/files/d/%E6%96%87%20f?sha256").json().get("sha256"))
        .isEqualTo(last.json().get("sha256"));
  }

  @Test
  void whoMayNotOverwriteAnyMoreReplacesNothingWithTheNextPiece() {
    Api user = Api.user();
    user.upload("/api/v1/files/f", HELLO);
    String id = begin(user, "f", 10).json().get("id").asText();
    assertThat(append(user, id, 0, new byte[5]).status).isEqualTo(204);
    Api.administrator()
        .patch(
            "/api/v1/accounts/" + user.username, "{\"permissions\":[\"LIST\",\"READ\",\"WRITE\"]}");
    assertThat(append(user, id, 5, new byte[5]).status).isEqualTo(403);
    assertThat(user.get("/api/v1/files/f").body).isEqualTo(HELLO);
  }

  @Test
  void badRequestsAreToldSo() {
    Api user = Api.account("\"quotaBytes\":100");
    assertThat(begin(user, "../x", 1).status).isEqualTo(400);
    assertThat(begin(user, "", 1).status).isIn(400, 409);
    assertThat(user.post("/api/v1/uploads", "{\"path\":\"a\"}").status).isEqualTo(400);
    assertThat(user.post("/api/v1/uploads", "{\"path\":\"a\",\"size\":-1}").status).isEqualTo(400);
    Answer over = begin(user, "a", 150);
    assertThat(over.status).isEqualTo(507);
    assertThat(over.json().get("missingBytes").asInt()).isEqualTo(50);
    String id = begin(user, "a", 10).json().get("id").asText();
    assertThat(
            user.send(
                    "PATCH",
                    "/api/v1/uploads/" + id,
                    BodyPublishers.noBody(),
                    "Content-Type",
                    "application/offset+octet-stream")
                .status)
        .isEqualTo(400);
    assertThat(append(Api.user(), id, 0, new byte[10]).status).isEqualTo(404);
    assertThat(user.delete("/api/v1/uploads/" + id).status).isEqualTo(204);
    assertThat(append(user, id, 0, new byte[10]).status).isEqualTo(404);
  }

  @Test
  void whatIsDeletedIntoTheTrashComesBack() {
    Api user = Api.user();
    user.upload("/api/v1/files/d/f", HELLO);
    Answer gone = user.delete("/api/v1/files/d?trash=true");
    assertThat(gone.status).isEqualTo(200);
    String id = gone.json().get("id").asText();
    assertThat(user.get("/api/v1/files/d/f").status).isEqualTo(404);
    assertThat(user.get("/api/v1/me").json().get("usedBytes").asInt()).isEqualTo(HELLO.length);
    assertThat(user.get("/api/v1/trash").json().at("/items/0/path").asText()).isEqualTo("d");
    assertThat(user.post("/api/v1/trash/" + id, "{\"op\":\"burn\"}").status).isEqualTo(400);
    assertThat(Api.user().post("/api/v1/trash/" + id, "{\"op\":\"restore\"}").status)
        .isEqualTo(404);
    assertThat(user.post("/api/v1/trash/" + id, "{\"op\":\"restore\"}").status).isEqualTo(200);
    assertThat(user.get("/api/v1/files/d/f").body).isEqualTo(HELLO);
    user.delete("/api/v1/files/d?trash=true");
    assertThat(user.delete("/api/v1/trash").status).isEqualTo(204);
    assertThat(user.get("/api/v1/trash").json().get("total").asInt()).isZero();
    assertThat(user.get("/api/v1/me").json().get("usedBytes").asInt()).isZero();
  }

  @Test
  void aFolderIsHadAsAnArchive() {
    Api user = Api.user();
    user.upload("/api/v1/files/d/f", HELLO);
    Answer zip = user.get("/api/v1/files/d/?zip");
    assertThat(zip.status).isEqualTo(200);
    assertThat(zip.header("Content-Type")).isEqualTo("application/zip");
    assertThat(zip.header("Content-Disposition")).isEqualTo("attachment; filename*=UTF-8''d.zip");
    assertThat(new String(zip.body, StandardCharsets.ISO_8859_1)).startsWith("PK").contains("f");
    assertThat(user.get("/api/v1/files/d/?zip=..").status).isEqualTo(400);
    assertThat(user.get("/api/v1/files/d/?zip=none").status).isEqualTo(404);
  }
}
