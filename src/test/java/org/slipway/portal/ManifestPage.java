package org.slipway.portal;

import static org.openqa.selenium.By.id;

import java.util.Collection;
import java.util.List;
import org.openqa.selenium.JavascriptExecutor;
import org.openqa.selenium.Keys;
import org.openqa.selenium.support.ui.ExpectedConditions;

/** The page on which a manifest is made, as a person uses it. */
final class ManifestPage {
  private final RunningPortal portal;
  private final Browser browser;

  ManifestPage(RunningPortal portal, Browser browser) {
    this.portal = portal;
    this.browser = browser;
  }

  /** Makes a manifest of these steps and files; each file's key is its number. */
  void make(String name, String account, List<String> steps, Collection<String> files) {
    browser.go(portal.url("/manifests/manifest.xhtml"));
    browser.type(id("manifest:name"), name);
    browser.type(id("manifest:account_input"), account);
    leave("manifest:account_input");
    for (int i = 0; i < steps.size(); i++) {
      add("manifest:addStep");
      enter("manifest:steps:" + i + ":path", steps.get(i));
    }
    int i = 0;
    for (String file : files) {
      add("manifest:addFile");
      enter("manifest:files:" + i + ":key", "file" + (i + 1));
      enter("manifest:files:" + i + ":path", file);
      i++;
    }
    String last = List.copyOf(files).getLast();
    browser.await(ExpectedConditions.textToBePresentInElementLocated(id("renderedList"), last));
    browser.screenshot("story-6-manifest-editor");
    settle();
    browser.click(id("manifest:save"));
    browser.await(d ->
        d.getCurrentUrl().contains("manifests.xhtml")
            || d.getCurrentUrl().contains("name=" + name)
            || !d.findElements(id("delete")).isEmpty());
  }

  private void add(String button) {
    settle();
    browser.click(id(button));
    settle();
  }

  private void enter(String field, String text) {
    browser.type(id(field), text);
    leave(field);
  }

  /** Leaves a field and waits until the page has said what it thinks of it. */
  private void leave(String field) {
    browser.see(id(field)).sendKeys(Keys.TAB);
    settle();
  }

  private void settle() {
    browser.await(d ->
        ((JavascriptExecutor) d)
            .executeScript("return jQuery.active === 0 && PrimeFaces.ajax.Queue.isEmpty();")
            .equals(true));
  }
}
