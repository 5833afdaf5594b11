package org.slipway.ftp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;

/**
 * A browser is led to the FTP server, which has the certificate of the web site (ALPACA): what the
 * server says must never be taken for the site's answer, nor what the browser says be kept.
 */
class FtpCrossProtocolAttackTest extends AttackTest {
  private static final String SCRIPT = "<script>steal()</script>";
  private static final String REQUEST =
      "POST /"
          + SCRIPT
          + " HTTP/1.1\r\nHost: example.org\r\nCookie: session=7\r\n\r\nHELP "
          + SCRIPT
          + "\r\n";

  /** All that comes until the server closes, falls silent, or has said what it must not say. */
  private static String said(Socket socket) throws IOException {
    StringBuilder said = new StringBuilder();
    socket.setSoTimeout(10_000);
    InputStream in = socket.getInputStream();
    try {
      for (int b = in.read(); b >= 0; b = in.read()) {
        said.append((char) b);
        if (said.indexOf(SCRIPT) >= 0) {
          return said.toString();
        }
      }
    } catch (SocketTimeoutException silent) {
      said.append("<still open>");
    } catch (IOException brokenOff) {
      // Nothing more comes.
    }
    return said.toString();
  }

  private static String asked(Socket browser) throws IOException {
    browser.getOutputStream().write(REQUEST.getBytes(StandardCharsets.US_ASCII));
    return said(browser);
  }

  /** A browser that thinks that it shakes hands with the web site. */
  private static SSLSocket browser(Socket connected, List<String> alpn) throws IOException {
    SSLContext context = TrustsAnybody.context();
    SSLSocket tls =
        (SSLSocket) context.getSocketFactory().createSocket(connected, "localhost", 443, true);
    SSLParameters parameters = tls.getSSLParameters();
    parameters.setApplicationProtocols(alpn.toArray(String[]::new));
    tls.setSSLParameters(parameters);
    tls.startHandshake();
    return tls;
  }

  private static String reflectedInTheClear(AttackedServer server) throws IOException {
    try (RawClient client = new RawClient(server.address())) {
      return asked(client.socket);
    }
  }

  /** Somebody on the way says AUTH TLS, and then lets the browser in. */
  private static String reflectedByTls(AttackedServer server, List<String> alpn)
      throws IOException {
    try (RawClient client = new RawClient(server.address())) {
      assertThat(client.command("AUTH TLS")).startsWith("234 ");
      try (SSLSocket browser = browser(client.socket, alpn)) {
        return asked(browser);
      } catch (IOException refused) {
        return "";
      }
    }
  }

  @Test
  void anHttpRequestIsCutOffAtItsFirstLineAndNothingComesBack() throws Exception {
    WeakServer weak = weak(Weakness.TALKS_TO_ANY_PROTOCOL);
    assertThat(reflectedInTheClear(weak)).contains(SCRIPT);
    assertThat(reflectedInTheClear(ours)).isEmpty();
    for (List<String> alpn :
        List.of(List.of("http/1.1"), List.of("h2", "http/1.1"), List.<String>of())) {
      assertThat(reflectedByTls(weak, alpn)).contains(SCRIPT);
      assertThat(reflectedByTls(ours, alpn)).isEmpty();
    }
  }

  private static RawClient attacker(AttackedServer server) throws IOException {
    RawClient client = new RawClient(server.address());
    client.command("AUTH TLS");
    client.secure(TrustsAnybody.context());
    client.command("USER " + AttackedServer.OWNER);
    client.command("PASS " + TestPortal.PASSWORD);
    client.command("PBSZ 0");
    assertThat(client.command("PROT P")).startsWith("200 ");
    return client;
  }

  /** The attacker has uploaded an HTTP answer, and leads the browser to its data connection. */
  private static String answeredByAnUpload(AttackedServer server, List<String> alpn)
      throws IOException {
    server.file("answer", ("HTTP/1.1 200 OK\r\n\r\n" + SCRIPT).getBytes());
    try (RawClient attacker = attacker(server);
        Socket led = attacker.data()) {
      attacker.send("RETR answer");
      assertThat(attacker.reply()).startsWith("150 ");
      try (SSLSocket browser = browser(led, alpn)) {
        return said(browser);
      } catch (IOException refused) {
        return "";
      }
    }
  }

  @Test
  void noBrowserTakesAnUploadForAnAnswer() throws Exception {
    for (List<String> alpn : List.of(List.of("http/1.1"), List.<String>of())) {
      assertThat(
              answeredByAnUpload(
                  weak(Weakness.TAKES_ANY_TLS_FOR_DATA, Weakness.TALKS_TO_ANY_PROTOCOL), alpn))
          .contains(SCRIPT);
      assertThat(answeredByAnUpload(ours, alpn)).isEmpty();
    }
  }

  /** The browser's request, with its cookie, becomes a file of the attacker. */
  private static boolean cookieIsKept(AttackedServer server, List<String> alpn) throws IOException {
    try (RawClient attacker = attacker(server);
        Socket led = attacker.data()) {
      attacker.send("STOR cookie");
      assertThat(attacker.reply()).startsWith("150 ");
      try (SSLSocket browser = browser(led, alpn)) {
        browser.getOutputStream().write(REQUEST.getBytes(StandardCharsets.US_ASCII));
      } catch (IOException refused) {
        // As it should be.
      }
      attacker.reply();
    }
    List<String> kept = new ArrayList<>();
    if (Files.exists(server.home().resolve("cookie"))) {
      kept.addAll(Files.readAllLines(server.home().resolve("cookie")));
    }
    return kept.contains("Cookie: session=7");
  }

  @Test
  void noRequestOfABrowserBecomesAFile() throws Exception {
    for (List<String> alpn : List.of(List.of("http/1.1"), List.<String>of())) {
      assertThat(
              cookieIsKept(
                  weak(Weakness.TAKES_ANY_TLS_FOR_DATA, Weakness.TALKS_TO_ANY_PROTOCOL), alpn))
          .isTrue();
      assertThat(cookieIsKept(ours, alpn)).isFalse();
    }
  }
}
