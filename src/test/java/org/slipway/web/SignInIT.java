package org.slipway.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.By;
import org.slipway.portal.Browser;
import org.slipway.portal.Rest;
import org.slipway.portal.RunningPortal;

/** Signing in when it does not go well, and choosing a password, in a real browser. */
class SignInIT {
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private final RunningPortal portal = RunningPortal.shared();

  /** By one address: a lock-out is for where it failed. */
  private URI url(String path) {
    return URI.create("http://127.0.0.1:" + portal.httpPort() + path);
  }

  private HttpResponse<String> me(String username) throws Exception {
    String pair = username + ":wrong";
    return HTTP.send(
        HttpRequest.newBuilder(url("/api/v1/me"))
            .header(
                "Authorization",
                "Basic "
                    + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8)))
            .build(),
        BodyHandlers.ofString());
  }

  private void lockOut(String username) throws Exception {
    for (int i = 0; i < 5; i++) {
      assertThat(me(username).statusCode()).isEqualTo(401);
    }
    HttpResponse<String> refused = me(username);
    assertThat(refused.statusCode()).isEqualTo(429);
    assertThat(refused.headers().firstValueAsLong("Retry-After").orElseThrow()).isBetween(1L, 60L);
    assertThat(refused.body()).contains("urn:slipway:refusal:locked-out", "\"retryAfter\":");
  }

  private static void signIn(Browser browser, URI page, String username, String password) {
    browser
        .go(page)
        .type(By.id("signin:username"), username)
        .type(By.id("signin:password"), password)
        .click(By.id("signin:submit"));
  }

  @Test
  void aLockOutIsExplainedAndLiftedByTheLinkMadeOnTheServer() throws Exception {
    String name = "locked-" + ProcessHandle.current().pid();
    try (Browser browser = Browser.open("en")) {
      browser.go(url("/signin.xhtml"));
      lockOut(name);
      signIn(browser, url("/signin.xhtml"), name, "wrong");
      assertThat(browser.read(By.id("lockedOut")))
          .contains("seconds", "administrator", "slipway-unlock");
      browser.screenshot("locked-out");
      URI link = unlockLink();
      browser.go(link);
      browser.screenshot("unlock");
      browser.type(By.id("unlock:username"), name).click(By.id("unlock:submit"));
      browser.see(By.id("unlocked"));
      browser.screenshot("unlocked");
      assertThat(me(name).statusCode()).isEqualTo(401);
      assertThat(HTTP.send(HttpRequest.newBuilder(link).build(), BodyHandlers.ofString()))
          .returns(404, HttpResponse::statusCode);
    }
  }

  private URI unlockLink() throws Exception {
    Process script =
        new ProcessBuilder(
                Path.of("deploy/slipway-unlock").toString(),
                "--data",
                portal.dataDirectory().toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    String link = new String(script.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(script.waitFor(120, TimeUnit.SECONDS)).isTrue();
    assertThat(script.exitValue()).isZero();
    portal.awaitLog(Pattern.quote(link.strip()), Duration.ofMinutes(1));
    return URI.create(link.strip());
  }

  @Test
  void anAdministratorSeesALockOutAndLiftsIt() throws Exception {
    String name = "lockme-" + ProcessHandle.current().pid();
    Rest administrator = Rest.administrator(portal);
    administrator.post(
        "/accounts", "{\"username\":\"%s\",\"password\":\"harbour-Crane-43\"}".formatted(name));
    lockOut(name);
    assertThat(administrator.get("/accounts/" + name).get("lockedUntil").asText()).isNotEmpty();
    assertThat(administrator.get("/lockouts?q=" + name).at("/items/0/kind").asText())
        .isEqualTo("ACCOUNT_AT_ADDRESS");
    try (Browser browser = Browser.open("zh-CN")) {
      signIn(
          browser,
          portal.url("/signin.xhtml"),
          RunningPortal.ADMIN_USERNAME,
          RunningPortal.ADMIN_PASSWORD);
      browser.see(By.id("ownName"));
      browser.go(portal.url("/accounts/accounts.xhtml")).type(By.id("accounts:query"), name);
      By unlock = By.xpath("//tr[.//b[.='" + name + "']]//button[contains(@id, ':unlock')]");
      browser.await(
          d -> d.findElements(By.cssSelector("[id='accounts:table_data'] tr")).size() == 1);
      browser.see(unlock);
      browser.screenshot("accounts-locked-out");
      browser.resize(390, 844).screenshot("accounts-locked-out-small");
      browser.resize(1280, 900).click(unlock);
      browser.see(By.cssSelector(".note-good"));
    }
    assertThat(administrator.get("/accounts/" + name).get("lockedUntil").isNull()).isTrue();
    assertThat(me(name).statusCode()).isEqualTo(401);
  }

  @Test
  void theMeterSaysWhatThePortalThinksOfAPassword() {
    try (Browser browser = Browser.open("en")) {
      browser
          .go(portal.url("/register.xhtml"))
          .type(By.id("register:username"), "johanna")
          .type(By.id("register:password"), "password1");
      By common = By.cssSelector("#register-rules [data-rule='password.common']");
      browser.await(
          d -> d.findElement(By.cssSelector(".strength-word")).getText().contains("weak"));
      assertThat(browser.see(common).getDomAttribute("class")).isNullOrEmpty();
      browser.screenshot("register-weak-password");
      browser.type(By.id("register:password"), "four-geese-over-Oslo");
      browser.await(d -> d.findElement(By.cssSelector(".strength-word")).getText().contains("ood"));
      assertThat(browser.see(common).getDomAttribute("class")).contains("met");
      browser.screenshot("register-good-password");
    }
  }
}
