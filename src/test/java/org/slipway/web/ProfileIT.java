package org.slipway.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.By;
import org.openqa.selenium.WebElement;
import org.slipway.portal.AuthenticatorApp;
import org.slipway.portal.Browser;
import org.slipway.portal.Rest;
import org.slipway.portal.RunningPortal;

/** One's own account in the browser: second factor, tokens, sessions, password, language. */
class ProfileIT {
  private static final String PASSWORD = "Fourteen-geese-fly";
  private static final String NEW_PASSWORD = "Fifteen-swans-swim";

  private static RunningPortal portal;
  private static Browser browser;

  @BeforeAll
  static void open() {
    portal = RunningPortal.shared();
    browser = Browser.open("en");
  }

  @AfterAll
  static void close() {
    browser.close();
  }

  private static void makeAccount(String username) {
    Rest.administrator(portal)
        .post(
            "/accounts", "{\"username\":\"%s\",\"password\":\"%s\"}".formatted(username, PASSWORD));
  }

  private static void password(Browser in, String username, String password) {
    in.go(portal.url("/signin.xhtml"))
        .type(By.id("signin:username"), username)
        .type(By.id("signin:password"), password)
        .click(By.id("signin:submit"));
  }

  private static void code(String code) {
    browser.type(By.id("code:code"), code).click(By.id("code:submit"));
  }

  private static void signOut() {
    browser.click(By.id("appearance:signOut"));
    browser.see(By.id("signin:username"));
  }

  private static void openProfile() {
    browser.go(portal.url("/profile.xhtml"));
    browser.see(By.id("factorTitle"));
  }

  @Test
  void theSecondFactorIsSetUpAskedForAndItsRecoveryCodesWorkOnce() {
    makeAccount("factor");
    password(browser, "factor", PASSWORD);
    browser.see(By.id("ownName"));
    openProfile();
    browser.click(By.id("factor:begin"));
    AuthenticatorApp app = new AuthenticatorApp(browser.read(By.id("secret")), Clock.systemUTC());
    browser.await(
        d -> !"0".equals(d.findElement(By.cssSelector(".qr")).getDomProperty("naturalWidth")));
    browser.screenshot("second-factor-begun");
    browser.type(By.id("factor:code"), app.wrongCode()).click(By.id("factor:confirm"));
    assertThat(browser.read(By.cssSelector("[id='factor:codeMessage']")))
        .contains("wrong or was used before");
    browser.type(By.id("factor:code"), app.code()).click(By.id("factor:confirm"));
    browser.see(By.id("recoveryCodes"));
    List<String> recovery =
        browser.driver().findElements(By.cssSelector("#recoveryCodes li")).stream()
            .map(WebElement::getText)
            .toList();
    assertThat(recovery).hasSize(10);
    browser.screenshot("second-factor-codes");
    browser.click(By.id("factor:codesKept"));
    signOut();

    password(browser, "factor", PASSWORD);
    browser.see(By.id("code:code"));
    browser.screenshot("signin-code");
    browser.go(portal.url("/home.xhtml"));
    browser.see(By.id("code:code"));
    code(app.wrongCode());
    assertThat(browser.read(By.cssSelector(".note-bad"))).contains("wrong");
    code(app.code(Duration.ofSeconds(30)));
    browser.see(By.id("ownName"));
    signOut();

    password(browser, "factor", PASSWORD);
    code(recovery.getFirst());
    browser.see(By.id("ownName"));
    signOut();
    password(browser, "factor", PASSWORD);
    code(recovery.getFirst());
    assertThat(browser.read(By.cssSelector(".note-bad"))).contains("wrong");
    for (int i = 0; i < PendingSignIn.MOST_WRONG_CODES - 1; i++) {
      code("no-code-" + i);
      browser.await(d -> d.findElements(By.cssSelector(".note-bad")).size() == 1);
    }
    browser.see(By.id("signin:password"));
  }

  @Test
  void aTokenIsMadeShownOnceAndRevoked() throws Exception {
    makeAccount("tokens");
    password(browser, "tokens", PASSWORD);
    browser.see(By.id("ownName"));
    openProfile();
    browser.click(By.id("tokens:add")).type(By.id("tokenForm:name"), "<script>alert(1)</script>");
    browser.screenshot("token-dialog");
    browser
        .click(By.cssSelector("label[for='tokenForm:scopes:0']"))
        .click(By.id("tokenForm:submit"));
    String token = browser.read(By.id("issuedToken"));
    browser.screenshot("token-issued");
    assertThat(status(token, "/api/v1/files/")).isEqualTo(200);
    assertThat(status(token, "/api/v1/transfers")).isEqualTo(403);
    openProfile();
    assertThat(browser.driver().getPageSource()).doesNotContain(token, "<script>alert(1)");
    browser.click(By.cssSelector("button[id$=':revoke']"));
    browser.click(By.cssSelector(".ui-confirmdialog-yes"));
    browser.see(By.cssSelector("[id='tokens'] .note-good"));
    assertThat(status(token, "/api/v1/files/")).isEqualTo(401);
    signOut();
  }

  private static int status(String token, String path) throws Exception {
    URI address = portal.url(path);
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(address).header("Authorization", "Bearer " + token).build(),
            BodyHandlers.discarding())
        .statusCode();
  }

  @Test
  void aNewPasswordEndsTheOtherSessionsAndThisOneGoesOn() {
    makeAccount("sessions");
    password(browser, "sessions", PASSWORD);
    browser.see(By.id("ownName"));
    try (Browser other = Browser.open("en")) {
      password(other, "sessions", PASSWORD);
      other.see(By.id("ownName"));
      openProfile();
      assertThat(browser.driver().findElements(By.cssSelector("[id='sessions:table_data'] tr")))
          .hasSize(2);
      browser.click(By.id("sessions:endOthers"));
      browser.see(By.cssSelector("[id='sessions'] .note-good"));
      other.go(portal.url("/home.xhtml"));
      password(other, "sessions", PASSWORD);
      other.see(By.id("ownName"));

      browser
          .type(By.id("passwordForm:currentPassword"), PASSWORD)
          .type(By.id("passwordForm:password"), NEW_PASSWORD)
          .type(By.id("passwordForm:repeated"), NEW_PASSWORD)
          .click(By.id("passwordForm:submit"));
      browser.see(By.cssSelector("[id='passwordForm'] .note-good"));
      other.go(portal.url("/home.xhtml"));
      other.see(By.id("signin:username"));
    }
    browser.go(portal.url("/profile.xhtml"));
    assertThat(browser.read(By.id("ownName"))).isEqualTo("sessions");
    browser.screenshot("profile");
    browser.choose("look:language", "中文");
    browser.choose("look:theme", "Dark").click(By.id("look:submit"));
    browser.see(By.xpath("//h1[.='个人资料']"));
    browser.resize(390, 844);
    browser.screenshot("profile-chinese-dark-small");
    browser.resize(1280, 900);
    browser.driver().manage().deleteAllCookies();
  }
}
