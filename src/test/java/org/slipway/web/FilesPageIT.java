package org.slipway.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.RandomAccessFile;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;
import org.openqa.selenium.JavascriptExecutor;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;
import org.slipway.portal.Browser;
import org.slipway.portal.Rest;
import org.slipway.portal.RunningPortal;

/** One's own files in a real browser: up, down, about and back from the trash. */
class FilesPageIT {
  private static final String PASSWORD = "Fourteen-geese-fly";
  private static final String CHINESE = "\u5927\u6587\u4ef6 20 MB.bin";
  private static final int LARGE = 20 << 20;

  @TempDir static Path disk;
  private static RunningPortal portal;
  private static Browser browser;

  @BeforeAll
  static void signIn() {
    browser = open("fay", "en");
  }

  static Browser open(String username, String language) {
    portal = RunningPortal.shared();
    Rest.administrator(portal)
        .post(
            "/accounts",
            "{\"username\":\"%s\",\"password\":\"%s\",\"quotaBytes\":30000000,\"quotaFiles\":100}"
                .formatted(username, PASSWORD));
    return signedIn(username, language);
  }

  private static Browser signedIn(String username, String language) {
    Browser opened = Browser.open(language);
    opened
        .go(portal.url("/signin.xhtml"))
        .type(By.id("signin:username"), username)
        .type(By.id("signin:password"), PASSWORD)
        .click(By.id("signin:submit"));
    opened.see(By.id("ownName"));
    return opened;
  }

  @AfterAll
  static void close() {
    browser.close();
  }

  private static String upload(Browser in, Path... files) {
    WebElement input = in.driver().findElement(By.id("fileInput"));
    input.sendKeys(
        String.join(
            "\n", List.of(files).stream().map(f -> f.toAbsolutePath().toString()).toList()));
    return rowOf(in, files[files.length - 1].getFileName().toString());
  }

  private static String rowOf(Browser in, String name) {
    return in.await(d -> {
      List<WebElement> rows =
          d.findElements(By.xpath("//li[contains(@class,'upload')][.//bdi[.='" + name + "']]"));
      return rows.stream()
          .filter(
              r -> Set.of("done", "failed", "skipped").contains(r.getDomAttribute("data-state")))
          .map(WebElement::getText)
          .reduce((a, b) -> b)
          .orElse(null);
    });
  }

  private static By file(String name) {
    return By.xpath("//*[@id='files:table']//button[@data-name='" + name + "']");
  }

  private static By folder(String name) {
    return By.xpath("//*[@id='files:table']//a[.='" + name + "']");
  }

  private static By inRow(String name, String part) {
    return By.xpath("//tr[.//input[@data-name='" + name + "']]//" + part);
  }

  private static void home(Browser in) {
    in.go(portal.url("/files/files.xhtml"));
    in.see(By.id("dropZone"));
  }

  private static byte[] random(int size) {
    byte[] bytes = new byte[size];
    new Random(7).nextBytes(bytes);
    return bytes;
  }

  @Test
  void aLargeFileWithAChineseNameGoesUpAndComesBackTheSame() throws Exception {
    byte[] content = random(LARGE);
    Path large = Files.write(disk.resolve(CHINESE), content);
    home(browser);
    browser.screenshot("files-empty");
    assertThat(upload(browser, large)).contains("Stored", "20 MiB");
    browser.see(file(CHINESE));
    browser.screenshot("files-uploaded");
    String href =
        browser.await(d -> d.findElement(inRow(CHINESE, "a[@download]")).getDomAttribute("href"));
    HttpResponse<byte[]> whole = get(href);
    assertThat(whole.body()).isEqualTo(content);
    assertThat(whole.headers().firstValue("Content-Disposition").orElseThrow())
        .isEqualTo("attachment; filename*=UTF-8''%E5%A4%A7%E6%96%87%E4%BB%B6%2020%20MB.bin");
    HttpResponse<byte[]> part = get(href, "Range", "bytes=10-19");
    assertThat(part.statusCode()).isEqualTo(206);
    assertThat(part.body()).hasSize(10).startsWith(content[10]);

    Path tooMuch = disk.resolve("too-much.bin");
    try (RandomAccessFile sparse = new RandomAccessFile(tooMuch.toFile(), "rw")) {
      sparse.setLength(10 << 20);
    }
    assertThat(upload(browser, tooMuch)).contains("too small by", "MiB", "trash");
    browser.screenshot("files-over-quota");
    assertThat(browser.seriousFindings()).isEmpty();

    browser.click(inRow(CHINESE, "input"));
    browser.click(By.id("files:discard"));
    browser.see(By.id("files:undo"));
    browser.click(By.id("files:showTrash"));
    browser.see(By.id("trashForm:empty"));
    browser.screenshot("files-trash");
    browser.click(By.id("trashForm:empty"));
    browser.click(By.cssSelector(".ui-confirmdialog-yes"));
    browser.await(d -> d.findElement(By.id("trashCount")).getText().contains("is empty"));
  }

