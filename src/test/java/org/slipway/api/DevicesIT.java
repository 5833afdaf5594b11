package org.slipway.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.commons.net.ftp.FTPClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slipway.api.Api.Answer;

class DevicesIT {
  private static final AtomicInteger NUMBERS = new AtomicInteger();
  private final Api operator = Api.operator();

  @Test
  void anyUsualSpellingNamesTheSameDevice() {
    int n = NUMBERS.incrementAndGet();
    String mac = "02:00:5e:10:00:%02x".formatted(n);
    Answer made =
        operator.put(
            "/api/v1/devices/02-00-5E-10-00-%02X".formatted(n),
            "{\"name\":\"switch <1>\",\"hardwareAddress\":\"0200.5e10.00%02x\"}".formatted(n));
    assertThat(made.status).as(made.toString()).isEqualTo(201);
    assertThat(made.json().get("hardwareAddress").asText()).isEqualTo(mac);
    assertThat(made.json().get("enabled").asBoolean()).isTrue();
    for (String spelling :
        new String[] {mac, mac.toUpperCase(), mac.replace(":", ""), mac.replace(':', '-')}) {
      assertThat(operator.get("/api/v1/devices/" + spelling).json()).isEqualTo(made.json());
      assertThat(operator.get("/api/v1/devices?q=" + spelling).json().get("total").asInt())
          .isEqualTo(1);
    }
  }

  @Test
  void isChangedByPatchAndGuardedByItsRevision() {
    String path = "/api/v1/devices/" + mac();
    Answer made =
        operator.put(path, "{\"name\":\"a\",\"variables\":{\"site\":\"x\",\"rack\":\"1\"}}");
    Answer patched =
        operator.patch(
            path,
            "{\"enabled\":false,\"variables\":{\"rack\":null}}",
            "If-Match",
            made.header("ETag"));
    assertThat(patched.status).isEqualTo(200);
    assertThat(patched.json().get("name").asText()).isEqualTo("a");
    assertThat(patched.json().get("enabled").asBoolean()).isFalse();
    assertThat(patched.json().get("variables")).hasSize(1);
    for (Answer stale :
        new Answer[] {
          operator.put(path, "{}", "If-Match", made.header("ETag")),
          operator.patch(path, "{}", "If-Match", made.header("ETag")),
          operator.delete(path, "If-Match", made.header("ETag"))
        }) {
      assertThat(stale.status).isEqualTo(412);
    }
    assertThat(operator.delete(path).status).isEqualTo(204);
    assertThat(operator.get(path).status).isEqualTo(404);
    assertThat(operator.put(path, "{}", "If-Match", "*").status).isEqualTo(412);
  }

  @Test
  void saysWhatItMayDoByTftp() {
    String path = "/api/v1/devices/" + mac();
    Answer made =
        operator.put(
            path,
            """
            {"tftp":{"maxBlksize":1468,"options":false,"write":"RENAME","uploadFolder":"/up/a"}}
            """);
    assertThat(made.status).as(made.toString()).isEqualTo(201);
    assertThat(made.json().at("/tftp/maxBlksize").asInt()).isEqualTo(1468);
    assertThat(made.json().at("/tftp/uploadFolder").asText()).isEqualTo("/up/a");
    assertThat(operator.put(path, made.text()).json()).isEqualTo(made.json());
    Answer patched = operator.patch(path, "{\"tftp\":{\"options\":null,\"rollover\":1}}");
    assertThat(patched.status).as(patched.toString()).isEqualTo(200);
    assertThat(patched.json().at("/tftp/rollover").asInt()).isEqualTo(1);
    assertThat(patched.json().at("/tftp/maxBlksize").asInt()).isEqualTo(1468);
    assertThat(patched.json().at("/tftp/options").isBoolean()).isFalse();
    assertThat(operator.patch(path, "{\"tftp\":null}").json().at("/tftp").isObject()).isFalse();
  }

