package org.slipway.web;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.openqa.selenium.By.id;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;
import org.openqa.selenium.support.ui.ExpectedConditions;
import org.slipway.portal.Browser;
import org.slipway.portal.Rest;
import org.slipway.portal.RunningPortal;

/** Lists of devices in the browser. */
class DeviceImportIT {
  private static final String DNSMASQ =
      """
      dhcp-range=10.127.0.50,10.127.0.99,12h
      dhcp-host=52:54:00:7f:00:01,10.127.0.1,import-one
      dhcp-host=52:54:00:7f:00:02,ignore,<b>two</b>
      """;

  @TempDir Path folder;
  private final RunningPortal portal = RunningPortal.shared();
  private final Rest rest = Rest.administrator(portal);

  @Test
  void aListIsShownBeforeItIsTakenOver() throws IOException {
    try (Browser browser = Browser.open("en")) {
      browser
          .go(portal.url("/signin.xhtml"))
          .type(id("signin:username"), RunningPortal.ADMIN_USERNAME)
          .type(id("signin:password"), RunningPortal.ADMIN_PASSWORD)
          .click(id("signin:submit"));
      browser.see(id("ownName"));
      browser.go(portal.url("/devices/devices.xhtml"));
      browser.click(By.cssSelector("[id='devices:import'], [id='devices:importFirst']"));
      browser.see(id("importForm:preview"));
      browser.click(id("importForm:preview"));
      told(browser, "importForm:textMessage", "Choose a file or paste a list");
      browser.screenshot("devices-import");
      pasted(browser);
      uploaded(browser);
      assertThat(browser.seriousFindings()).isEmpty();
    }
  }

  private void pasted(Browser browser) {
    browser.choose("importForm:format", "dnsmasq (dhcp-host)");
    browser.type(id("importForm:text"), DNSMASQ).click(id("importForm:preview"));
    told(browser, "counts", "1 to be added, 0 to be changed, 0 unchanged, 1 refused");
    told(browser, "importForm:rows", "This is not understood: <b>two</b>");
    told(browser, "importForm:rows", "Not a line dhcp-host");
    browser.screenshot("devices-import-preview");
    assertThat(browser.seriousFindings()).isEmpty();
    browser.click(id("importForm:apply"));
    told(browser, "importForm", "Nothing was changed");
    assertThat(rest.get("/devices?q=import-one").get("total").asInt()).isZero();
    browser.click(By.cssSelector("[id='importForm:partial'] .ui-chkbox-box"));
    browser.click(id("importForm:apply"));
    browser.await(ExpectedConditions.invisibilityOfElementLocated(id("importDialog")));
    told(browser, "devices", "import-one");
  }

  private void uploaded(Browser browser) throws IOException {
    Path file =
        Files.writeString(folder.resolve("devices.csv"), "mac,name\n5254.007f.0001,导入\n", UTF_8);
    browser.click(id("devices:import"));
    browser.choose("importForm:format", "CSV");
    browser.see(id("importForm:file")).sendKeys(file.toString());
    browser.click(id("importForm:preview"));
    told(browser, "counts", "0 to be added, 1 to be changed, 0 unchanged, 0 refused");
    browser.click(id("importForm:apply"));
    browser.await(ExpectedConditions.invisibilityOfElementLocated(id("importDialog")));
    told(browser, "devices", "导入");
    assertThat(rest.get("/devices/52:54:00:7f:00:01").get("address").asText())
        .isEqualTo("10.127.0.1");
  }

  private static void told(Browser browser, String where, String text) {
    browser.await(ExpectedConditions.textToBePresentInElementLocated(id(where), text));
  }
}