  @Test
  void thingsAreOrderedAboutAndBroughtBack() throws Exception {
    Path page = Files.writeString(disk.resolve("page.html"), "<script>alert(1)</script> #{7*7}");
    Path other = Files.writeString(disk.resolve("a,b & c.txt"), "other");
    home(browser);
    assertThat(upload(browser, page, other)).contains("Stored");
    browser
        .click(By.id("files:newFolder"))
        .type(By.id("folderForm:newFolder"), "\u6587\u4ef6\u5939 one")
        .click(By.id("folderForm:submit"));
    browser.see(folder("\u6587\u4ef6\u5939 one"));
    assertThat(rowOf(browser, "page.html")).contains("Stored");

    browser.click(file("page.html"));
    browser.await(d -> !d.findElement(By.id("previewText")).getText().isEmpty());
    assertThat(browser.read(By.id("previewText"))).isEqualTo("<script>alert(1)</script> #{7*7}");
    browser.click(By.id("previewChecksum"));
    browser.await(d -> !d.findElement(By.id("previewSha256")).getText().isEmpty());
    assertThat(browser.read(By.id("previewSha256"))).matches("[0-9a-f]{64}");
    browser.screenshot("files-preview");
    assertThat(browser.seriousFindings()).isEmpty();
    browser.driver().switchTo().activeElement().sendKeys(Keys.ESCAPE);

    home(browser);
    browser.click(inRow("page.html", "button[contains(@id,':rename')]"));
    browser.type(By.id("renameForm:newName"), "renamed.html").click(By.id("renameForm:submit"));
    browser.see(file("renamed.html"));
    browser.await(d -> d.findElements(By.cssSelector(".ui-dialog-mask")).isEmpty());
    browser.click(inRow("renamed.html", "input")).click(inRow("a,b & c.txt", "input"));
    browser.await(d -> d.findElement(By.id("pickedCount")).getText().contains("2"));
    browser.screenshot("files-selection");
    assertThat(namesIn(get(browser.see(By.id("zip")).getDomAttribute("href")).body()))
        .containsExactlyInAnyOrder("renamed.html", "a,b & c.txt");

    browser.click(By.id("files:move"));
    browser.click(By.xpath("//*[@id='moveForm']//a[contains(.,'one')]"));
    browser.see(By.xpath("//*[@id='moveForm']//nav//a[contains(.,'one')]"));
    browser.click(By.id("moveForm:submit"));
    browser.see(By.cssSelector("#files .note-good"));
    browser.click(folder("\u6587\u4ef6\u5939 one"));
    browser.see(file("renamed.html"));
    browser.click(inRow("a,b & c.txt", "input")).click(By.id("files:discard"));
    browser.click(By.id("files:undo"));
    browser.see(file("a,b & c.txt"));
    browser.resize(390, 844).screenshot("files-small");
    browser.resize(1280, 900);
  }

  @Test
  void aNameThatExistsIsAskedAbout() throws Exception {
    home(browser);
    Path twice = Files.writeString(disk.resolve("twice.txt"), "first");
    assertThat(upload(browser, twice)).contains("Stored");
    Files.writeString(twice, "second and longer");
    WebElement input = browser.driver().findElement(By.id("fileInput"));
    input.sendKeys(twice.toString());
    browser.see(By.cssSelector("[data-conflict=RENAME]"));
    browser.screenshot("files-conflict");
    assertThat(browser.seriousFindings()).isEmpty();
    browser.click(By.cssSelector("[data-conflict=RENAME]"));
    browser.see(file("twice.txt.new"));
    assertThat(new String(get("/my/files/twice.txt").body(), StandardCharsets.UTF_8))
        .isEqualTo("first");
  }

  @Test
  void inChineseAndDark() throws Exception {
    try (Browser small = open("mei", "zh-CN")) {
      small.resize(390, 844);
      home(small);
      small.click(By.id("appearance:theme"));
      small.click(By.id("appearance:theme"));
      home(small);
      Path text = Files.writeString(disk.resolve("\u8bf4\u660e.txt"), "\u4f60\u597d");
      assertThat(upload(small, text)).contains("\u5df2\u5b58\u50a8");
      small.see(file("\u8bf4\u660e.txt"));
      small.screenshot("files-zh-dark-small");
      assertThat(small.seriousFindings()).isEmpty();
      small.resize(1280, 900);
      small.screenshot("files-zh-dark");
    }
  }

  @Test
  void aPictureIsShownAndFetchedOnce() throws Exception {
    Path picture = disk.resolve("dot.png");
    ImageIO.write(new BufferedImage(3, 2, BufferedImage.TYPE_INT_RGB), "png", picture.toFile());
    home(browser);
    assertThat(upload(browser, picture)).contains("Stored");
    browser.click(file("dot.png"));
    WebElement shown = browser.see(By.id("previewPicture"));
    browser.await(page -> "3".equals(shown.getDomProperty("naturalWidth")));
    String fetched =
        "return performance.getEntriesByType('resource')"
            + ".filter(e => e.name.endsWith('dot.png?preview')).length";
    assertThat(((JavascriptExecutor) browser.driver()).executeScript(fetched)).isEqualTo(1L);
    browser.driver().switchTo().activeElement().sendKeys(Keys.ESCAPE);
  }

  private static List<String> namesIn(byte[] zip) throws Exception {
    List<String> names = new ArrayList<>();
    try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(zip))) {
      for (ZipEntry e = in.getNextEntry(); e != null; e = in.getNextEntry()) {
        names.add(e.getName());
      }
    }
    return names;
  }

  private static HttpResponse<byte[]> get(String path, String... headers) throws Exception {
    return new BrowserRequests(portal, browser).get(path, headers);
  }
}
