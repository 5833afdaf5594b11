package org.slipway.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.By;
import org.slipway.portal.Browser;
import org.slipway.portal.RunningPortal;

/** What comes to one's own files from elsewhere than our pages, and what is there for a browser. */
class FilesGuardIT {
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private static RunningPortal portal;
  private static Browser browser;

  @BeforeAll
  static void signIn() {
    portal = RunningPortal.shared();
    browser = FilesPageIT.open("guy", "en");
  }

  @AfterAll
  static void close() {
    browser.close();
  }

  @Test
  void onlyOurOwnPagesChangeSomething() throws Exception {
    browser.go(portal.url("/files/files.xhtml"));
    String token = browser.driver().findElement(By.id("filesWords")).getDomAttribute("data-token");
    String body = "{\"path\":\"forged\",\"size\":0}";
    String json = "application/json";
    assertThat(send("POST", "/my/uploads", body, "Content-Type", json)).isEqualTo(403);
    assertThat(send("POST", "/my/uploads", body, "Content-Type", json, "X-CSRF-Token", "x"))
        .isEqualTo(403);
    assertThat(
            send(
                "POST",
                "/my/uploads",
                body,
                "Content-Type",
                json,
                "X-CSRF-Token",
                token,
                "Sec-Fetch-Site",
                "cross-site"))
        .isEqualTo(403);
    assertThat(send("DELETE", "/my/files/x?recursive=true", "")).isEqualTo(403);
    assertThat(send("PUT", "/my/files/x", "x")).isEqualTo(403);
    assertThat(send("TRACE", "/my/files/x", "")).isIn(403, 405, 501);
    assertThat(send("PUT", "/my/files/ours", "x", "X-CSRF-Token", token)).isEqualTo(201);
    assertThat(send("DELETE", "/my/files/ours", "", "X-CSRF-Token", token)).isEqualTo(204);
    for (String trick :
        List.of(
            "/my/files/..%2Fx",
            "/my/files/%2e%2e/x",
            "/my/files/a;b",
            "/my/files/a%5Cb",
            "/my/files/a%2Fb",
            "/my/files/.slipway-trash",
            "/my;x/files/a",
            "//my/files/a",
            "/my/Files/a",
            "/my/accounts",
            "/my/files//a")) {
      assertThat(send("PUT", trick, "x", "X-CSRF-Token", token)).as(trick).isIn(400, 404);
    }
    HttpRequest nobody = HttpRequest.newBuilder(portal.url("/my/files/")).build();
    assertThat(HTTP.send(nobody, BodyHandlers.discarding()).statusCode()).isEqualTo(401);
    HttpRequest basic =
        HttpRequest.newBuilder(portal.url("/my/files/"))
            .header("Authorization", "Basic YWRtaW46aGFyYm91ci1DcmFuZS00Mg==")
            .build();
    assertThat(HTTP.send(basic, BodyHandlers.discarding()).statusCode()).isEqualTo(401);
  }

  @Test
  void aStoredPageIsNeverShownAsOne() throws Exception {
    browser.go(portal.url("/files/files.xhtml"));
    String token = browser.driver().findElement(By.id("filesWords")).getDomAttribute("data-token");
    String svg = "<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>";
    assertThat(send("PUT", "/my/files/x.svg", svg, "X-CSRF-Token", token)).isEqualTo(201);
    HttpResponse<byte[]> preview = get("/my/files/x.svg?preview");
    assertThat(preview.headers().firstValue("Content-Type").orElseThrow())
        .isEqualToIgnoringCase("text/plain;charset=utf-8");
    assertThat(preview.headers().firstValue("Content-Security-Policy").orElseThrow())
        .contains("sandbox", "default-src 'none'");
    assertThat(preview.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
    assertThat(get("/my/files/x.svg").headers().firstValue("Content-Disposition").orElseThrow())
        .startsWith("attachment");
    send("DELETE", "/my/files/x.svg", "", "X-CSRF-Token", token);
  }

  private static HttpResponse<byte[]> get(String path) throws Exception {
    return new BrowserRequests(portal, browser).get(path);
  }

  private static int send(String method, String path, String body, String... headers)
      throws Exception {
    return new BrowserRequests(portal, browser).send(method, path, body, headers);
  }
}
