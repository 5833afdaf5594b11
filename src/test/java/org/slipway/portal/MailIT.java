package org.slipway.portal;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.By;
import org.slipway.mail.MailServer;

/**
 * A portal with a mail server: confirmation, decision, invitation and forgotten password, on the
 * pages and in the REST API. Its own portal, since the shared one has no mail server.
 */
class MailIT {
  private static final String PASSWORD = "Fourteen-geese-fly";
  private static final String OTHER_PASSWORD = "Nine-otters-swim-by";
  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private static MailServer server;
  private static RunningPortal portal;
  private static Rest admin;

  @BeforeAll
  static void start() {
    server = MailServer.start();
    Map<String, String> settings = new HashMap<>(RunningPortal.ADMIN);
    settings.putAll(server.settings());
    settings.put("slipway.registration", "approval");
    portal = RunningPortal.start(settings);
    admin = Rest.administrator(portal);
    admin.patch("/me", "{\"email\":\"admin@example.org\"}");
  }

  @AfterAll
  static void stop() {
    portal.close();
    server.close();
  }

  private static HttpResponse<String> post(String path, String json) throws Exception {
    URI address = portal.url("/api/v1" + path);
    return HTTP.send(
        HttpRequest.newBuilder(address)
            .header("Content-Type", "application/json")
            .header("Accept-Language", "zh-CN")
            .POST(BodyPublishers.ofString(json))
            .build(),
        BodyHandlers.ofString());
  }

  /** Waits for the mail with this number, counted from 1, to an address. */
  private static MimeMessage mail(String to, int number) {
    Instant deadline = Instant.now().plus(Duration.ofMinutes(1));
    List<MimeMessage> mails = server.to(to);
    while (mails.size() < number) {
      assertThat(Instant.now()).as("a mail to " + to).isBefore(deadline);
      Thread.onSpinWait();
      mails = server.to(to);
    }
    return mails.get(number - 1);
  }

  private static String registration(String username) {
    return "{\"username\":\"%s\",\"password\":\"%s\",\"email\":\"%s@example.org\"}"
        .formatted(username, PASSWORD, username);
  }

  @Test
  void anApplicationIsConfirmedThenDecided() throws Exception {
    JsonNode applied = MAPPER.readTree(post("/registrations", registration("ann")).body());
    assertThat(applied.get("status").asText()).isEqualTo("PENDING");
    assertThat(applied.get("waitsFor").asText()).isEqualTo("CONFIRMATION");
    assertThat(admin.get("/accounts?q=ann").get("total").asInt()).isZero();
    String confirmation = "/registrations/" + applied.get("id").asText() + "/confirmation";
    assertThat(post(confirmation, "{\"code\":\"guessed\"}").statusCode()).isEqualTo(400);
    MimeMessage mail = mail("ann@example.org", 1);
    assertThat(mail.getSubject()).isEqualTo("请确认您的电子邮箱");
    HttpResponse<String> confirmed =
        post(confirmation, "{\"code\":\"" + MailServer.code(mail) + "\"}");
    assertThat(MAPPER.readTree(confirmed.body()).get("waitsFor").asText()).isEqualTo("APPROVAL");
    mail("admin@example.org", 1);
    admin.patch("/accounts/ann", "{\"status\":\"REJECTED\",\"statusReason\":\"nobody knows you\"}");
    assertThat(MailServer.text(mail("ann@example.org", 2))).contains("nobody knows you");
  }

  @Test
  void anInvitationMakesAnOperatorAndEndsWithItsUse() throws Exception {
    JsonNode made = admin.post("/invitations", "{\"role\":\"OPERATOR\",\"quotaBytes\":4711}");
    String code = made.get("code").asText();
    assertThat(made.get("link").asText()).endsWith("/register.xhtml?invitation=" + code);
    assertThat(admin.get("/invitations").toString()).doesNotContain(code);
    String invited = registration("opal").replace("}", ",\"invitation\":\"" + code + "\"}");
    assertThat(MAPPER.readTree(post("/registrations", invited).body()).get("status").asText())
        .isEqualTo("ACTIVE");
    assertThat(admin.get("/accounts/opal").get("roles").toString()).contains("OPERATOR");
    assertThat(post("/registrations", invited.replace("opal", "olga")).statusCode()).isEqualTo(403);
  }

  @Test
  void askingForAPasswordTellsNothing() throws Exception {
    admin.post(
        "/accounts",
        "{\"username\":\"carl\",\"password\":\"%s\",\"email\":\"carl@example.org\"}"
            .formatted(PASSWORD));
    HttpResponse<String> known = post("/password-resets", "{\"username\":\"carl\"}");
    HttpResponse<String> unknown = post("/password-resets", "{\"username\":\"nobody\"}");
    assertThat(known.statusCode()).isEqualTo(202).isEqualTo(unknown.statusCode());
    assertThat(known.body()).isEqualTo(unknown.body());
    String path = "/password-resets/" + MailServer.code(mail("carl@example.org", 1));
    assertThat(post(path, "{\"password\":\"short\"}").statusCode()).isEqualTo(400);
    String json = "{\"password\":\"" + OTHER_PASSWORD + "\"}";
    assertThat(post(path, json).statusCode()).isEqualTo(204);
    assertThat(post(path, json).statusCode()).isEqualTo(404);
    assertThat(new Rest(portal, "carl", OTHER_PASSWORD).get("/me").get("username").asText())
        .isEqualTo("carl");
  }

