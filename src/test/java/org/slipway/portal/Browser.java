package org.slipway.portal;

import com.deque.html.axecore.selenium.AxeBuilder;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.openqa.selenium.By;
import org.openqa.selenium.Dimension;
import org.openqa.selenium.ElementClickInterceptedException;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.WebDriver;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.support.ui.ExpectedConditions;
import org.openqa.selenium.support.ui.WebDriverWait;

/** Chromium without a window, with a profile of its own: what a person at the console sees. */
public final class Browser implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final Path SCREENSHOTS = Path.of("target", "screenshots");

  private final Path profile;
  private final ChromeDriver driver;

  private Browser(Path profile, ChromeDriver driver) {
    this.profile = profile;
    this.driver = driver;
  }

  /** A browser whose person reads {@code language}, a tag such as {@code en} or {@code zh-CN}. */
  public static Browser open(String language) {
    try {
      Path profile = Files.createTempDirectory("slipway-browser-");
      ChromeOptions options = new ChromeOptions();
      options.setBinary(InstalledTool.named("chromium").toString());
      options.addArguments(
          "--headless=new",
          "--no-sandbox",
          "--disable-gpu",
          "--disable-quic",
          "--disable-dev-shm-usage",
          "--no-first-run",
          "--disable-background-networking",
          "--disable-component-update",
          "--disable-sync",
          "--hide-scrollbars",
          "--window-size=1280,900",
          "--lang=" + language,
          "--accept-lang=" + language,
          "--user-data-dir=" + profile);
      options.setExperimentalOption("prefs", Map.of("intl.accept_languages", language));
      ChromeDriverService service =
          new ChromeDriverService.Builder()
              .usingDriverExecutable(new File(InstalledTool.named("chromedriver").toString()))
              .build();
      return new Browser(profile, new ChromeDriver(service, options));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public WebDriver driver() {
    return driver;
  }

  public Browser go(URI address) {
    driver.get(address.toString());
    return this;
  }

  /** The element, once it can be seen. */
  public WebElement see(By where) {
    return await(ExpectedConditions.visibilityOfElementLocated(where));
  }

  /** Clicks the element, once it can be clicked. */
  public Browser click(By where) {
    await(d -> {
      WebElement element = ExpectedConditions.elementToBeClickable(where).apply(d);
      try {
        if (element != null) {
          element.click();
        }
        return element != null;
      } catch (StaleElementReferenceException | ElementClickInterceptedException notYet) {
        return false;
      }
    });
    return this;
  }

  /** Chooses an item of a drop-down, once its list has come to rest. */
  public Browser choose(String menu, String item) {
    By items = By.cssSelector("[id='" + menu + "_items'] li");
    click(By.id(menu));
    await(d -> {
      d.findElements(items).stream()
          .filter(i -> i.isDisplayed() && i.getText().equals(item))
          .findFirst()
          .ifPresent(WebElement::click);
      return d.findElement(By.id(menu + "_label")).getText().equals(item);
    });
    return this;
  }

  /** Replaces what stands in a field. */
  public Browser type(By where, String text) {
    await(d -> {
      WebElement field = ExpectedConditions.visibilityOfElementLocated(where).apply(d);
      if (field != null) {
        field.clear();
        field.sendKeys(text);
      }
      return field != null;
    });
    return this;
  }

  /** The text of the element, once it can be seen. */
  public String read(By where) {
    return await(d -> {
      WebElement element = ExpectedConditions.visibilityOfElementLocated(where).apply(d);
      return element == null ? null : element.getText();
    });
  }

  /** Waits until the condition gives something; what it reads may be drawn anew meanwhile. */
  public <T> T await(Function<? super WebDriver, T> condition) {
    return new WebDriverWait(driver, PATIENCE)
        .ignoring(StaleElementReferenceException.class)
        .until(condition);
  }

  /** Resizes the window, for pages on small screens. */
  public Browser resize(int width, int height) {
    driver.manage().window().setSize(new Dimension(width, height));
    return this;
  }

  /** What keeps people from using the page that is shown, by axe-core; only what is serious. */
  public List<String> seriousFindings() {
    return new AxeBuilder()
        .analyze(driver).getViolations().stream()
            .filter(rule -> Set.of("serious", "critical").contains(rule.getImpact()))
            .map(rule ->
                rule.getId() + " " + rule.getNodes().stream().map(n -> n.getHtml()).toList())
            .toList();
  }

  /** Keeps what is to be seen now as {@code target/screenshots/NAME.png}. */
  public Path screenshot(String name) {
    try {
      Files.createDirectories(SCREENSHOTS);
      return Files.copy(
          driver.getScreenshotAs(OutputType.FILE).toPath(),
          SCREENSHOTS.resolve(name + ".png"),
          StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    driver.quit();
    try {
      Directories.delete(profile);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
