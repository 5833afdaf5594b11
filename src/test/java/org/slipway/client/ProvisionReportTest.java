package org.slipway.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code provision} leaves in a file, and what it tells a portal. */
class ProvisionReportTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String PATH = "/api/v1/devices/" + StubPortal.MAC + "/provisioned";

  @TempDir private Path scratch;
  private final List<String> told = new CopyOnWriteArrayList<>();
  private volatile int status = 204;
  private volatile String answer = "";
  private HttpServer http;
  private Path file;
  private Path password;

  @BeforeEach
  void open() throws IOException {
    file = Files.createDirectory(scratch.resolve("reports")).resolve("run.json");
    password = Files.writeString(scratch.resolve("password"), FtpStub.PASSWORD);
    http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    http.createContext(
        "/",
        exchange -> {
          String body =
              new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
          told.add(
              "%s %s %s %s"
                  .formatted(
                      exchange.getRequestMethod(),
                      exchange.getRequestURI(),
                      exchange.getRequestHeaders().getFirst("Authorization"),
                      body));
          byte[] bytes = answer.getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
          exchange.getResponseBody().write(bytes);
          exchange.close();
        });
    http.start();
  }

  @AfterEach
  void close() {
    http.stop(0);
  }

  private static StubPortal whole() throws IOException {
    return new StubPortal("a.bin", "sw.rc")
        .boot("a.bin", "a")
        .home("image", new byte[5000])
        .list("sw.rc");
  }

  private CommandRun provision(StubPortal portal, String... more) {
    List<String> arguments = new ArrayList<>(portal.arguments());
    arguments.addAll(List.of("--into", scratch.resolve("device").toString()));
    arguments.addAll(List.of(more));
    return CommandRun.of(arguments);
  }

  private CommandRun provisionAndTell(StubPortal portal, String... more) {
    List<String> options = new ArrayList<>(List.of("--user", FtpStub.USER));
    options.addAll(List.of("--password-file", password.toString(), "--portal", url()));
    options.addAll(List.of(more));
    return provision(portal, options.toArray(String[]::new));
  }

  private String url() {
    return "http://localhost:" + http.getAddress().getPort();
  }

  private JsonNode report() throws IOException {
    return JSON.readTree(Files.readString(file));
  }

  private JsonNode notice() throws IOException {
    assertThat(told).singleElement().asString().startsWith("POST " + PATH + " ");
    return JSON.readTree(told.getFirst().substring(told.getFirst().indexOf('{')));
  }

  @Test
  void theReportIsWhatJsonPrints() throws Exception {
    try (StubPortal portal = new StubPortal("a.bin").boot("a.bin", "a")) {
      CommandRun run = provision(portal, "--json", "--report", file.toString());
      assertThat(run.exitCode()).isZero();
      assertThat(file).content().isEqualTo(run.out());
      assertThat(report().get("outcome").asText()).isEqualTo("DONE");
      try (Stream<Path> left = Files.list(file.getParent())) {
        assertThat(left).containsExactly(file);
      }
    }
  }

  @Test
  void aReportTellsOfAFailureToo() throws Exception {
    Files.writeString(file, "the report of another run");
    try (StubPortal portal = new StubPortal("a.bin")) {
      CommandRun run = provision(portal, "--report", file.toString());
      assertThat(run.exitCode()).isEqualTo(4);
      assertThat(report().get("exitCode").asInt()).isEqualTo(4);
      assertThat(report().get("error").asText()).isEqualTo(run.err().strip());
      assertThat(report().has("portal")).isFalse();
    }
  }

  @Test
  void aReportThatHasNoPlaceIs2AndNothingIsSent() throws Exception {
    try (StubPortal portal = new StubPortal("a.bin")) {
      CommandRun run = provision(portal, "--report", scratch.resolve("no/run.json").toString());
      assertThat(run.exitCode()).isEqualTo(2);
      assertThat(portal.bootp().requests()).isEmpty();
    }
  }

  @Test
  void aReportThatCannotBeWrittenIs1() throws Exception {
    Files.createDirectories(file.resolve("a folder of that name"));
    try (StubPortal portal = new StubPortal("a.bin").boot("a.bin", "a")) {
      CommandRun run = provision(portal, "--report", file.toString());
      assertThat(run.exitCode()).isEqualTo(1);
      assertThat(run.err()).contains(file.toString()).hasLineCount(1);
    }
  }

  @Test
  void thePortalIsToldOfTheEnd() throws Exception {
    try (StubPortal portal = whole()) {
      CommandRun run = provisionAndTell(portal, "--report", file.toString());
      assertThat(run.err()).isEmpty();
      assertThat(run.exitCode()).isZero();
      assertThat(notice().get("outcome").asText()).isEqualTo("PROVISIONED");
      assertThat(told.getFirst()).contains("Basic ZGV2OmNvcnJlY3QgaG9yc2U=");
      assertThat(report().get("portal").get("told").asBoolean()).isTrue();
      assertThat(run.out()).contains("knows how it ended", "Done: 4 files");
    }
  }

  @Test
  void thePortalIsToldWhatFailed() throws Exception {
    try (StubPortal portal = whole()) {
      portal.home.remove("image");
      CommandRun run = provisionAndTell(portal);
      assertThat(run.exitCode()).isEqualTo(5);
      assertThat(notice().get("outcome").asText()).isEqualTo("NOT_PROVISIONED");
      assertThat(notice().get("text").asText()).contains("\"image\"", "550");
    }
  }

  @Test
  void whatFailedIsToldOnOneLineThatThePortalTakes() throws Exception {
    String name = "x".repeat(400);
    try (StubPortal portal = new StubPortal("sw.rc").home(name, new byte[1]).list("sw.rc")) {
      portal.home.clear();
      provisionAndTell(portal);
      assertThat(notice().get("text").asText()).hasSizeLessThanOrEqualTo(300).endsWith("x\u2026");
    }
  }

  @Test
  void whereNobodyAnswersThereIsNoRunToTellOf() throws Exception {
    try (StubPortal portal = new StubPortal()) {
      assertThat(provisionAndTell(portal).exitCode()).isEqualTo(3);
      assertThat(told).isEmpty();
    }
  }

  @Test
  void aPortalThatRefusesIs7AfterEverythingWasFetched() throws Exception {
    status = 403;
    answer = "{\"title\":\"Forbidden\",\"detail\":\"Not your device\"}";
    try (StubPortal portal = whole()) {
      CommandRun run = provisionAndTell(portal, "--report", file.toString());
      assertThat(run.exitCode()).isEqualTo(7);
      assertThat(run.err()).contains("does not take the report", "Not your device");
      assertThat(run.out()).contains("Done: 4 files");
      assertThat(report().get("files")).hasSize(4);
      assertThat(report().get("portal").get("told").asBoolean()).isFalse();
      assertThat(report().get("portal").get("error").asText()).contains("Not your device");
    }
  }

  @Test
  void aPortalThatIsNotThereIs1AfterEverythingWasFetched() throws Exception {
    http.stop(0);
    try (StubPortal portal = whole()) {
      CommandRun run = provisionAndTell(portal);
      assertThat(run.exitCode()).isEqualTo(1);
      assertThat(run.err()).contains("localhost:" + http.getAddress().getPort());
      assertThat(run.out()).contains("Done: 4 files");
    }
  }

  @Test
  void aPortalThatRefusesDoesNotHideWhatFailedBefore() throws Exception {
    status = 409;
    try (StubPortal portal = whole()) {
      portal.home.remove("image");
      CommandRun run = provisionAndTell(portal);
      assertThat(run.exitCode()).isEqualTo(5);
      assertThat(run.err()).contains("\"image\"", "HTTP 409");
    }
  }

  @Test
  void aPortalWithoutAnAccountIs2AndNothingIsSent() throws Exception {
    try (StubPortal portal = whole()) {
      CommandRun run = provision(portal, "--portal", url());
      assertThat(run.exitCode()).isEqualTo(2);
      assertThat(run.err()).contains("--user");
      assertThat(portal.bootp().requests()).isEmpty();
    }
  }

  @Test
  void whatIsNoAddressOfAPortalIs2AndNothingIsSent() throws Exception {
    try (StubPortal portal = whole()) {
      CommandRun run = provisionAndTell(portal, "--portal", "localhost");
      assertThat(run.exitCode()).isEqualTo(2);
      assertThat(portal.bootp().requests()).isEmpty();
    }
  }
}
