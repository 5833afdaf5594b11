package org.slipway.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slipway.portal.FreePorts;

/** {@code register} at a server that answers as the portal's API does. */
class RegisterCommandTest {
  private static final String WAITING =
      "{\"id\":\"abc\",\"status\":\"PENDING\",\"waitsFor\":\"%s\"}";

  @TempDir private Path scratch;
  private final List<String> asked = new ArrayList<>();
  private final Queue<Answer> answers = new ArrayDeque<>();
  private HttpServer server;
  private Path password;

  private record Answer(int status, String body) {}

  @BeforeEach
  void open() throws IOException {
    password = Files.writeString(scratch.resolve("password"), "correct horse 7");
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/api/v1/registrations",
        exchange -> {
          String body =
              new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
          asked.add(exchange.getRequestMethod() + " " + exchange.getRequestURI() + " " + body);
          Answer answer = answers.size() > 1 ? answers.poll() : answers.peek();
          byte[] bytes = answer.body().getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(answer.status(), bytes.length);
          exchange.getResponseBody().write(bytes);
          exchange.close();
        });
    server.start();
  }

  @AfterEach
  void close() {
    server.stop(0);
  }

  private RegisterCommandTest answering(int status, String body) {
    answers.add(new Answer(status, body));
    return this;
  }

  private CommandRun register(String... more) {
    List<String> arguments = new ArrayList<>(List.of("register"));
    arguments.add("http://localhost:" + server.getAddress().getPort());
    arguments.addAll(List.of("--user=ann", "--email=ann@example.org"));
    arguments.add("--password-file=" + password);
    arguments.addAll(List.of(more));
    return CommandRun.of(arguments);
  }

  @Test
  void whoAppliesWaits() {
    CommandRun run = answering(202, WAITING.formatted("APPROVAL")).register("--name=Ann B");
    assertThat(run.err()).isEmpty();
    assertThat(run.exitCode()).isZero();
    assertThat(run.out()).contains("abc", "waits for an administrator").doesNotContain("horse");
    assertThat(asked)
        .singleElement()
        .asString()
        .startsWith("POST /api/v1/registrations ")
        .contains("\"username\":\"ann\"", "\"displayName\":\"Ann B\"", "correct horse 7");
  }

  @Test
  void itIsWaitedForTheApproval() {
    CommandRun run =
        answering(202, WAITING.formatted("CONFIRMATION"))
            .answering(200, WAITING.formatted("APPROVAL"))
            .answering(503, "")
            .answering(200, "{\"id\":\"abc\",\"status\":\"ACTIVE\"}")
            .register("--wait");
    assertThat(run.err()).isEmpty();
    assertThat(run.exitCode()).isZero();
    assertThat(run.out()).contains("link in the mail", "administrator decides", "is active");
    assertThat(asked.getLast()).startsWith("GET /api/v1/registrations/abc");
  }

  @Test
  void aRejectionIs7WithItsReason() {
    CommandRun run =
        answering(202, WAITING.formatted("APPROVAL"))
            .answering(
                200, "{\"id\":\"abc\",\"status\":\"REJECTED\",\"reason\":\"who\\u001b are you\"}")
            .register("--wait");
    assertThat(run.exitCode()).isEqualTo(7);
    assertThat(run.err()).contains("who\\u001B are you");
  }

  @Test
  void aRefusalIs7AndNamesEachField() {
    CommandRun run =
        answering(
                400,
                """
                {"title":"Bad Request","status":400,"violations":[
                  {"field":"password","code":"x","message":"is too easy to guess"},
                  {"field":"username","code":"y","message":"is taken"}]}
                """)
            .register();
    assertThat(run.exitCode()).isEqualTo(7);
    assertThat(run.err()).contains("password: is too easy to guess; username: is taken");
  }

  @Test
  void aPortalInTroubleIs1() {
    CommandRun run = answering(503, "{\"title\":\"Not ready\",\"status\":503}").register();
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err()).contains("Not ready");
  }

  @Test
  void jsonIsWhatThePortalSaid() {
    assertThat(answering(202, WAITING.formatted("APPROVAL")).register("--json").out())
        .startsWith("{")
        .contains("\"status\" : \"PENDING\"");
  }

  @Test
  void aFailureIsOneObjectToo() throws IOException {
    JsonNode rejected =
        answering(202, WAITING.formatted("APPROVAL"))
            .answering(200, "{\"id\":\"abc\",\"status\":\"REJECTED\",\"reason\":\"no\"}")
            .register("--wait", "--json")
            .failure(ExitCode.REFUSED);
    assertThat(rejected.get("id").asText()).isEqualTo("abc");
    assertThat(rejected.get("status").asText()).isEqualTo("REJECTED");
    assertThat(rejected.get("reason").asText()).isEqualTo("no");
    answers.clear();
    answering(503, "{\"title\":\"Not ready\",\"status\":503}")
        .register("--json")
        .failure(ExitCode.FAILED);
  }

  @Test
  void nobodyAtThePortIs3() {
    int free = FreePorts.next();
    CommandRun run =
        CommandRun.of(
            List.of(
                "register",
                "http://localhost:" + free,
                "--user=a",
                "--email=a@b",
                "--password-file=" + password));
    assertThat(run.exitCode()).isEqualTo(3);
    assertThat(run.err()).contains("localhost:" + free);
  }

  @Test
  void whatIsNoAddressIs2() {
    CommandRun run =
        CommandRun.of(
            List.of("register", "host", "--user=a", "--email=a@b", "--password-file=" + password));
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(CommandRun.of(List.of("register", "http://x")).exitCode()).isEqualTo(2);
  }
}
