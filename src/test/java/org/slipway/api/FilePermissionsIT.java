package org.slipway.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.slipway.accounts.OnConflict;
import org.slipway.accounts.Permission;
import org.slipway.api.Api.Answer;
import org.slipway.portal.Visitor;

/** Each permission by each request that can cause its effect, of the API and of the pages. */
class FilePermissionsIT {
  private static final String MKDIR = "{\"op\":\"mkdir\"}";

  /**
   * One request on the tree of {@link #makeTree}, what it needs, and the status when it is done.
   */
  private enum Call {
    LISTING("GET", "d", "", 200, Permission.LIST),
    DOWNLOAD("GET", "d/f", "", 200, Permission.READ),
    HEAD_FOLDER("HEAD", "d", "", 200, Permission.LIST),
    HEAD_FILE("HEAD", "d/f", "", 200, Permission.READ),
    UPLOAD("PUT", "d/new", "x", 201, Permission.WRITE),
    UPLOAD_DEEP("PUT", "d/p/q/new", "x", 201, Permission.WRITE, Permission.MAKE_FOLDER),
    OVERWRITE("PUT", "d/f", "x", 204, Permission.WRITE, Permission.OVERWRITE),
    PREVIEW("GET", "d/f?preview", "", 200, Permission.READ),
    CHECKSUM("GET", "d/f?sha256", "", 200, Permission.READ),
    ARCHIVE("GET", "d/?zip", "", 200, Permission.LIST),
    ARCHIVE_OF_ONE("GET", "d/?zip=f", "", 200, Permission.LIST, Permission.READ),
    ANNOUNCE("POST", "/uploads", announced("d/new"), 201, Permission.WRITE),
    ANNOUNCE_OVER(
        "POST", "/uploads", announced("d/f"), 201, Permission.WRITE, Permission.OVERWRITE),
    DISCARD("DELETE", "d/f?trash=true", "", 200, Permission.DELETE),
    DELETE_FILE("DELETE", "d/f", "", 204, Permission.DELETE),
    DELETE_FOLDER("DELETE", "d/e", "", 204, Permission.DELETE),
    DELETE_TREE("DELETE", "d/t?recursive=true", "", 204, Permission.DELETE),
    MAKE("POST", "d/new", MKDIR, 201, Permission.MAKE_FOLDER),
    MAKE_DEEP("POST", "d/p/q", MKDIR, 201, Permission.MAKE_FOLDER),
    MOVE("POST", "d/f", rename("d/new"), 200, Permission.RENAME, Permission.WRITE),
    MOVE_FOLDER(
        "POST",
        "d/t",
        rename("d/new"),
        200,
        Permission.RENAME,
        Permission.WRITE,
        Permission.MAKE_FOLDER);

    private final String method;
    private final String path;
    private final String body;
    private final int done;
    private final Set<Permission> needed;

    Call(String method, String path, String body, int done, Permission... needed) {
      this.method = method;
      this.path = path;
      this.body = body;
      this.done = done;
      this.needed = EnumSet.copyOf(List.of(needed));
    }

    private static String announced(String path) {
      return "{\"path\":\"" + path + "\",\"size\":1}";
    }

    private static String rename(String to) {
      return "{\"op\":\"rename\",\"to\":\"" + to + "\"}";
    }
  }

  private final Api admin = Api.administrator();
  private Api user;

  @BeforeEach
  void makeTree() {
    user = Api.user();
    user.upload("/api/v1/files/d/f", "old".getBytes(StandardCharsets.UTF_8));
    user.upload("/api/v1/files/d/t/g", "old".getBytes(StandardCharsets.UTF_8));
    user.post("/api/v1/files/d/e", MKDIR);
  }

  @Test
  void everyMethodOfTheFilesHasARow() {
    assertThat(Routes.resources().stream().filter(r -> r.endsWith(" /files{path}")))
        .containsExactlyInAnyOrderElementsOf(
            Stream.of(Call.values())
                .filter(c -> !c.path.startsWith("/"))
                .map(c -> c.method + " /files{path}")
                .distinct()
                .toList());
  }

  private static String quoted(Set<Permission> permissions) {
    return permissions.stream()
        .map(p -> "\"" + p + "\"")
        .collect(Collectors.joining(",", "[", "]"));
  }

  private void access(String json) {
    Answer answer = admin.patch("/api/v1/accounts/" + user.username, "{\"access\":" + json + "}");
    assertThat(answer.status).as(answer.toString()).isEqualTo(200);
  }

  /** The same as the script of the page asks it. */
  private HttpResponse<String> ask(Visitor visitor, Call call) {
    return visitor.send(
        call.method,
        "/my/" + (call.path.startsWith("/") ? call.path.substring(1) : "files/" + call.path),
        BodyPublishers.ofString(call.body),
        "X-CSRF-Token",
        visitor.token(),
        "Content-Type",
        call.method.equals("POST") ? "application/json" : "application/octet-stream");
  }

