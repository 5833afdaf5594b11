package org.slipway.web;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.openqa.selenium.By.cssSelector;
import static org.openqa.selenium.By.id;
import static org.openqa.selenium.By.xpath;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.By;
import org.openqa.selenium.support.ui.ExpectedConditions;
import org.slipway.portal.Browser;
import org.slipway.portal.Rest;
import org.slipway.portal.RunningPortal;

/** Remap rules and templates as a person sees them, and the same by the API. */
class RemapRulesIT {
  private static final String MAC = "52:54:00:7e:00:01";
  private static final String ASKED = "grub.cfg-01-52-54-00-7e-00-01";
  private final RunningPortal portal = RunningPortal.shared();
  private final Rest rest = Rest.administrator(portal);

  @Test
  void whatAPageSaysTheApiSaysToo() {
    rest.put(
        "/devices/" + MAC,
        "{\"name\":\"lab-7\",\"address\":\"10.126.0.7\",\"variables\":{\"kernel\":\"<b>v6\"}}");
    rest.upload("/boot-files/templates/grub.cfg", "linux {{kernel}} {{mac}}\n".getBytes(UTF_8));
    try (Browser browser = Browser.open("en")) {
      browser
          .go(portal.url("/signin.xhtml"))
          .type(id("signin:username"), RunningPortal.ADMIN_USERNAME)
          .type(id("signin:password"), RunningPortal.ADMIN_PASSWORD)
          .click(id("signin:submit"));
      browser.see(id("ownName"));
      browser.go(portal.url("/bootfiles/boot-files.xhtml?folder=templates"));
      browser.click(cssSelector("[id$=':template']"));
      browser.see(cssSelector(".state-idle"));
      browser.screenshot("boot-files-template");
      assertThat(rest.get("/boot-files/templates/").get("items").get(0).get("template").asBoolean())
          .isTrue();
      addTheRulesOfGrub(browser);
      moveAndEdit(browser);
      test(browser);
    }
  }

  private void addTheRulesOfGrub(Browser browser) {
    browser.go(portal.url("/bootfiles/remap-rules.xhtml"));
    browser.screenshot("remap-rules-empty");
    browser.click(cssSelector("[id='rules:addFirstSet']"));
    browser.see(id("setDialog"));
    browser.await(d -> !d.findElements(cssSelector("#setDialog .ui-button")).isEmpty());
    browser.screenshot("remap-rules-sets");
    browser.click(id("setForm:sets:1:addThis"));
    browser.see(xpath("//b[text()='grub-mac']"));
    browser.await(ExpectedConditions.invisibilityOfElementLocated(id("setDialog")));
  }

  private void moveAndEdit(Browser browser) {
    browser.click(id("rules:table:1:up"));
    browser.await(d -> rest.get("/remap-rules/grub-address").get("position").asInt() == 1);
    browser.await(
        ExpectedConditions.textToBePresentInElementLocated(
            cssSelector("#rules\\:table_data tr:first-child"), "grub-address"));
    browser.click(id("rules:add"));
    browser.type(id("ruleForm:name"), "bad").type(id("ruleForm:pattern"), "(");
    browser.type(id("ruleForm:target"), "x").click(id("ruleForm:submit"));
    browser.await(
        ExpectedConditions.textToBePresentInElementLocated(
            id("ruleForm:patternMessage"), "missing closing"));
    browser.screenshot("remap-rules-dialog");
    browser.type(id("ruleForm:pattern"), "old/(.*)").type(id("ruleForm:target"), "new/$1");
    browser.click(id("ruleForm:submit"));
    browser.await(ExpectedConditions.invisibilityOfElementLocated(id("ruleDialog")));
    assertThat(rest.get("/remap-rules/bad").get("target").asText()).isEqualTo("new/$1");
    assertThat(rest.get("/remap-rules").get("total").asInt()).isEqualTo(3);
  }

  private void test(Browser browser) {
    browser.type(id("tester:client"), MAC).type(id("tester:asked"), ASKED);
    browser.click(id("tester:test"));
    String text = "linux <b>v6 " + MAC + "\n";
    assertThat(browser.read(By.className("rendered"))).isEqualTo(text.strip());
    browser.screenshot("remap-rules-tested");
    assertThat(browser.seriousFindings()).isEmpty();
    JsonNode preview = rest.get("/devices/" + MAC + "/resolve?name=" + ASKED);
    assertThat(preview.get("text").asText()).isEqualTo(text);
    assertThat(preview.get("path").asText()).isEqualTo("templates/grub.cfg");
    assertThat(preview.get("rules")).hasSize(2);
    JsonNode stranger = rest.get("/boot-files/resolve?address=192.0.2.9&name=" + ASKED);
    assertThat(stranger.get("refusal").get("kind").asText()).isEqualTo("NO_PERMISSION");
    browser.go(portal.url("/devices/device.xhtml?mac=" + MAC));
    browser.type(id("tester:asked"), ASKED).click(id("tester:test"));
    assertThat(browser.read(By.className("rendered"))).isEqualTo(text.strip());
    browser.screenshot("device-name-tested");
    assertThat(browser.seriousFindings()).isEmpty();
  }
}
