package org.slipway.portal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every answer carries, and what none says, sent byte by byte past any client's help. */
class ResponseHeadersIT {
  private static final String END = "Host: localhost\r\nConnection: close\r\n";
  private static final List<String> ALWAYS =
      List.of(
          "content-security-policy: default-src 'none'",
          "frame-ancestors 'none'",
          "x-content-type-options: nosniff",
          "x-frame-options: deny",
          "referrer-policy: same-origin",
          "permissions-policy: camera=()",
          "cross-origin-opener-policy: same-origin",
          "cross-origin-resource-policy: same-origin");
  private static final String[] NEVER = {
    "Payara",
    "Grizzly",
    "GlassFish",
    "org.slipway",
    "jakarta",
    "java.",
    "\tat ",
    "/target/",
    "/home/"
  };

  private final RunningPortal portal = RunningPortal.shared();

  private String answerTo(String request) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), portal.httpPort())) {
      socket.setSoTimeout(20_000);
      socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
      socket.shutdownOutput();
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET /",
        "GET /signin.xhtml",
        "POST /signin.xhtml",
        "GET /home.xhtml",
        "GET /nothing",
        "GET /nothing.xhtml",
        "GET /error-page",
        "GET /WEB-INF/web.xml",
        "GET /META-INF/MANIFEST.MF",
        "GET /resources/",
        "GET /resources/slipway/slipway.js",
        "GET /jakarta.faces.resource/slipway.css.xhtml?ln=slipway",
        "GET /jakarta.faces.resource/nothing.css.xhtml",
        "GET /health/live",
        "GET /health/ready",
        "GET /health/nothing",
        "GET /api/v1/me",
        "GET /api/v1/nothing",
        "GET /api/v1/me;x=y",
        "DELETE /api/v1/me",
        "GET /api/v1/registrations/nothing",
        "GET /boot/nothing",
        "HEAD /boot/nothing",
        "GET /openapi",
        "GET /metrics",
        "PUT /x",
        "DELETE /signin.xhtml",
        "OPTIONS /signin.xhtml",
        "OPTIONS *",
        "NONSENSE /",
        "NONSENSE /signin.xhtml",
        "NONSENSE /api/v1/me"
      })
  void everyAnswerOfThePortalCarriesThem(String line) throws IOException {
    String answer = answerTo(line + " HTTP/1.1\r\n" + END + "Content-Length: 0\r\n\r\n");
    String head = answer.substring(0, answer.indexOf("\r\n\r\n")).toLowerCase(Locale.ROOT);
    assertThat(head).contains(ALWAYS);
    assertThat(head).doesNotContain("\nserver:", "x-powered-by");
    assertThat(head.split("content-security-policy:", -1)).as("one policy").hasSize(2);
    assertThat(answer.substring(head.length())).doesNotContain("Payara", "GlassFish");
  }

  /** Whatever the container refuses before the portal sees it says nothing at all. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET /%zz HTTP/1.1",
        "GET /a%00b HTTP/1.1",
        "GET /../../etc/passwd HTTP/1.1",
        "GET /a\\b HTTP/1.1",
        "GET /a%2fb HTTP/1.1",
        "GET nothing HTTP/1.1",
        "GET / HTTP/9.9",
        "TRACE / HTTP/1.1",
        "FOO /%zz HTTP/1.1",
        "GET /signin.xhtml?x=%zz HTTP/1.1",
        "GET /error-page?jakarta.servlet.error.status_code=500 HTTP/1.1"
      })
  void aMalformedRequestLearnsNothing(String line) throws IOException {
    says(NEVER, answerTo(line + "\r\n" + END + "Accept: text/html\r\n\r\n"));
  }

  private static void says(String[] never, String answer) {
    String withoutResources = answer.replaceAll("jakarta\\.faces\\.[A-Za-z.]+", "");
    assertThat(withoutResources).startsWith("HTTP/1.1 ").doesNotContainIgnoringCase(never);
    assertThat(withoutResources.toLowerCase(Locale.ROOT)).doesNotContain("\nserver:");
  }

  @Test
  void anOversizedRequestLearnsNothing() throws IOException {
    says(NEVER, answerTo("GET / HTTP/1.1\r\n" + END + "X: " + "a".repeat(20_000) + "\r\n\r\n"));
    says(NEVER, answerTo("GET /" + "a".repeat(20_000) + " HTTP/1.1\r\n" + END + "\r\n"));
    says(NEVER, answerTo("GET / HTTP/1.1\r\n" + END + "X: 1\r\n".repeat(300) + "\r\n"));
    says(NEVER, answerTo("GET / HTTP/1.1\r\n\r\n"));
    says(NEVER, answerTo("POST /signin.xhtml HTTP/1.1\r\n" + END + "Content-Length: abc\r\n\r\n"));
  }

  /** Files of a form are laid on the disk before a page is asked. */
  @Test
  void whoHasNotSignedInSendsNoFiles() throws IOException {
    String answer =
        answerTo(
            "POST /signin.xhtml HTTP/1.1\r\n"
                + END
                + "Content-Type: multipart/form-data; boundary=x\r\nContent-Length: 3\r\n\r\nabc");
    assertThat(answer).startsWith("HTTP/1.1 415");
    says(NEVER, answer);
  }

  @Test
  void aPageWithoutSuchAFormTakesNoFiles() {
    Visitor admin = Visitor.signedIn(RunningPortal.ADMIN_USERNAME, RunningPortal.ADMIN_PASSWORD);
    String[] form = {"Content-Type", "multipart/form-data; boundary=x"};
    BodyPublisher body = BodyPublishers.ofString("abc");
    assertThat(admin.send("POST", "/home.xhtml", body, form).statusCode()).isEqualTo(415);
    assertThat(admin.send("POST", "/profile.xhtml", body, form).statusCode()).isEqualTo(415);
    Visitor user = Visitor.signedIn(user(), "apple-Pie-17");
    assertThat(user.send("POST", "/bootfiles/boot-files.xhtml", body, form).statusCode())
        .isEqualTo(403);
  }

  private String user() {
    Rest.administrator(RunningPortal.shared())
        .post("/accounts", "{\"username\":\"no-files\",\"password\":\"apple-Pie-17\"}");
    return "no-files";
  }
}
