package org.slipway.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.slipway.api.Api.Answer;
import org.slipway.portal.RunningPortal;
import org.slipway.portal.Visitor;

/** What comes from outside is stored and shown as it is, or refused; it never does anything. */
class InjectionIT {
  private static final ObjectMapper JSON = new ObjectMapper();
  static final String FORGED = "2026-01-01T00:00:00.000+0000 SEVERE org.slipway: forged";

  static final List<String> PAYLOADS =
      List.of(
          "' OR '1'='1",
          "'; DROP TABLE account; --",
          "%' ESCAPE '%",
          "x' UNION SELECT password_hash FROM account --",
          "#{7*7}",
          "${7*7}",
          "#{request.session.invalidate()}",
          "${jndi:ldap://127.0.0.1:1/x}",
          "<script>alert(1)</script>",
          "\"><img src=x onerror=alert(1)>",
          "]]><update id=\"x\"/>",
          "{0} %s %n",
          "x\r\nX-Evil: 1\r\n\r\nevil",
          "x\n" + FORGED,
          "x\r" + FORGED,
          "\u001b[31mred\u001b[2J",
          "\u2028" + FORGED,
          "x\0y");

  /** Each field that somebody fills in, as a request of {@code api} with the payload in it. */
  private static final Map<String, BiFunction<Api, String, Answer>> FIELDS = fields();

  /** Tried less often: too many wrong ones lock the test out. */
  private static final Set<String> CREDENTIALS = Set.of("user name", "password");

  private static int logged;
  private static Api user;

  private static Map<String, BiFunction<Api, String, Answer>> fields() {
    Map<String, BiFunction<Api, String, Answer>> f = new LinkedHashMap<>();
    String admin = "/api/v1/accounts";
    f.put("user name", (a, p) -> Api.as(p.replace(":", ""), "x").get("/api/v1/me"));
    f.put("password", (a, p) -> Api.as(user.username, p).get("/api/v1/me"));
    f.put("query q", (a, p) -> a.get(admin + "?q=" + encoded(p)));
    f.put("query q of the audit", (a, p) -> a.get("/api/v1/audit?q=" + encoded(p)));
    f.put("query q of devices", (a, p) -> a.get("/api/v1/devices?q=" + encoded(p)));
    f.put("query q of transfers", (a, p) -> a.get("/api/v1/transfers?q=" + encoded(p)));
    f.put("query sort", (a, p) -> a.get(admin + "?sort=" + encoded(p)));
    f.put("query offset", (a, p) -> a.get(admin + "?offset=" + encoded(p)));
    f.put("path", (a, p) -> a.get(admin + "/" + encoded(p)));
    f.put("registration", (a, p) -> a.get("/api/v1/registrations/" + encoded(p)));
    f.put(
        "new user name", (a, p) -> a.post(admin, json("username", p, "password", "apple-Pie-17")));
    f.put("e-mail", (a, p) -> change(a, "email", p));
    f.put("display name", (a, p) -> change(a, "displayName", p));
    f.put("status reason", (a, p) -> change(a, "statusReason", p));
    f.put("field name", (a, p) -> change(a, p, "x"));
    f.put("value of a choice", (a, p) -> change(a, "status", p));
    f.put("file", (a, p) -> a.upload("/api/v1/files/" + encoded(p), new byte[1]));
    f.put("folder", (a, p) -> a.post("/api/v1/files/f" + encoded(p), json("op", "mkdir")));
    f.put("new name", (a, p) -> a.post("/api/v1/files/x", json("op", "rename", "to", p)));
    f.put("boot file", (a, p) -> a.get("/boot/" + encoded(p)));
    f.put("group", (a, p) -> a.put("/api/v1/groups/" + encoded(p), "{}"));
    f.put("description", (a, p) -> a.put("/api/v1/groups/injected", json("description", p)));
    f.put("manifest", (a, p) -> a.put("/api/v1/manifests/" + encoded(p), "{\"steps\":[]}"));
    f.put("device", (a, p) -> a.put("/api/v1/devices/02:00:5e:99:00:01", json("name", p)));
    f.put("network", (a, p) -> a.put("/api/v1/networks/" + encoded(p), json("subnet", p)));
    f.put("listener", (a, p) -> a.get("/api/v1/listeners/" + encoded(p)));
    f.put("session", (a, p) -> a.delete("/api/v1/sessions/" + encoded(p)));
    for (String header :
        List.of(
            "X-Forwarded-For", "Accept-Language", "If-Match", "Range", "User-Agent", "Cookie")) {
      f.put(header, (a, p) -> a.get("/api/v1/me", header, p.replaceAll("[^ -~]", "")));
    }
    return f;
  }

