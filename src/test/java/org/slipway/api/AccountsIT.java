package org.slipway.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slipway.api.Api.Answer;
import org.slipway.portal.RunningPortal;

class AccountsIT {
  private final Api admin = Api.administrator();

  @Test
  void anAccountIsMadeReadChangedAndDeleted() {
    String name = Api.uniqueName();
    Answer made =
        admin.post(
            "/api/v1/accounts",
            """
            {"username":"%s","password":"%s","roles":["OPERATOR","USER"],"quotaBytes":null,
             "email":"a@example.org","onConflict":"RENAME","expiresAt":"2099-01-01T00:00:00Z"}
            """
                .formatted(name, Api.password()));
    assertThat(made.status).as(made.toString()).isEqualTo(201);
    assertThat(made.header("Location")).endsWith("/api/v1/accounts/" + name);
    assertThat(made.json().get("quotaBytes").isNull()).isTrue();
    assertThat(made.json().get("quotaFiles").asLong()).isEqualTo(10_000);
    assertThat(made.text()).doesNotContain(Api.password());

    String path = "/api/v1/accounts/" + name;
    Answer read = admin.get(path);
    assertThat(read.json()).isEqualTo(made.json());
    assertThat(admin.get(path, "If-None-Match", read.header("ETag")).status).isEqualTo(304);

    Answer changed =
        admin.patch(path, "{\"email\":null,\"quotaBytes\":5}", "If-Match", read.header("ETag"));
    assertThat(changed.status).isEqualTo(200);
    assertThat(changed.json().get("email").isNull()).isTrue();
    assertThat(changed.json().get("quotaBytes").asLong()).isEqualTo(5);
    assertThat(changed.json().get("onConflict").asText()).isEqualTo("RENAME");
    Answer stale = admin.patch(path, "{\"quotaBytes\":6}", "If-Match", read.header("ETag"));
    assertThat(stale.status).isEqualTo(412);
    assertThat(admin.get(path).json().get("quotaBytes").asLong()).isEqualTo(5);

    assertThat(admin.delete(path + "?files=burn").status).isEqualTo(400);
    assertThat(admin.delete(path + "?files=delete").status).isEqualTo(204);
    assertThat(admin.get(path).status).isEqualTo(404);
    assertThat(admin.delete(path).status).isEqualTo(404);
  }

