package org.slipway.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.results.Rule;
import com.deque.html.axecore.selenium.AxeBuilder;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.openqa.selenium.By;
import org.slipway.portal.Browser;
import org.slipway.portal.RunningPortal;

/** The pages in a real browser: as each role, in both languages, small and large. */
class ConsoleIT {
  private static final String PASSWORD = "Fourteen-geese-fly";
  private static final Set<String> SERIOUS = Set.of("serious", "critical");

  private static RunningPortal portal;
  private static Browser administrator;

  @BeforeAll
  static void signIn() {
    portal = RunningPortal.shared();
    administrator = Browser.open("en");
    signIn(administrator, RunningPortal.ADMIN_USERNAME, RunningPortal.ADMIN_PASSWORD);
  }

  @AfterAll
  static void close() {
    administrator.close();
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
      names = {"ERROR", "SETUP", "REGISTRATION", "DEVICE"})
  void everyPageOpensAndIsAccessible(Page page) {
    administrator.resize(1280, 900).go(portal.url(page.getPath()));
    administrator.see(By.tagName("h1"));
    administrator.screenshot("page-" + page);
    assertThat(seriousFindings(administrator)).isEmpty();
    administrator.resize(390, 844);
    administrator.screenshot("page-" + page + "-small");
    assertThat(seriousFindings(administrator)).isEmpty();
  }

  private static List<String> seriousFindings(Browser browser) {
    return new AxeBuilder()
        .analyze(browser.driver()).getViolations().stream()
            .filter(rule -> SERIOUS.contains(rule.getImpact()))
            .map(ConsoleIT::described)
            .toList();
  }

  private static String described(Rule rule) {
    return rule.getId() + " " + rule.getNodes().stream().map(n -> n.getHtml()).toList();
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
          .containsExactly(Page.HOME.getPath(), Page.FILES.getPath());
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
  void whatIsWrongIsSaidBesideTheField() {
    try (Browser browser = Browser.open("en")) {
      browser
          .go(portal.url("/register.xhtml"))
          .type(By.id("register:username"), "No Good")
          .type(By.id("register:email"), "nowhere")
          .type(By.id("register:password"), "short")
          .type(By.id("register:repeated"), "short")
          .click(By.id("register:submit"));
      assertThat(browser.see(By.id("register:usernameMessage")).getText()).contains("1 to 32");
      assertThat(browser.see(By.id("register:emailMessage")).getText()).contains("no e-mail");
      assertThat(browser.see(By.id("register:passwordMessage")).getText()).contains("8 characters");
      browser.screenshot("register-with-errors");
      assertThat(seriousFindings(browser)).isEmpty();
    }
  }
}
