package org.slipway.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slipway.portal.RunningPortal;
import org.slipway.portal.Visitor;

/** What somebody gets who has not signed in, and what every answer carries. */
class PageAccessIT {
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private static HttpResponse<String> get(String path) throws IOException, InterruptedException {
    URI address = RunningPortal.shared().url(path);
    return HTTP.send(
        HttpRequest.newBuilder(address).header("Accept", "text/html").build(),
        BodyHandlers.ofString());
  }

  @ParameterizedTest
  @EnumSource(
      value = Page.class,
      mode = EnumSource.Mode.EXCLUDE,
      names = {
        "ERROR",
        "SETUP",
        "UNLOCK",
        "REGISTRATION",
        "REGISTER",
        "SIGN_IN",
        "FORGOTTEN",
        "RESET"
      })
  void everyOtherPageLeadsToSignIn(Page page) throws Exception {
    HttpResponse<String> answer = get(page.getPath());
    assertThat(answer.statusCode()).isEqualTo(302);
    assertThat(answer.headers().firstValue("Location").orElseThrow()).contains("/signin.xhtml?");
    assertThat(answer.body()).doesNotContain("<form");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/setup.xhtml",
        "/setup.xhtml?token=",
        "/setup.xhtml?token=guessed",
        "/setup.xhtml;x=y",
        "//setup.xhtml",
        "/Setup.xhtml",
        "/setup%2exhtml",
        "/./setup.xhtml",
        "/errors/../setup.xhtml",
        "/setup.xhtml/",
        "/setup.jsf",
        "/faces/setup.xhtml",
        "/errors/error.xhtml",
        "/error-page",
        "/WEB-INF/web.xml",
        "/WEB-INF/templates/console.xhtml",
        "/unlock.xhtml",
        "/unlock.xhtml?token=",
        "/unlock.xhtml?token=guessed",
        "/registration.xhtml",
        "/registration.xhtml?id=guessed",
        "/nothing.xhtml",
        "/nothing"
      })
  void whatIsClosedOrMissingIsNotThere(String path) throws Exception {
    HttpResponse<String> answer = get(path);
    assertThat(answer.statusCode()).isIn(400, 404);
    assertThat(answer.body()).doesNotContain("Payara", "org.slipway", "setup:submit", "<web-app");
  }

  @Test
  void pagesCarryTheHeadersThatKeepThemSafe() throws Exception {
    HttpResponse<String> answer = get("/signin.xhtml");
    assertThat(answer.headers().firstValue("Content-Security-Policy").orElseThrow())
        .contains("default-src 'none'", "frame-ancestors 'none'", "script-src 'self' 'nonce-");
    assertThat(answer.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
    assertThat(answer.headers().firstValue("Referrer-Policy")).contains("same-origin");
    assertThat(answer.headers().firstValue("Cache-Control")).contains("no-store");
    assertThat(answer.headers().firstValue("Strict-Transport-Security")).isEmpty();
    assertThat(answer.headers().firstValue("Set-Cookie").orElseThrow())
        .containsIgnoringCase("HttpOnly")
        .containsIgnoringCase("SameSite=Lax");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "invented"})
  void aFormThatIsNotOfOurPageIsRefusedAndNoFailureOfOurs(String nonce) {
    HttpResponse<String> answer =
        Visitor.stranger()
            .submit(
                "/signin.xhtml",
                "signin",
                Map.of("primefaces.nonce", nonce, "signin:username", "x", "signin:password", "y"));
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).doesNotContain("nonce mismatch", "primefaces.csp");
  }
}
