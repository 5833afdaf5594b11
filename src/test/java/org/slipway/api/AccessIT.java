package org.slipway.api;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slipway.api.Api.Answer;

/** Groups, shared folders and what an account may do in the end. */
class AccessIT {
  private final Api admin = Api.administrator();

  private Answer put(String path, String json) {
    return admin.put(path, json.replace('\'', '"'));
  }

  private static String group() {
    return "/api/v1/groups/" + Api.uniqueName();
  }

  private static String name(String path) {
    return path.substring(path.lastIndexOf('/') + 1);
  }

  @Test
  void aGroupIsMadeReadChangedAndDeleted() {
    String path = group();
    Answer made =
        put(
            path,
            """
            {'description':'Readers','access':{'permissions':['LIST','READ'],
             'folders':[{'path':'/in','permissions':['LIST','WRITE'],'channels':['FTP']}],
             'deniedNetworks':['192.0.2.9/24'],
             'hours':{'zone':'Europe/Berlin','spans':[{'days':['MONDAY'],'from':'08:00','to':'18:30'}]},
             'trafficPerDay':5,'ftpTls':'REQUIRED','ftpTlsDataSession':'WARN',
             'nameCharset':'GB18030','bandwidthUp':1000,'bandwidthDown':2000},
             'template':{'quotaBytes':100,'validDays':30,'roles':['USER']}}
            """);
    assertThat(made.status).as(made.toString()).isEqualTo(201);
    assertThat(made.json().at("/access/deniedNetworks/0").asText()).isEqualTo("192.0.2.0/24");
    assertThat(made.json().at("/access/nameCharset").asText()).isEqualTo("GB18030");
    assertThat(made.json().at("/access/bandwidthDown").asLong()).isEqualTo(2000);
    assertThat(admin.get(path).json()).isEqualTo(made.json());
    assertThat(admin.get("/api/v1/groups?q=" + name(path)).json().get("total").asInt())
        .isEqualTo(1);
    assertThat(admin.put(path, made.text(), "If-Match", made.header("ETag")).status).isEqualTo(200);
    assertThat(put(path, "{'description':'x'}").status).isEqualTo(200);
    assertThat(admin.delete(path, "If-Match", made.header("ETag")).status).isEqualTo(412);
    assertThat(admin.delete(path).status).isEqualTo(204);
    assertThat(admin.get(path).status).isEqualTo(404);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "{'access':{'permissions':['FLY']}} | access.permissions",
        "{'access':{'folders':[{'permissions':['READ']}]}} | access.folders[0].path",
        "{'access':{'folders':[{'path':'/../x','permissions':[]}]}} | folders[0].path",
        "{'access':{'allowedNetworks':['here']}} | access.allowedNetworks[0]",
        "{'access':{'hours':{'spans':[]}}} | hours",
        "{'access':{'hours':{'zone':'Mars','spans':[]}}} | access.hours.zone",
        "{'access':{'hours':{'spans':[{'from':'8','to':'9'}]}}} | access.hours.spans[0].from",
        "{'access':{'trafficPerDay':-1}} | trafficPerDay",
        "{'access':{'ftpTls':'OFF'}} | access.ftpTls",
        "{'access':{'ftpTlsDataSession':'off'}} | access.ftpTlsDataSession",
        "{'access':{'nameCharset':'BIG5'}} | access.nameCharset",
        "{'access':{'bandwidthDown':0}} | bandwidthDown",
        "{'template':{'validDays':0}} | template.validDays",
        "{'template':{'roles':[]}} | template.roles",
        "{'quota':1} | quota"
      })
  void aBadFieldOfAGroupIsNamed(String json, String field) {
    Answer answer = put("/api/v1/groups/bad-one", json);
    assertThat(answer.status).as(answer.toString()).isEqualTo(400);
    assertThat(answer.badField()).isEqualTo(field);
    assertThat(admin.get("/api/v1/groups/bad-one").status).isEqualTo(404);
  }

  @Test
  void aNewAccountIsFilledInByItsGroupAndMayDoWhatTheGroupSays() {
    String group = group();
    put(group, "{'access':{'permissions':['LIST','READ']},'template':{'quotaBytes':77}}");
    Api member = Api.account("\"groups\":[\"" + name(group) + "\"]");
    String account = "/api/v1/accounts/" + member.username;
    Answer shown = admin.get(account);
    assertThat(shown.json().get("quotaBytes").asLong()).isEqualTo(77);
    assertThat(shown.json().get("permissions").toString()).isEqualTo("[\"LIST\",\"READ\"]");
    assertThat(shown.json().at("/access/permissions").isNull()).isTrue();
    Answer refused = member.upload("/api/v1/files/a", new byte[3]);
    assertThat(refused.status).isEqualTo(403);
    assertThat(refused.text()).contains("group " + name(group));
    assertThat(admin.delete(group).status).as("it has a member").isEqualTo(409);

    assertThat(admin.patch(account, "{\"permissions\":[\"LIST\",\"WRITE\"]}").status)
        .isEqualTo(200);
    assertThat(member.upload("/api/v1/files/a", new byte[3]).status).isEqualTo(201);
    assertThat(admin.patch(account, "{\"permissions\":null}").status).isEqualTo(200);
    assertThat(member.upload("/api/v1/files/b", new byte[3]).status).isEqualTo(403);
    String ftp = "{\"access\":{\"ftpTls\":\"REQUIRED\",\"bandwidthUp\":5}}";
    assertThat(admin.patch(account, ftp).json().at("/access/ftpTls").asText())
        .isEqualTo("REQUIRED");
    Answer without = admin.patch(account, "{\"access\":{\"ftpTls\":null}}");
    assertThat(without.json().at("/access/ftpTls").isNull()).isTrue();
    assertThat(without.json().at("/access/bandwidthUp").asLong()).isEqualTo(5);
    Answer other = admin.patch(account, "{\"displayName\":\"x\"}");
    assertThat(other.json().at("/access/permissions").isNull())
        .as("another change leaves the group its say")
        .isTrue();
  }

  @Test
  void aFolderIsSharedOnItsOwnersQuota() {
    Api owner = Api.account("\"quotaBytes\":10");
    Api member = Api.user();
    owner.post("/api/v1/files/common", "{\"op\":\"mkdir\"}");
    String path = "/api/v1/shared-folders/" + Api.uniqueName();
    Answer made =
        put(
            path,
            "{'owner':'%s','path':'/common','members':[{'account':'%s','permissions':['LIST','READ','WRITE']}]}"
                .formatted(owner.username, member.username));
    assertThat(made.status).as(made.toString()).isEqualTo(201);
    String file = "/api/v1/files/" + name(path) + "/a";
    assertThat(member.upload(file, new byte[8]).status).isEqualTo(201);
    assertThat(member.upload(file + "2", new byte[3]).status).isEqualTo(507);
    assertThat(member.delete(file).status).isEqualTo(403);
    assertThat(member.get("/api/v1/me").json().get("usedBytes").asLong()).isZero();
    assertThat(owner.get("/api/v1/me").json().get("usedBytes").asLong()).isEqualTo(8);
    assertThat(owner.get("/api/v1/files/common/a").text()).hasSize(8);
    assertThat(admin.delete("/api/v1/accounts/" + owner.username).status).isEqualTo(409);
    assertThat(admin.delete(path).status).isEqualTo(204);
    assertThat(member.get(file).status).isEqualTo(404);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "{'path':'/x'} | owner",
        "{'owner':'nobody-of-this-name','path':'/x'} | owner",
        "{'owner':'ADMIN','path':'x'} | path",
        "{'owner':'ADMIN','path':'/a/../b'} | path",
        "{'owner':'ADMIN','path':'/.slipway-trash'} | path",
        "{'owner':'ADMIN','path':'/x\u2028y'} | path",
        "{'owner':'ADMIN','path':'/x','members':[{'permissions':['READ']}]} | members[0]",
        "{'owner':'ADMIN','path':'/x','members':[{'account':'who','permissions':[]}]} | members[0].account"
      })
  void aBadFieldOfASharedFolderIsNamed(String json, String field) {
    Answer answer = put("/api/v1/shared-folders/bad-one", json.replace("ADMIN", admin.username));
    assertThat(answer.status).as(answer.toString()).isEqualTo(400);
    assertThat(answer.badField()).isEqualTo(field);
  }

  @Test
  void whatAnAccountMayDoIsExplained() {
    String group = group();
    put(group, "{'access':{'folders':[{'path':'/in','permissions':['LIST','WRITE']}]}}");
    Api member = Api.account("\"groups\":[\"" + name(group) + "\"]");
    String path = "/api/v1/accounts/" + member.username + "/effective-permissions";
    Answer inside = admin.get(path + "?path=in/x&channel=FTP&address=192.0.2.1");
    assertThat(inside.status).as(inside.toString()).isEqualTo(200);
    assertThat(inside.text())
        .contains("\"path\":\"/in/x\"")
        .contains("{\"permission\":\"WRITE\",\"allowed\":true")
        .contains("{\"permission\":\"READ\",\"allowed\":false,\"reason\":\"NO_PERMISSION\"")
        .contains("the rule for /in of group " + name(group));
    admin.patch("/api/v1/accounts/" + member.username, "{\"access\":{\"channels\":[\"WEB\"]}}");
    assertThat(admin.get(path).text())
        .contains("\"reason\":\"CHANNEL_NOT_ALLOWED\"")
        .doesNotContain("\"allowed\":true");
    assertThat(member.get("/api/v1/me").status).as("by the API").isEqualTo(403);
    assertThat(admin.get(path + "?path=../x").status).isEqualTo(400);
    assertThat(admin.get(path + "?channel=PIGEON").status).isEqualTo(400);
    assertThat(Api.user().get(path).status).isEqualTo(403);
  }
}
