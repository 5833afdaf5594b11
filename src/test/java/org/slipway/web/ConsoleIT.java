package org.slipway.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.openqa.selenium.By;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.TimeoutException;
import org.openqa.selenium.WebDriver;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.support.ui.WebDriverWait;
import org.slipway.portal.Browser;
import org.slipway.portal.Rest;
import org.slipway.portal.RunningPortal;

/** The pages in a real browser: as each role, in both languages, small and large. */
class ConsoleIT {
  private static final String PASSWORD = "Fourteen-geese-fly";

  private static RunningPortal portal;
  private static Browser administrator;
  private static Browser chinese;

  @BeforeAll
  static void signIn() {
    portal = RunningPortal.shared();
    administrator = Browser.open("en");
    signIn(administrator, RunningPortal.ADMIN_USERNAME, RunningPortal.ADMIN_PASSWORD);
    chinese = Browser.open("zh-CN");
    signIn(chinese, RunningPortal.ADMIN_USERNAME, RunningPortal.ADMIN_PASSWORD);
  }

  @AfterAll
  static void close() {
    administrator.close();
    chinese.close();
  }

  private static void signIn(Browser browser, String username, String password) {
    browser
        .go(portal.url("/signin.xhtml"))
        .type(By.id("signin:username"), username)
        .type(By.id("signin:password"), password)
        .click(By.id("signin:submit"));
    browser.see(By.id("ownName"));
  }

