package org.slipway.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.commons.net.ftp.FTP;
import org.apache.commons.net.ftp.FTPClient;
import org.apache.commons.net.ftp.FTPConnectionClosedException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.By;
import org.openqa.selenium.JavascriptExecutor;
import org.openqa.selenium.chrome.ChromeDriver;
import org.slipway.portal.Browser;
import org.slipway.portal.Rest;
import org.slipway.portal.RunningPortal;
import org.slipway.portal.Visitor;

/** The live page in a real browser, with real FTP sessions at the other side. */
class LiveIT {
  private static final String PASSWORD = "Fourteen-geese-fly";
  private static final String OPERATOR = "live-operator";
  private static final String USER = "live-user";

  /** More than all buffers on the way hold. */
  private static final byte[] FILE = new byte[16 << 20];

  private static RunningPortal portal;

  @BeforeAll
  static void accounts() {
    portal = RunningPortal.shared();
    for (String[] account : new String[][] {{OPERATOR, "OPERATOR"}, {USER, "USER"}}) {
      Rest.administrator(portal)
          .post(
              "/accounts",
              "{\"username\":\"%s\",\"password\":\"%s\",\"roles\":[\"%s\"],\"quotaBytes\":99999999}"
                  .formatted(account[0], PASSWORD, account[1]));
    }
  }

  private static FTPClient ftp() throws IOException {
    FTPClient ftp = new FTPClient();
    ftp.setReceieveDataSocketBufferSize(16 * 1024);
    ftp.connect("localhost", portal.ftpPort());
    assertThat(ftp.login(USER, PASSWORD)).isTrue();
    ftp.enterLocalPassiveMode();
    ftp.setFileType(FTP.BINARY_FILE_TYPE);
    return ftp;
  }

  private static By row(String table, String text) {
    return By.xpath(
        "//div[@id='live:%s']//tr[contains(., '%s')]//button[@data-end]".formatted(table, text));
  }

  @Test
  void whatHappensAppearsByItselfAndIsEndedByAButton() throws Exception {
    try (Browser browser = Browser.open("en")) {
      browser
          .go(portal.url("/signin.xhtml"))
          .type(By.id("signin:username"), OPERATOR)
          .type(By.id("signin:password"), PASSWORD)
          .click(By.id("signin:submit"));
      browser.see(By.id("ownName"));
      browser.go(portal.url(Page.LIVE.getPath()));
      browser.see(By.cssSelector("[data-state=push]"));
      script(browser, "window.notReloaded = true");
      FTPClient ftp = ftp();
      ftp.storeFile("stalled.bin", new ByteArrayInputStream(FILE));
      try (InputStream stalled = ftp.retrieveFileStream("stalled.bin")) {
        assertThat(stalled.read()).isZero();
        browser.see(row("transfers", "/stalled.bin"));
        browser.see(row("sessions", USER));
        assertThat(script(browser, "return window.notReloaded")).isEqualTo(true);
        assertThat(browser.seriousFindings()).isEmpty();
        browser.screenshot("live");
        browser.click(row("sessions", USER));
        assertThat(browser.read(By.id("endWhat"))).contains(USER, "FTP");
        browser.screenshot("live-disconnect");
        browser.click(By.id("endForm:submit"));
        assertThatThrownBy(
                () -> {
                  while (true) {
                    ftp.getReply();
                  }
                })
            .isInstanceOf(FTPConnectionClosedException.class)
            .hasMessageContaining("421");
      }
      browser.await(d -> d.findElements(row("sessions", USER)).isEmpty());
      browser.await(d -> d.findElements(row("transfers", "/stalled.bin")).isEmpty());
      assertThat(browser.read(By.cssSelector(".note-good"))).contains(USER);
      assertThat(script(browser, "return window.notReloaded")).isEqualTo(true);
      withoutPushItAsks(browser);
    }
    assertThat(
            Rest.administrator(portal)
                .get("/audit?action=DISCONNECTED&actor=" + OPERATOR)
                .get("total")
                .asInt())
        .isEqualTo(1);
  }

  private static void withoutPushItAsks(Browser browser) throws IOException {
    ((ChromeDriver) browser.driver())
        .executeCdpCommand(
            "Page.addScriptToEvaluateOnNewDocument", Map.of("source", "delete window.WebSocket"));
    browser.go(portal.url(Page.LIVE.getPath()));
    browser.see(By.cssSelector("[data-state=poll]"));
    FTPClient ftp = ftp();
    browser.see(row("sessions", USER));
    ftp.quit();
    browser.await(d -> d.findElements(row("sessions", USER)).isEmpty());
  }

  private static Object script(Browser browser, String script) {
    return ((JavascriptExecutor) browser.driver()).executeScript(script);
  }

  @Test
  void theChannelIsForOperatorsAndCarriesNothing() throws Exception {
    Visitor operator = Visitor.signedIn(OPERATOR, PASSWORD);
    Matcher address =
        Pattern.compile("/jakarta\\.faces\\.push/live\\?[0-9a-f-]{36}")
            .matcher(operator.get(Page.LIVE.getPath()).body());
    assertThat(address.find()).isTrue();
    String channel = address.group();
    assertThat(refusal(Visitor.stranger(), channel)).isEqualTo(401);
    assertThat(refusal(Visitor.signedIn(USER, PASSWORD), channel)).isEqualTo(403);
    assertThat(refusal(operator, channel.replace("/live?", "/other?"))).isEqualTo(404);
    Heard wrong = new Heard();
    operator.listen(channel.replaceFirst(".{4}$", "0000"), wrong).join();
    assertThat(wrong.texts.poll(60, TimeUnit.SECONDS)).isEqualTo("closed 1008");
    Heard heard = new Heard();
    operator.listen(channel, heard).join();
    FTPClient ftp = ftp();
    assertThat(heard.texts.poll(60, TimeUnit.SECONDS)).isEqualTo("{\"data\":\"news\"}");
    ftp.quit();
  }

  private static int refusal(Visitor visitor, String channel) {
    try {
      visitor.listen(channel, new Heard()).join();
      return 101;
    } catch (CompletionException e) {
      return ((WebSocketHandshakeException) e.getCause()).getResponse().statusCode();
    }
  }

  private static final class Heard implements WebSocket.Listener {
    private final BlockingQueue<String> texts = new LinkedBlockingQueue<>();

    @Override
    public CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
      texts.add(data.toString());
      socket.request(1);
      return null;
    }

    @Override
    public CompletionStage<?> onClose(WebSocket socket, int status, String reason) {
      texts.add("closed " + status);
      return null;
    }
  }
}
