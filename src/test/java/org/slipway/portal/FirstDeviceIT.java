package org.slipway.portal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.openqa.selenium.By.cssSelector;
import static org.openqa.selenium.By.id;
import static org.openqa.selenium.By.xpath;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.commons.net.ftp.FTP;
import org.apache.commons.net.ftp.FTPClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.support.ui.ExpectedConditions;

/**
 * The walk-through of the README, from the first start to a provisioned device: what a newcomer
 * does in the first ten minutes, in a real browser, with the WAR started as the run command starts
 * it.
 */
class FirstDeviceIT {
  private static final String ADMIN_PASSWORD = "harbour-Crane-42";
  private static final String LAB_PASSWORD = "correct-horse-7";
  private static final String MAC = "52:54:00:12:34:56";
  private static final List<String> NAMES =
      List.of("rootfs.img", "modules.img", "config.txt", "app.tar", "\u8bc1\u4e66 1.pem", "motd");

  @TempDir Path folder;
  private final Random random = new Random(42);

  @Test
  void fromTheFirstStartToAProvisionedDevice() throws Exception {
    try (RunningPortal portal = RunningPortal.start(Map.of());
        Browser admin = Browser.open("en");
        Browser lab = Browser.open("zh-CN")) {
      setUpTheAdministrator(portal, admin);
      register(portal, lab);
      approve(portal, admin);
      lab.await(ExpectedConditions.presenceOfElementLocated(cssSelector("[href*='signin.xhtml']")));
      lab.screenshot("story-4-approved-zh");
      Map<String, byte[]> boot = uploadBootFiles(portal, admin);
      Map<String, byte[]> files = uploadByFtp(portal);
      makeTheManifest(portal, admin, files);
      addTheDevice(portal, admin);
      provision(portal, boot, files);
      seeTheTimeline(portal, admin);
      seeTheQuota(portal, lab, files);
    }
  }

  private static void setUpTheAdministrator(RunningPortal portal, Browser admin) {
    String link =
        portal
            .awaitLog("http://localhost:\\d+(/setup\\.xhtml\\?token=\\S+)", Duration.ofSeconds(60))
            .group(1);
    admin.go(portal.url(link)).type(id("setup:username"), "admin");
    admin.screenshot("story-1-first-start");
    admin.type(id("setup:password"), ADMIN_PASSWORD).type(id("setup:repeated"), ADMIN_PASSWORD);
    admin.click(id("setup:submit"));
    admin.await(ExpectedConditions.not(ExpectedConditions.urlContains("setup.xhtml")));
    if (admin.driver().getCurrentUrl().contains("signin.xhtml")) {
      signIn(admin, "admin", ADMIN_PASSWORD);
    }
    admin.see(id("appearance:signOut"));
    admin.go(portal.url(link));
    assertThat(admin.driver().findElements(id("setup:submit"))).isEmpty();
  }

  private static void signIn(Browser browser, String username, String password) {
    browser.type(id("signin:username"), username).type(id("signin:password"), password);
    browser.click(id("signin:submit"));
    browser.see(id("appearance:signOut"));
  }

  private static void register(RunningPortal portal, Browser lab) {
    lab.go(portal.url("/register.xhtml"));
    lab.type(id("register:username"), "lab").type(id("register:email"), "lab@example.org");
    lab.type(id("register:displayName"), "\u5b9e\u9a8c\u5ba4 <script>alert(1)</script>");
    lab.type(id("register:password"), LAB_PASSWORD).type(id("register:repeated"), LAB_PASSWORD);
    lab.screenshot("story-2-register-zh");
    lab.click(id("register:submit"));
    lab.await(ExpectedConditions.urlContains("registration.xhtml"));
    lab.screenshot("story-3-waiting-zh");
  }

  private static void approve(RunningPortal portal, Browser admin) {
    admin.go(portal.url("/accounts/approvals.xhtml"));
    admin.see(xpath("//*[text()='lab']"));
    admin.screenshot("story-4-approvals");
    admin.click(cssSelector("[id$=':approve']"));
    admin.see(id("approveForm:quotaBytes"));
    admin.type(id("approveForm:quotaBytes"), "64M");
    admin.screenshot("story-4-approve");
    admin.click(id("approveForm:submit"));
    admin.await(ExpectedConditions.invisibilityOfElementLocated(xpath("//*[text()='lab']")));
  }

  private Map<String, byte[]> uploadBootFiles(RunningPortal portal, Browser admin)
      throws IOException {
    Map<String, byte[]> boot = new LinkedHashMap<>();
    boot.put("kernel.bin", bytes(300_001));
    boot.put("board.dtb", bytes(1024));
    for (var file : boot.entrySet()) {
      Path local = Files.write(folder.resolve(file.getKey()), file.getValue());
      admin.go(portal.url("/bootfiles/boot-files.xhtml"));
      admin
          .await(ExpectedConditions.presenceOfElementLocated(id("bootFiles:upload_input")))
          .sendKeys(local.toString());
      admin.see(xpath("//*[@id='bootFiles:table']//*[text()='" + file.getKey() + "']"));
    }
    admin.screenshot("story-5-boot-files");
    return boot;
  }