  @ParameterizedTest
  @EnumSource(
      value = Page.class,
      mode = EnumSource.Mode.EXCLUDE,
      names = {"ERROR", "SETUP", "UNLOCK", "REGISTRATION", "DEVICE"})
  void everyPageOpensAndIsAccessible(Page page) {
    administrator.resize(1280, 900).go(portal.url(page.getPath()));
    administrator.see(By.tagName("h1"));
    administrator.screenshot("page-" + page);
    assertThat(administrator.seriousFindings()).isEmpty();
    administrator.resize(390, 844);
    administrator.screenshot("page-" + page + "-small");
    assertThat(administrator.seriousFindings()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(
      value = Page.class,
      mode = EnumSource.Mode.EXCLUDE,
      names = {"ERROR", "SETUP", "UNLOCK", "REGISTRATION", "DEVICE"})
  void everyPageIsThereInTheSecondLanguage(Page page) {
    chinese.resize(1280, 900).go(portal.url(page.getPath()));
    chinese.see(By.tagName("h1"));
    chinese.screenshot("page-" + page + "-zh");
    assertThat(chinese.driver().findElement(By.tagName("html")).getDomAttribute("lang"))
        .startsWith("zh");
    assertThat(chinese.driver().findElement(By.tagName("h1")).getText())
        .containsPattern("\\p{IsHan}");
    assertThat(chinese.driver().getPageSource()).as("no key without a text").doesNotContain("???");
    assertThat(chinese.seriousFindings()).isEmpty();
  }

  @Test
  void somebodyRegistersIsApprovedAndLosesTheSessionWhenSuspended() {
    try (Browser applicant = Browser.open("zh-CN")) {
      register(applicant, "wang");
      approve("wang");
      applicant.click(By.id("toSignIn"));
      signIn(applicant, "wang", PASSWORD);
      applicant.screenshot("home-of-a-user");
      assertThat(applicant.driver().findElements(By.id("overview"))).isEmpty();
      assertThat(navigationOf(applicant))
          .containsExactly(Page.HOME.getPath(), Page.FILES.getPath(), Page.HISTORY.getPath());
      suspend("wang");
      applicant.go(portal.url("/home.xhtml"));
      applicant.see(By.id("signin:username"));
      assertThat(applicant.driver().getPageSource()).contains("账户已停用");
    }
  }

  private static void register(Browser browser, String username) {
    browser
        .go(portal.url("/register.xhtml"))
        .type(By.id("register:username"), username)
        .type(By.id("register:email"), username + "@example.org")
        .type(By.id("register:displayName"), "<script>alert(1)</script> #{7*7}")
        .type(By.id("register:password"), PASSWORD)
        .type(By.id("register:repeated"), PASSWORD)
        .click(By.id("register:submit"));
    browser.see(By.id("registration:state"));
    browser.screenshot("registration-waiting");
  }

  @Test
  void howAnAccountUsesFtpIsChosenAndExplained() {
    Rest rest = Rest.administrator(portal);
    rest.post("/accounts", "{\"username\":\"ftp-rules\",\"password\":\"%s\"}".formatted(PASSWORD));
    openDialog(administrator.resize(1280, 900), "access");
    administrator
        .choose("accessForm:ftpTls", "TLS only")
        .choose("accessForm:ftpTlsDataSession", "Need not be resumed")
        .choose("accessForm:nameCharset", "GB18030 (GBK)")
        .type(By.id("accessForm:bandwidthUp"), "512k")
        .type(By.id("accessForm:bandwidthDown"), "0");
    administrator.screenshot("access-ftp");
    assertThat(administrator.seriousFindings()).isEmpty();
    administrator.click(By.id("accessForm:submit"));
    administrator.await(
        d -> d.findElement(By.id("accessForm")).getText().contains("At least one byte per second"));
    administrator.type(By.id("accessForm:bandwidthDown"), "2M").click(By.id("accessForm:submit"));
    administrator.see(By.cssSelector(".note-good"));
    var access = rest.get("/accounts/ftp-rules").get("access");
    assertThat(access.get("ftpTls").asText()).isEqualTo("REQUIRED");
    assertThat(access.get("ftpTlsDataSession").asText()).isEqualTo("OFF");
    assertThat(access.get("nameCharset").asText()).isEqualTo("GB18030");
    assertThat(access.get("bandwidthUp").asLong()).isEqualTo(512 << 10);
    assertThat(access.get("bandwidthDown").asLong()).isEqualTo(2 << 20);
    openDialog(administrator, "effective");
    assertThat(administrator.read(By.id("effectiveForm:answer")))
        .contains("Login and data need TLS", "Names are GB18030", "DOWN: at most 2097152 bytes");
    openDialog(chinese.resize(390, 844), "access");
    assertThat(chinese.read(By.id("accessForm:ftpTls_label"))).isEqualTo("必须使用 TLS");
    chinese.screenshot("access-ftp-zh-small");
    assertThat(chinese.seriousFindings()).isEmpty();
  }

  private static void openDialog(Browser browser, String dialog) {
    browser
        .go(portal.url("/accounts/accounts.xhtml"))
        .type(By.id("accounts:query"), "ftp-rules")
        .await(d -> d.findElements(By.cssSelector("[id='accounts:table_data'] tr")).size() == 1);
    browser.click(By.cssSelector("button[id$=':" + dialog + "']"));
    browser.see(By.id(dialog + "Form"));
  }

  private static void approve(String username) {
    administrator.resize(1280, 900).go(portal.url("/accounts/approvals.xhtml"));
    administrator.see(By.xpath("//b[.='" + username + "']"));
    administrator.screenshot("approvals");
    assertThat(administrator.driver().getPageSource()).contains("#{7*7}");
    administrator
        .click(By.xpath("//tr[.//b[.='" + username + "']]//button[contains(@id, ':approve')]"))
        .type(By.id("approveForm:quotaBytes"), "2G")
        .click(By.id("approveForm:submit"));
    administrator.see(By.cssSelector(".note-good"));
  }

  private static void suspend(String username) {
    administrator.go(portal.url("/accounts/accounts.xhtml"));
    administrator.click(
        By.xpath("//tr[.//b[.='" + username + "']]//button[contains(@id, ':suspend')]"));
    administrator.type(By.id("suspendForm:statusReason"), "moved on");
    administrator.click(By.id("suspendForm:submit"));
    administrator.see(By.cssSelector(".note-good"));
  }

  private static Stream<String> navigationOf(Browser browser) {
    return browser.driver().findElements(By.cssSelector(".nav-link")).stream()
        .map(link -> java.net.URI.create(link.getDomProperty("href")).getPath());
  }

  @Test
  void whatStrangersSentIsShownAsText() throws IOException {
    String name = "<script>document.title='run'</script>'\"--#{7*7}";
    failFtpLogin(name);
    askTftp("../\u001b[31m<img src=x>");
    administrator.resize(1280, 900);
    administrator.await(d -> {
      administrator.go(portal.url(Page.AUDIT.getPath())).type(By.id("audit:query"), "document.t");
      return appears(d, name);
    });
    administrator.screenshot("audit-of-an-injection");
    administrator.click(By.cssSelector("[id='audit:table_data'] button"));
    administrator.await(d -> d.findElement(By.id("entry")).getText().contains(name));
    assertThat(administrator.driver().getTitle()).startsWith("Audit");
    administrator.go(portal.url(Page.HISTORY.getPath()));
    assertThat(administrator.read(By.id("history:table_data")))
        .contains("../\u27e8ESC\u27e9[31m<img src=x>");
    assertThat(administrator.driver().findElements(By.cssSelector("td script, td img"))).isEmpty();
  }

  /** In each row, so that the filter has come to work and a click meets no row that is replaced. */
  private static boolean appears(WebDriver driver, String text) {
    try {
      new WebDriverWait(driver, Duration.ofSeconds(2))
          .ignoring(StaleElementReferenceException.class)
          .until(d -> {
            List<WebElement> rows = d.findElements(By.cssSelector("[id='audit:table_data'] tr"));
            return !rows.isEmpty() && rows.stream().allMatch(r -> r.getText().contains(text));
          });
      return true;
    } catch (TimeoutException notYet) {
      return false;
    }
  }

  private static void failFtpLogin(String name) throws IOException {
    try (Socket ftp = new Socket("127.0.0.1", portal.ftpPort())) {
      ftp.setSoTimeout(10_000);
      ftp.getOutputStream()
          .write(("USER " + name + "\r\nPASS x\r\nQUIT\r\n").getBytes(StandardCharsets.UTF_8));
      assertThat(new String(ftp.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
          .contains("530 ");
    }
  }

  private static void askTftp(String file) throws IOException {
    byte[] request = ("\0\1" + file + "\0octet\0").getBytes(StandardCharsets.UTF_8);
    try (DatagramSocket socket = new DatagramSocket()) {
      socket.setSoTimeout(10_000);
      InetAddress server = InetAddress.getByName("127.0.0.1");
      socket.send(new DatagramPacket(request, request.length, server, portal.tftpPort()));
      DatagramPacket answer = new DatagramPacket(new byte[600], 600);
      socket.receive(answer);
      assertThat(answer.getData()[1]).isEqualTo((byte) 5);
    }
  }

  @Test
  void whatStandsInTheWayOfClientsOfFtpIsShown() {
    By findings = By.cssSelector(".findings li");
    administrator.resize(1280, 900).go(portal.url(Page.LISTENERS.getPath()));
    administrator.type(By.id("ftpCheck:address"), "localhost").click(By.id("ftpCheck:check"));
    assertThat(administrator.read(By.id("ftpCheck:addressMessage")))
        .contains("numeric IPv4 or IPv6 address");
    administrator.type(By.id("ftpCheck:address"), "2001:db8::7").click(By.id("ftpCheck:check"));
    administrator.see(findings);
    assertThat(administrator.read(By.id("ftpCheck:result")))
        .contains("2001:db8:0:0:0:0:0:7 comes by IPv6", "EPSV tells a port alone");
    assertThat(administrator.seriousFindings()).isEmpty();
    chinese.go(portal.url(Page.LISTENERS.getPath())).click(By.id("ftpCheck:check"));
    chinese.see(findings);
    assertThat(chinese.read(By.id("ftpCheck:result"))).contains("EPSV 只告知端口");
  }

  @Test
  void whatIsWrongIsSaidBesideTheField() {
    try (Browser browser = Browser.open("en")) {
      browser
          .go(portal.url("/register.xhtml"))
          .type(By.id("register:username"), "No Good")
          .type(By.id("register:email"), "nowhere")
          .type(By.id("register:password"), "short")
          .type(By.id("register:repeated"), "short")
          .click(By.id("register:submit"));
      assertThat(browser.read(By.id("register:usernameMessage"))).contains("1 to 32");
      assertThat(browser.read(By.id("register:emailMessage"))).contains("no e-mail");
      assertThat(browser.read(By.id("register:passwordMessage"))).contains("8 characters");
      browser.screenshot("register-with-errors");
      assertThat(browser.seriousFindings()).isEmpty();
    }
  }
}