  @Test
  void aForgedHostReachesNoMail() throws Exception {
    admin.post(
        "/accounts",
        "{\"username\":\"dora\",\"password\":\"%s\",\"email\":\"dora@example.org\"}"
            .formatted(PASSWORD));
    String body = "{\"username\":\"dora\"}";
    String request =
        "POST /api/v1/password-resets HTTP/1.1\r\n"
            + "Host: evil.example\r\n"
            + "X-Forwarded-Host: evil.example\r\n"
            + "Content-Type: application/json\r\n"
            + "Connection: close\r\n"
            + "Content-Length: "
            + body.length()
            + "\r\n\r\n"
            + body;
    assertThat(raw(request)).contains(" 202 ");
    assertThat(MailServer.text(mail("dora@example.org", 1))).doesNotContain("evil", "http");
  }

  private static String raw(String request) throws IOException {
    try (Socket socket = new Socket("127.0.0.1", portal.httpPort())) {
      socket.setSoTimeout(20_000);
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Test
  void theMailServerIsTriedAndItsSettingsAreShown() {
    JsonNode test = admin.post("/settings/smtp-test", "{\"to\":\"try@example.org\"}");
    assertThat(test.get("sent").asBoolean()).isTrue();
    mail("try@example.org", 1);
    assertThat(admin.get("/settings/smtp-outbox").get("total").asInt()).isPositive();
    JsonNode found = admin.get("/settings/smtp-outbox?q=nobody-at-all");
    assertThat(found.get("items")).isEmpty();
    assertThat(found.get("total").asInt()).isZero();
    JsonNode settings = admin.get("/settings/smtp").get("items");
    assertThat(settings.get(0).get("source").asText()).isEqualTo("ENVIRONMENT");
    assertThat(admin.get("/settings/smtp-outbox").get("items").toString())
        .doesNotContain("try@example.org");
  }

  @Test
  void somebodyDoesItAllOnThePages() {
    try (Browser browser = Browser.open("zh-CN").resize(390, 844)) {
      browser
          .go(portal.url("/register.xhtml"))
          .type(By.id("register:username"), "wang")
          .type(By.id("register:email"), "wang@example.org")
          .type(By.id("register:password"), PASSWORD)
          .type(By.id("register:repeated"), PASSWORD)
          .click(By.id("register:submit"));
      browser.see(By.id("confirmation:code"));
      browser.screenshot("registration-unconfirmed-small");
      browser
          .type(By.id("confirmation:code"), MailServer.code(mail("wang@example.org", 1)))
          .click(By.id("confirmation:submit"));
      browser.await(d -> d.findElements(By.id("confirmation:code")).isEmpty());
      admin.patch("/accounts/wang", "{\"status\":\"ACTIVE\"}");
      mail("wang@example.org", 2);
      browser
          .go(portal.url("/signin.xhtml"))
          .click(By.id("toForgotten"))
          .type(By.id("forgotten:username"), "wang@example.org");
      browser.screenshot("forgotten-small");
      browser.click(By.id("forgotten:submit")).see(By.id("sent"));
      browser.screenshot("forgotten-sent-small");
      browser
          .go(portal.url("/reset.xhtml?code=" + MailServer.code(mail("wang@example.org", 3))))
          .type(By.id("reset:password"), OTHER_PASSWORD)
          .type(By.id("reset:repeated"), OTHER_PASSWORD);
      browser.screenshot("reset-small");
      browser.click(By.id("reset:submit"));
      browser
          .type(By.id("signin:username"), "wang")
          .type(By.id("signin:password"), OTHER_PASSWORD)
          .click(By.id("signin:submit"))
          .see(By.id("ownName"));
    }
  }

  @Test
  void anAdministratorInvitesAndTriesTheMailOnThePages() {
    try (Browser browser = Browser.open("en")) {
      browser
          .go(portal.url("/signin.xhtml"))
          .type(By.id("signin:username"), RunningPortal.ADMIN_USERNAME)
          .type(By.id("signin:password"), RunningPortal.ADMIN_PASSWORD)
          .click(By.id("signin:submit"))
          .see(By.id("ownName"));
      browser
          .go(portal.url("/accounts/invitations.xhtml"))
          .click(By.cssSelector("button[id^='invitations:add']"))
          .type(By.id("invitationForm:quotaBytes"), "2G");
      browser.screenshot("invitation-dialog");
      browser.click(By.id("invitationForm:submit"));
      String link = browser.read(By.cssSelector("[id='invitations:made'] bdi"));
      browser.screenshot("invitations");
      browser.go(portal.url("/mail/mail.xhtml"));
      browser.type(By.id("smtpTest:to"), "pages@example.org").click(By.id("smtpTest:send"));
      browser.see(By.cssSelector("[id='smtpTest'] .note-good"));
      browser.screenshot("mail");
      mail("pages@example.org", 1);
      browser.go(URI.create(link)).see(By.id("register:submit"));
      browser.screenshot("register-invited");
    }
  }
}