  private Answer call(Call call) {
    return user.send(
        call.method,
        "/api/v1" + (call.path.startsWith("/") ? "" : "/files/") + call.path,
        BodyPublishers.ofString(call.body),
        "Content-Type",
        call.method.equals("POST") ? "application/json" : "application/octet-stream");
  }

  /** What a user without any limit would see, over the whole of {@code d}. */
  private String tree() {
    StringBuilder all = new StringBuilder();
    for (String at : List.of("", "/d", "/d/e", "/d/t", "/d/new", "/d/p", "/d/f")) {
      Answer answer = user.get("/api/v1/files" + at);
      all.append(at).append(' ').append(answer.status).append(answer.text()).append('\n');
    }
    return all + user.get("/api/v1/me").json().get("usedBytes").asText();
  }

  @ParameterizedTest
  @EnumSource(Call.class)
  void itIsRefusedWithoutAnyOfWhatItNeedsAndDoneWithNoMore(Call call) {
    String before = tree();
    for (Permission missing : call.needed) {
      String others = quoted(EnumSet.complementOf(EnumSet.of(missing)));
      for (String policy :
          List.of(
              "{\"permissions\":%s,\"folders\":[]}",
              "{\"permissions\":null,\"folders\":[{\"path\":\"/d\",\"permissions\":%s}]}",
              "{\"folders\":[{\"path\":\"/d\",\"permissions\":%s,\"channels\":[\"API\"]}]}")) {
        access(policy.formatted(others));
        boolean parents = call == Call.UPLOAD_DEEP && missing == Permission.MAKE_FOLDER;
        assertThat(call(call).status).as(call + " lacks " + missing).isEqualTo(parents ? 404 : 403);
      }
      access("{\"permissions\":null,\"folders\":[]}");
      assertThat(tree()).as(call + " lacks " + missing).isEqualTo(before);
    }
    access(
        "{\"permissions\":[],\"folders\":[{\"path\":\"/d\",\"permissions\":%s,\"channels\":[\"API\"]}]}"
            .formatted(quoted(call.needed)));
    Answer done = call(call);
    assertThat(done.status).as(done.toString()).isEqualTo(call.done);
  }

  @ParameterizedTest
  @EnumSource(Call.class)
  void onThePageItIsRefusedWithoutAnyOfWhatItNeedsAndDoneWithNoMore(Call call) {
    Visitor visitor = Visitor.signedIn(user.username, Api.password());
    String before = tree();
    for (Permission missing : call.needed) {
      access(
          "{\"folders\":[{\"path\":\"/d\",\"permissions\":%s,\"channels\":[\"WEB\"]}]}"
              .formatted(quoted(EnumSet.complementOf(EnumSet.of(missing)))));
      boolean parents = call == Call.UPLOAD_DEEP && missing == Permission.MAKE_FOLDER;
      assertThat(ask(visitor, call).statusCode())
          .as(call + " lacks " + missing)
          .isEqualTo(parents ? 404 : 403);
      access("{\"folders\":[]}");
      assertThat(tree()).as(call + " lacks " + missing).isEqualTo(before);
    }
    access(
        "{\"permissions\":[],\"folders\":[{\"path\":\"/d\",\"permissions\":%s,\"channels\":[\"WEB\"]}]}"
            .formatted(quoted(call.needed)));
    HttpResponse<String> done = ask(visitor, call);
    assertThat(done.statusCode()).as(done.body()).isEqualTo(call.done);
  }

  @Test
  void thePiecesOfAnUploadNeedWhatItNeeds() {
    String id = call(Call.ANNOUNCE).json().get("id").asText();
    access("{\"permissions\":" + quoted(EnumSet.complementOf(EnumSet.of(Permission.WRITE))) + "}");
    Answer piece =
        user.send(
            "PATCH",
            "/api/v1/uploads/" + id,
            BodyPublishers.ofString("x"),
            "Content-Type",
            "application/offset+octet-stream",
            "Upload-Offset",
            "0");
    assertThat(piece.status).as(piece.toString()).isEqualTo(403);
    access("{\"permissions\":null}");
    assertThat(user.get("/api/v1/files/d/new").status).isEqualTo(404);
  }

