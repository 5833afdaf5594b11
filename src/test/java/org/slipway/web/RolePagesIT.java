package org.slipway.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openqa.selenium.By;
import org.slipway.accounts.Role;
import org.slipway.portal.Browser;
import org.slipway.portal.Rest;
import org.slipway.portal.RunningPortal;

/** What a user and an operator see, in both languages: every page of theirs, and no other. */
class RolePagesIT {
  private static final String PASSWORD = "Fourteen-geese-fly";

  /** Need something beside the right: a thing that they show, or a state of the account. */
  private static final Set<Page> ELSEWHERE =
      EnumSet.of(
          Page.DEVICE, Page.SECOND_FACTOR, Page.SETUP, Page.UNLOCK, Page.REGISTRATION, Page.ERROR);

  private static final Set<Page> OF_A_USER =
      EnumSet.of(Page.HOME, Page.FILES, Page.HISTORY, Page.PROFILE);

  private static final Set<Page> OF_AN_OPERATOR =
      EnumSet.of(
          Page.DEVICES,
          Page.MANIFESTS,
          Page.MANIFEST,
          Page.BOOT_FILES,
          Page.REMAP_RULES,
          Page.NETWORKS,
          Page.LIVE);

  private final RunningPortal portal = RunningPortal.shared();

  @ParameterizedTest
  @CsvSource({"USER,en", "USER,zh-CN", "OPERATOR,en", "OPERATOR,zh-CN"})
  void eachSeesItsPagesAndNoOther(Role role, String language) {
    String name = (role + "-" + language).toLowerCase(java.util.Locale.ROOT);
    Rest.administrator(portal)
        .post(
            "/accounts",
            "{\"username\":\"%s\",\"password\":\"%s\",\"roles\":[\"%s\"]}"
                .formatted(name, PASSWORD, role));
    Set<Page> own = EnumSet.copyOf(OF_A_USER);
    if (role == Role.OPERATOR) {
      own.addAll(OF_AN_OPERATOR);
    }
    try (Browser browser = Browser.open(language)) {
      browser
          .go(portal.url("/signin.xhtml"))
          .type(By.id("signin:username"), name)
          .type(By.id("signin:password"), PASSWORD)
          .click(By.id("signin:submit"));
      browser.see(By.id("ownName"));
      for (Page page : Page.values()) {
        if (page.needed().isPresent() && !ELSEWHERE.contains(page)) {
          browser.resize(1280, 900).go(portal.url(page.getPath()));
          browser.see(By.tagName("h1"));
          boolean shown = browser.driver().findElements(By.id("ownName")).size() == 1;
          assertThat(shown).as(role + " " + page).isEqualTo(own.contains(page));
          if (shown) {
            browser.screenshot("role-" + name + "-" + page);
            assertThat(browser.seriousFindings()).isEmpty();
            assertThat(browser.driver().getPageSource()).doesNotContain("???");
          }
        }
      }
    }
  }
}