  private Map<String, byte[]> uploadByFtp(RunningPortal portal) throws IOException {
    Map<String, byte[]> files = new LinkedHashMap<>();
    FTPClient ftp = new FTPClient();
    ftp.setControlEncoding("UTF-8");
    ftp.connect("127.0.0.1", portal.ftpPort());
    assertThat(ftp.login("lab", LAB_PASSWORD)).isTrue();
    ftp.enterLocalPassiveMode();
    ftp.setFileType(FTP.BINARY_FILE_TYPE);
    assertThat(ftp.makeDirectory("images")).isTrue();
    for (String name : NAMES) {
      byte[] content = bytes(random.nextInt(200_000));
      files.put("images/" + name, content);
      assertThat(ftp.storeFile("images/" + name, new ByteArrayInputStream(content)))
          .as(ftp.getReplyString())
          .isTrue();
    }
    ftp.logout();
    ftp.disconnect();
    return files;
  }

  private static void makeTheManifest(
      RunningPortal portal, Browser admin, Map<String, byte[]> files) {
    new ManifestPage(portal, admin)
        .make("board", "lab", List.of("kernel.bin", "board.dtb", "board.rc"), files.keySet());
    admin.screenshot("story-6-manifest");
    Rest rest = new Rest(portal, "admin", ADMIN_PASSWORD);
    assertThat(rest.get("/manifests/board").get("files")).hasSize(files.size());
  }

  private static void addTheDevice(RunningPortal portal, Browser admin) {
    admin.go(portal.url("/devices/devices.xhtml"));
    admin.click(id("devices:addFirst"));
    admin.see(id("deviceForm:hardwareAddress"));
    admin.type(id("deviceForm:hardwareAddress"), "52-54-00-12-34-56");
    admin.type(id("deviceForm:name"), "board 1").type(id("deviceForm:address"), "127.0.0.5");
    admin.choose("deviceForm:manifest", "board");
    admin.screenshot("story-7-device");
    admin.click(id("deviceForm:submit"));
    admin.see(xpath("//*[@id='devices:table']//*[text()='board 1']"));
    admin.screenshot("story-7-devices");
    Rest rest = new Rest(portal, "admin", ADMIN_PASSWORD);
    assertThat(rest.get("/devices/" + MAC).get("manifest").asText()).isEqualTo("board");
  }

  private void provision(RunningPortal portal, Map<String, byte[]> boot, Map<String, byte[]> files)
      throws Exception {
    Path into = folder.resolve("device");
    Path password = Files.writeString(folder.resolve("password"), LAB_PASSWORD + "\n");
    Process client =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-jar",
                "target/slipway-client.jar",
                "provision",
                "127.0.0.1",
                "--mac",
                MAC,
                "--bootp-port",
                String.valueOf(portal.bootpPort()),
                "--client-port",
                "0",
                "--tftp-port",
                String.valueOf(portal.tftpPort()),
                "--ftp-port",
                String.valueOf(portal.ftpPort()),
                "--user",
                "lab",
                "--password-file",
                password.toString(),
                "--into",
                into.toString(),
                "--portal",
                portal.url("/").toString())
            .redirectErrorStream(true)
            .start();
    String said = new String(client.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(client.waitFor()).as(said).isZero();
    Map<String, byte[]> all = new LinkedHashMap<>(boot);
    all.putAll(files);
    for (var file : all.entrySet()) {
      assertThat(sha256(Files.readAllBytes(into.resolve(file.getKey()))))
          .as(file.getKey())
          .isEqualTo(sha256(file.getValue()));
    }
  }

  private static void seeTheTimeline(RunningPortal portal, Browser admin) {
    admin.go(portal.url("/devices/device.xhtml?mac=" + MAC));
    admin.see(By.tagName("h1"));
    admin.screenshot("story-9-timeline");
    assertThat(admin.driver().getPageSource()).contains("board.rc", "motd", "Provisioned");
    admin.go(portal.url("/devices/devices.xhtml"));
    admin.see(xpath("//*[@id='devices:table']//tr[contains(., 'Complete')]//*[text()='board 1']"));
    admin.go(portal.url("/"));
    admin.see(id("overview:tiles"));
    List<String> booting =
        admin.await(d ->
            d.findElements(id("overview:bootingCard")).stream().map(WebElement::getText).toList());
    assertThat(booting).noneMatch(card -> card.contains(MAC));
  }

  private static void seeTheQuota(RunningPortal portal, Browser lab, Map<String, byte[]> files) {
    lab.go(portal.url("/signin.xhtml"));
    signIn(lab, "lab", LAB_PASSWORD);
    lab.screenshot("story-10-home-zh");
    assertThat(lab.driver().getPageSource())
        .contains("&lt;script&gt;alert(1)&lt;/script&gt;")
        .doesNotContain("<script>alert(1)");
    Rest rest = new Rest(portal, "lab", LAB_PASSWORD);
    long stored = files.values().stream().mapToLong(f -> f.length).sum();
    assertThat(rest.get("/me").get("usedBytes").asLong()).isEqualTo(stored);
    assertThat(rest.get("/me").get("usedFiles").asInt()).isEqualTo(files.size());
  }

  private byte[] bytes(int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }

  private static String sha256(byte[] bytes) throws Exception {
    return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
  }
}