  private static Answer change(Api api, String field, String value) {
    return api.patch("/api/v1/accounts/" + user.username, json(field, value));
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  private static String json(String... pairs) {
    Map<String, String> map = new LinkedHashMap<>();
    for (int i = 0; i < pairs.length; i += 2) {
      map.put(pairs[i], pairs[i + 1]);
    }
    try {
      return JSON.writeValueAsString(map);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  @BeforeAll
  static void begin() {
    user = Api.user();
    logged = Api.portal().log().length();
  }

  @AfterAll
  static void nothingWasForgedInTheLog() {
    String since = Api.portal().log().substring(logged);
    assertThat(since.lines()).noneMatch(line -> line.startsWith(FORGED));
    assertThat(since).doesNotContain("\u001b", "A request failed", "A page failed", "DROP TABLE");
  }

  @Test
  void everyFieldTakesEachAsItIsOrRefusesIt() {
    Api admin = Api.administrator();
    List<String> wrong = new ArrayList<>();
    FIELDS.forEach((field, request) -> {
      for (int i = 0; i < PAYLOADS.size(); i += CREDENTIALS.contains(field) ? 6 : 1) {
        String payload = PAYLOADS.get(i);
        Answer answer = request.apply(admin, payload);
        if (answer.status >= 500 || !answer.header("X-Evil").isEmpty()) {
          wrong.add(field + " " + payload + ": " + answer);
        }
        boolean empty = answer.body.length == 0;
        if (answer.status >= 400
            && !empty
            && !answer.header("Content-Type").contains("problem+json")) {
          wrong.add(field + " " + payload + " is refused by no problem: " + answer);
        }
      }
    });
    assertThat(wrong).isEmpty();
    assertThat(admin.get("/api/v1/me").status).isEqualTo(200);
    assertThat(user.get("/api/v1/me").status).isEqualTo(200);
  }

  @Test
  void whatIsTakenIsGivenBackExactly() {
    Api admin = Api.administrator();
    Api holder = Api.user();
    List<String> wrong = new ArrayList<>();
    int taken = 0;
    for (String payload : PAYLOADS) {
      String account = "/api/v1/accounts/" + holder.username;
      Answer answer = admin.patch(account, json("displayName", payload));
      if (answer.status == 200) {
        taken++;
        if (!admin.get(account).json().get("displayName").asText().equals(payload)) {
          wrong.add("display name " + payload);
        }
      }
      if (admin.patch(account, json("statusReason", payload)).status == 200
          && !admin.get(account).json().get("statusReason").asText().equals(payload)) {
        wrong.add("status reason " + payload);
      }
      Answer stored = holder.upload("/api/v1/files/" + encoded(payload), new byte[1]);
      if (stored.status == 201) {
        boolean listed =
            holder
                .get("/api/v1/files?limit=200")
                .json()
                .get("items")
                .findValuesAsText("name")
                .contains(payload);
        String where = stored.header("Location");
        if (!listed || holder.get(where.substring(where.indexOf("/api/"))).status != 200) {
          wrong.add("file " + payload);
        }
      }
    }
    assertThat(wrong).isEmpty();
    assertThat(taken).isGreaterThan(8);
  }

  @Test
  void aBodyThatIsNoObjectIsNoFault() {
    Api admin = Api.administrator();
    for (String route : Routes.resources()) {
      String[] parts = route.split(" ");
      if (parts[0].equals("GET") || parts[0].equals("HEAD") || parts[0].equals("DELETE")) {
        continue;
      }
      String path = "/api/v1" + parts[1].replace("{path}", "/").replaceAll("\\{\\w+}", "no-body");
      for (String body :
          List.of("null", "", "{", "[[[[", "{\"a\":{}}", "\"x\"", "1e999", "{\"\":0}")) {
        Answer answer = admin.post(path, body);
        if (!parts[0].equals("POST")) {
          answer = parts[0].equals("PUT") ? admin.put(path, body) : admin.patch(path, body);
        }
        assertThat(answer.status).as(route + " " + body + ": " + answer).isLessThan(500);
      }
    }
  }

  @Test
  void pagesShowItEscaped() {
    String name = Api.uniqueName();
    String markup = "<script>alert(1)</script> #{7*7} ${7*7}";
    Answer made =
        Api.nobody()
            .post(
                "/api/v1/registrations",
                json(
                    "username",
                    name,
                    "password",
                    Api.password(),
                    "email",
                    "a@example.org",
                    "displayName",
                    markup));
    assertThat(made.status).as(made.toString()).isEqualTo(202);
    Api admin = Api.administrator();
    assertThat(admin.put("/api/v1/groups/injected", json("description", markup)).status)
        .isIn(200, 201);
    Visitor visitor = Visitor.signedIn(admin.username, RunningPortal.ADMIN_PASSWORD);
    String approvals = visitor.get("/accounts/approvals.xhtml").body();
    assertThat(approvals).contains("&lt;script&gt;alert(1)", "#{7*7}", "${7*7}");
    assertThat(visitor.get("/accounts/groups.xhtml").body())
        .contains("&lt;script&gt;alert(1)", "#{7*7}", "${7*7}");
    for (String page : Routes.pages()) {
      String tricks =
          "?to=" + encoded("\"><script>alert(1)</script>") + "&id=" + encoded("#{7*7}'\"<");
      assertThat(visitor.get(page + tricks).body())
          .as(page)
          .doesNotContain("<script>alert(1)</script>", "<img src=x onerror");
    }
    admin.delete("/api/v1/accounts/" + name);
  }

  @Test
  void aSignInLeadsNowhereElse() {
    for (String to :
        List.of(
            "//evil.example",
            "https://evil.example",
            "/home.xhtml\r\nX-Evil: 1",
            "/\\evil.example",
            "javascript:alert(1)",
            "/home.xhtml@evil.example")) {
      var answer =
          Visitor.stranger()
              .submit(
                  "/signin.xhtml?to=" + encoded(to),
                  "signin",
                  Map.of("signin:username", user.username, "signin:password", Api.password()));
      assertThat(answer.headers().firstValue("X-Evil")).as(to).isEmpty();
      assertThat(answer.headers().firstValue("Location").orElse(""))
          .as(to)
          .doesNotContain("evil.example", "javascript");
    }
  }

  @Test
  void whatTheDatabaseCannotKeepIsRefused() {
    for (String field : List.of("displayName", "email", "statusReason", "status", "username")) {
      assertThat(change(Api.administrator(), field, "x\0y").status).as(field).isEqualTo(400);
    }
  }

  @Test
  void aCredentialIsOneLine() {
    for (String credentials : List.of("a\r\nX-Evil: 1:b", "a\0:b", ":", "", "a")) {
      String basic =
          Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.UTF_8));
      Answer answer = Api.nobody().get("/api/v1/me", "Authorization", "Basic " + basic);
      assertThat(answer.status).as(credentials).isEqualTo(401);
      assertThat(answer.header("X-Evil")).isEmpty();
    }
  }
}