  @Test
  void anAddressBelongsToOneDevice() {
    String address = "10.99.0." + NUMBERS.incrementAndGet();
    String first = mac();
    operator.put("/api/v1/devices/" + first, "{\"address\":\"%s\"}".formatted(address));
    Answer taken =
        operator.put("/api/v1/devices/" + mac(), "{\"address\":\"%s\"}".formatted(address));
    assertThat(taken.status).isEqualTo(409);
    assertThat(taken.json().get("detail").asText()).contains(first);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "{'hardwareAddress':'02:00:5e:99:99:98'} | hardwareAddress",
        "{'hardwareAddress':'nonsense'} | hardwareAddress",
        "{'address':'10.0.0.256'} | address",
        "{'address':'host.example'} | address",
        "{'name':7} | name",
        "{'name':'a\\u0000b'} | name",
        "{'enabled':'yes'} | enabled",
        "{'enabled':1} | enabled",
        "{'bootFile':'../etc/passwd'} | bootFile",
        "{'variables':{'a b':'c'}} | variables",
        "{'variables':{'a':null}} | variables.a",
        "{'tftp':{'maxBlksize':7}} | tftp.maxBlksize",
        "{'tftp':{'maxWindowsize':65536}} | tftp.maxWindowsize",
        "{'tftp':{'rollover':2}} | tftp.rollover",
        "{'tftp':{'write':'APPEND'}} | tftp.write",
        "{'tftp':{'uploadFolder':'../x'}} | tftp.uploadFolder",
        "{'nmae':'x'} | nmae"
      })
  void aBadFieldIsNamed(String json, String field) {
    Answer answer = operator.put("/api/v1/devices/02005e999999", json.replace('\'', '"'));
    assertThat(answer.status).as(answer.toString()).isEqualTo(400);
    assertThat(answer.badField()).isEqualTo(field);
    assertThat(operator.get("/api/v1/devices/02005e999999").status).isEqualTo(404);
  }

  @Test
  void aBadHardwareAddressInThePathIsRefused() {
    assertThat(operator.put("/api/v1/devices/nonsense", "{}").status).isEqualTo(400);
    assertThat(operator.get("/api/v1/devices/%3Cscript%3E").status).isEqualTo(400);
    assertThat(operator.get("/api/v1/devices/%3Cscript%3E/explain").status).isEqualTo(400);
  }

  @Test
  void explainsAlsoWhatItDoesNotKnow() {
    Answer unknown = operator.get("/api/v1/devices/02:00:5E:99:99:97/explain");
    assertThat(unknown.status).isEqualTo(200);
    assertThat(unknown.json().get("answer").asText()).isEqualTo("SILENCE");
    assertThat(unknown.json().get("reason").asText()).isEqualTo("UNKNOWN_DEVICE");
    assertThat(unknown.json().get("rules")).isNotEmpty();

    String mac = mac();
    operator.put(
        "/api/v1/devices/" + mac,
        "{\"address\":\"127.0.7.%d\",\"enabled\":false}".formatted(NUMBERS.incrementAndGet()));
    assertThat(explanation(mac).get("reason").asText()).isEqualTo("DISABLED");
    operator.patch("/api/v1/devices/" + mac, "{\"enabled\":true}");
    assertThat(explanation(mac).get("answer").asText()).isEqualTo("OFFER");
    assertThat(explanation(mac).get("serverAddress").asText()).isEqualTo("127.0.0.1");
    operator.patch("/api/v1/devices/" + mac, "{\"bootFile\":\"not/there\"}");
    assertThat(explanation(mac).get("reason").asText()).isEqualTo("FILE_MISSING");
  }

  @Test
  void rearmingNeedsAKnownDevice() {
    String mac = mac();
    assertThat(operator.post("/api/v1/devices/" + mac + "/rearm", "").status).isEqualTo(404);
    operator.put("/api/v1/devices/" + mac, "{}");
    assertThat(operator.post("/api/v1/devices/" + mac + "/rearm", "").status).isEqualTo(204);
    assertThat(operator.get("/api/v1/devices/" + mac + "/timeline").json().get("items")).isEmpty();
  }

  @Test
  void reportingTheOutcomeNeedsARunAndSomebodyWhoMay() {
    String mac = mac();
    String path = "/api/v1/devices/" + mac + "/provisioned";
    assertThat(operator.post(path, "{}").status).isEqualTo(404);
    operator.put("/api/v1/devices/" + mac, "{}");
    assertThat(operator.post(path, "{\"outcome\":\"FINE\"}").badField()).isEqualTo("outcome");
    assertThat(operator.post(path, "{\"text\":\"" + "x".repeat(301) + "\"}").badField())
        .isEqualTo("text");
    assertThat(operator.post(path, "{}").status).isEqualTo(409);
    assertThat(operator.token("\"devices:write\"").post(path, "{}").status).isEqualTo(409);
    assertThat(operator.token("\"devices:read\"").post(path, "{}").status).isEqualTo(403);
    assertThat(Api.user().post(path, "{}").status).isEqualTo(403);
  }

  @Test
  void fromTheAddressOfADisabledDeviceNobodyLogsInByFtp() throws IOException {
    String path = "/api/v1/devices/" + mac();
    operator.put(path, "{\"address\":\"127.0.30.77\"}");
    Api user = Api.user();
    FTPClient ftp = new FTPClient();
    assertThat(logIn(ftp, "127.0.30.77", user)).isTrue();
    FTPClient elsewhere = new FTPClient();
    assertThat(logIn(elsewhere, "127.0.30.78", user)).isTrue();
    operator.patch(path, "{\"enabled\":false}");
    ftp.setSoTimeout(20_000);
    assertThat(catchThrowable(ftp::getReply)).hasMessageContaining("421");
    assertThat(elsewhere.sendNoOp()).isTrue();
    elsewhere.disconnect();
    // Asked again: many refusals of other tests may just have used up the rows of a minute.
    Api.eventually(() -> {
      assertThat(refusedLogIn("127.0.30.77", user)).isTrue();
      return Api.administrator()
          .get("/api/v1/audit?action=SIGN_IN&outcome=REFUSED&actor=" + user.username)
          .text()
          .contains("DEVICE_DISABLED");
    });
    operator.patch(path, "{\"enabled\":true}");
    assertThat(logIn(new FTPClient(), "127.0.30.77", user)).isTrue();
  }

  private static boolean refusedLogIn(String from, Api user) {
    FTPClient ftp = new FTPClient();
    try {
      return !logIn(ftp, from, user) && ftp.getReplyCode() == 530;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      try {
        ftp.disconnect();
      } catch (IOException e) {
        // It is gone already.
      }
    }
  }

  private static boolean logIn(FTPClient ftp, String from, Api user) throws IOException {
    ftp.connect(
        InetAddress.ofLiteral("127.0.0.1"), Api.portal().ftpPort(), InetAddress.ofLiteral(from), 0);
    return ftp.login(user.username, Api.password());
  }

  @Test
  void unknownDevicesAreListed() {
    assertThat(operator.get("/api/v1/devices/unknown?sort=-lastSeen").status).isEqualTo(200);
  }

  private com.fasterxml.jackson.databind.JsonNode explanation(String mac) {
    return operator.get("/api/v1/devices/" + mac + "/explain").json();
  }

  private static String mac() {
    return "02:00:5e:20:00:%02x".formatted(NUMBERS.incrementAndGet());
  }

  @Test
  void aListIsPreviewedAppliedAndExported() {
    String path = "/api/v1/devices/import?format=bootptab";
    String text = "listed:ht=ether:ha=02005e30ff01:ip=10.98.0.3:bf=k:xx=1:\nbad:ha=1:\n";
    Answer preview = list(path, text);
    assertThat(preview.status).as(preview.toString()).isEqualTo(200);
    assertThat(preview.json().get("applied").asBoolean()).isFalse();
    assertThat(preview.json().get("added").asInt()).isEqualTo(1);
    assertThat(preview.json().at("/devices/0/outcome").asText()).isEqualTo("ADDED");
    assertThat(preview.json().at("/refused/0/line").asInt()).isEqualTo(2);
    assertThat(preview.json().at("/ignored/0/reason").asText()).contains("xx=1");
    assertThat(list(path + "&apply=true", text).json().get("applied").asBoolean()).isFalse();
    assertThat(operator.get("/api/v1/devices/02005e30ff01").status).isEqualTo(404);
    Answer applied = list(path + "&apply=true&partial=true", text);
    assertThat(applied.json().get("applied").asBoolean()).isTrue();
    assertThat(operator.get("/api/v1/devices/02005e30ff01").json().get("bootFile").asText())
        .isEqualTo("k");
    Answer csv = operator.get("/api/v1/devices?q=02:00:5e:30:ff:01", "Accept", "text/csv");
    assertThat(csv.header("Content-Type")).startsWith("text/csv");
    assertThat(csv.text().lines().skip(1))
        .singleElement()
        .asString()
        .startsWith("\"02:00:5e:30:ff:01\",\"listed\",\"10.98.0.3\",");
    assertThat(
            list("/api/v1/devices/import?format=csv", csv.text()).json().get("unchanged").asInt())
        .isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource({"'',format", "format=xml,format", "format=csv&apply=yes,apply"})
  void aListOfAnotherFormatIsRefused(String query, String field) {
    Answer answer = list("/api/v1/devices/import?" + query, "mac");
    assertThat(answer.status).as(answer.toString()).isEqualTo(400);
    assertThat(answer.badField()).isEqualTo(field);
  }

  @Test
  void aListIsBounded() {
    assertThat(list("/api/v1/devices/import?format=csv", "x".repeat((4 << 20) + 1)).status)
        .isEqualTo(413);
  }

  private Answer list(String path, String text) {
    return operator.send("POST", path, BodyPublishers.ofString(text), "Content-Type", "text/plain");
  }
}