  @Test
  void anotherAccountOfTheSameNameIsRefused() {
    Api user = Api.user();
    assertThat(
            admin.post(
                    "/api/v1/accounts",
                    "{\"username\":\"%s\",\"password\":\"%s\"}"
                        .formatted(user.username, Api.password()))
                .status)
        .isEqualTo(409);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "{'password':'apple-Pie-17'} | username",
        "{'username':'../etc','password':'apple-Pie-17'} | username",
        "{'username':'<script>','password':'apple-Pie-17'} | username",
        "{'username':'#{7*7}','password':'apple-Pie-17'} | username",
        "{'username':'UPPER','password':'apple-Pie-17'} | username",
        "{'username':'xyzzy-1','password':'short'} | password",
        "{'username':'xyzzy-1','password':'apple-Pie-17','quotaBytes':-1} | quotaBytes",
        "{'username':'xyzzy-1','password':'apple-Pie-17','quotaBytes':'1'} | quotaBytes",
        "{'username':'xyzzy-1','password':'apple-Pie-17','roles':['KING']} | roles",
        "{'username':'xyzzy-1','password':'apple-Pie-17','roles':[null]} | roles",
        "{'username':'xyzzy-1','password':'apple-Pie-17','roles':[]} | roles",
        "{'username':'xyzzy-1','password':'apple-Pie-17','status':'GONE'} | status",
        "{'username':'xyzzy-1','password':'apple-Pie-17','status':null} | status",
        "{'username':'xyzzy-1','password':'apple-Pie-17','email':'no address'} | email",
        "{'username':'xyzzy-1','password':'apple-Pie-17','maxSessions':0} | maxSessions",
        "{'username':'xyzzy-1','password':'apple-Pie-17','expiresAt':'soon'} | expiresAt",
        "{'username':'xyzzy-1','password':'apple-Pie-17','displayName':'a\\nb'} | displayName",
        "{'username':'xyzzy-1','password':'apple-Pie-17','quotas':1} | quotas"
      })
  void aBadFieldIsNamed(String json, String field) {
    Answer answer = admin.post("/api/v1/accounts", json.replace('\'', '"'));
    assertThat(answer.status).as(answer.toString()).isEqualTo(400);
    assertThat(answer.badField()).isEqualTo(field);
    assertThat(admin.get("/api/v1/accounts/xyzzy-1").status).isEqualTo(404);
  }

  @Test
  void fieldsThatCannotBeChangedAreRefused() {
    Api user = Api.user();
    for (String field : new String[] {"id", "username", "usedBytes", "createdAt"}) {
      Answer answer =
          admin.patch("/api/v1/accounts/" + user.username, "{\"%s\":null}".formatted(field));
      assertThat(answer.status).isEqualTo(400);
      assertThat(answer.badField()).isEqualTo(field);
    }
  }

  @Test
  void theLastAdministratorStays() {
    String path = "/api/v1/accounts/" + RunningPortal.ADMIN_USERNAME;
    assertThat(admin.delete(path).status).isEqualTo(409);
    assertThat(admin.patch(path, "{\"status\":\"SUSPENDED\"}").status).isEqualTo(409);
    assertThat(admin.patch(path, "{\"roles\":[\"USER\"]}").status).isEqualTo(409);
    assertThat(admin.get(path).json().get("status").asText()).isEqualTo("ACTIVE");
  }

  @Test
  void anAdministratorSetsANewPassword() {
    Api user = Api.user();
    String path = "/api/v1/accounts/" + user.username;
    assertThat(admin.patch(path, "{\"password\":\"short\",\"quotaBytes\":7}").status)
        .isEqualTo(400);
    assertThat(admin.get(path).json().get("quotaBytes").asLong()).isNotEqualTo(7);
    assertThat(admin.patch(path, "{\"password\":\"another-Word-9\"}").status).isEqualTo(200);
    assertThat(user.get("/api/v1/me").status).isEqualTo(401);
    assertThat(Api.as(user.username, "another-Word-9").get("/api/v1/me").status).isEqualTo(200);
  }

  @Test
  void listsArePagedSearchedAndOrdered() {
    String name = Api.user().username;
    Answer found = admin.get("/api/v1/accounts?q=" + name);
    assertThat(found.json().get("total").asInt()).isEqualTo(1);
    assertThat(found.json().at("/items/0/username").asText()).isEqualTo(name);
    Answer none = admin.get("/api/v1/accounts?limit=0");
    assertThat(none.json().get("items")).isEmpty();
    assertThat(none.json().get("total").asInt()).isPositive();
    assertThat(admin.get("/api/v1/accounts?status=PENDING&sort=-createdAt").status).isEqualTo(200);
    for (String bad : new String[] {"limit=501", "limit=x", "offset=-1", "sort=password"}) {
      assertThat(admin.get("/api/v1/accounts?" + bad).status).as(bad).isEqualTo(400);
    }
  }

  @Test
  void whatWasPutThereByHandIsCountedWhenAsked() throws IOException {
    Api user = Api.user();
    user.upload("/api/v1/files/a", new byte[100]);
    String id = user.get("/api/v1/me").json().get("id").asText();
    Path home = Api.portal().dataDirectory().resolve("homes").resolve(id);
    FileAttribute<?> ownerOnly =
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
    Files.write(Files.createFile(home.resolve("by-hand"), ownerOnly), new byte[23]);
    Answer counted = admin.post("/api/v1/accounts/" + user.username + "/reconcile", "");
    assertThat(counted.json().get("usedBytes").asLong()).isEqualTo(123);
    assertThat(user.get("/api/v1/me").json().get("usedFiles").asLong()).isEqualTo(2);
  }
}