  @Test
  void theTrashNeedsWhatItsThingsNeed() {
    String trashed = "/api/v1/trash/" + call(Call.DISCARD).json().get("id").asText();
    access("{\"permissions\":[\"LIST\",\"READ\",\"WRITE\"]}");
    assertThat(user.post(trashed, "{\"op\":\"restore\"}").status).isEqualTo(403);
    assertThat(user.delete(trashed).status).isEqualTo(403);
    access("{\"permissions\":[\"DELETE\"]}");
    assertThat(user.get("/api/v1/trash").status).isEqualTo(403);
    assertThat(user.post(trashed, "{\"op\":\"restore\"}").status).isEqualTo(404);
    access("{\"permissions\":[\"LIST\",\"DELETE\"]}");
    assertThat(user.post(trashed, "{\"op\":\"restore\"}").status).isEqualTo(200);
  }

  @ParameterizedTest
  @EnumSource(OnConflict.class)
  void whatExistsStaysWithoutThePermissionToOverwrite(OnConflict wish) {
    admin.patch("/api/v1/accounts/" + user.username, "{\"onConflict\":\"" + wish + "\"}");
    access("{\"permissions\":[\"READ\",\"WRITE\"]}");
    Answer put = user.upload("/api/v1/files/d/f", new byte[1]);
    assertThat(put.status)
        .as(put.toString())
        .isEqualTo(
            switch (wish) {
              case OVERWRITE -> 403;
              case REJECT -> 409;
              case RENAME -> 201;
            });
    assertThat(user.get("/api/v1/files/d/f").text()).isEqualTo("old");
  }

  @Test
  void nothingTellsWhetherAFileIsThereToWhoMayNotSee() {
    access("{\"permissions\":[]}");
    for (String method : List.of("GET", "HEAD", "DELETE", "PUT", "POST")) {
      for (String[] headers :
          List.of(
              new String[] {"Range", "bytes=0-0"},
              new String[] {"If-Match", "\"x\""},
              new String[] {"If-None-Match", "*"},
              new String[] {"If-Modified-Since", "Sun, 06 Nov 1994 08:49:37 GMT"})) {
        Answer there = probe(method, "d/f", headers);
        assertThat(there.status).as(method + headers[0]).isEqualTo(403);
        for (String other : List.of("d/none", "d", "none/none")) {
          Answer answer = probe(method, other, headers);
          assertThat(answer.status).as(method + headers[0] + other).isEqualTo(403);
          assertThat(answer.text()).as(method + headers[0] + other).isEqualTo(there.text());
        }
      }
    }
  }

  private Answer probe(String method, String path, String... headers) {
    boolean post = method.equals("POST");
    return user.send(
        method,
        "/api/v1/files/" + path,
        post ? BodyPublishers.ofString(MKDIR) : BodyPublishers.noBody(),
        headers[0],
        headers[1],
        "Content-Type",
        post ? "application/json" : "application/octet-stream");
  }

  @Test
  void whatAGroupForbidsInAFolderNoTreeIsDeletedOrMovedAround() {
    String group = Api.uniqueName();
    admin.put(
        "/api/v1/groups/" + group,
        "{\"access\":{\"folders\":[{\"path\":\"/d/t\",\"permissions\":[\"LIST\",\"RENAME\"]}]}}");
    admin.patch("/api/v1/accounts/" + user.username, "{\"groups\":[\"" + group + "\"]}");
    assertThat(user.delete("/api/v1/files/d?recursive=true").status).isEqualTo(403);
    assertThat(user.post("/api/v1/files/d", Call.rename("moved")).status).isEqualTo(403);
    assertThat(user.post("/api/v1/files/d/t/g", Call.rename("g")).status).isEqualTo(403);
    assertThat(user.get("/api/v1/files/d/t/g").status).isEqualTo(403);
    assertThat(user.post("/api/v1/files/d/e", Call.rename("e")).status).isEqualTo(200);
  }

  @Test
  void aMemberDoesInASharedFolderWhatItSaysAndNoMore() {
    String name = Api.uniqueName();
    Api member = Api.user();
    admin.put(
        "/api/v1/shared-folders/" + name,
        "{\"owner\":\"%s\",\"path\":\"/d\",\"members\":[{\"account\":\"%s\",\"permissions\":[\"LIST\",\"RENAME\"]}]}"
            .formatted(user.username, member.username));
    String at = "/api/v1/files/" + name;
    assertThat(member.get(at).status).isEqualTo(200);
    assertThat(member.get(at + "/f").status).isEqualTo(403);
    assertThat(member.upload(at + "/new", new byte[1]).status).isEqualTo(403);
    assertThat(member.delete(at + "/f").status).isEqualTo(403);
    assertThat(member.delete(at + "?recursive=true").status).isEqualTo(403);
    assertThat(member.post(at, Call.rename("taken")).status).isEqualTo(403);
    assertThat(member.post(at + "/f", Call.rename("taken")).status).isEqualTo(403);
    assertThat(member.post(at + "/new", MKDIR).status).isEqualTo(403);
    assertThat(user.get("/api/v1/files/d/f").text()).isEqualTo("old");
  }
}
