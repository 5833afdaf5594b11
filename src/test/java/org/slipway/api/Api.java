package org.slipway.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.slipway.portal.RunningPortal;

/** Asks the shared portal as one user, or as nobody. */
final class Api {
  private static final String PASSWORD = "apple-Pie-17";
  private static final AtomicInteger NAMES = new AtomicInteger();
  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final String authorization;
  final String username;

  private Api(String username, String password) {
    this.username = username;
    this.authorization =
        username == null
            ? null
            : "Basic "
                + Base64.getEncoder()
                    .encodeToString((username + ":" + password).getBytes(StandardCharsets.UTF_8));
  }

  private Api(String token) {
    this.username = null;
    this.authorization = "Bearer " + token;
  }

  static RunningPortal portal() {
    return RunningPortal.shared();
  }

  static Api administrator() {
    return new Api(RunningPortal.ADMIN_USERNAME, RunningPortal.ADMIN_PASSWORD);
  }

  static Api nobody() {
    return new Api(null, null);
  }

  static Api bearer(String token) {
    return new Api(token);
  }

  /** A new token of this user with these scopes, which stand in quotes with commas between them. */
  Api token(String scopes) {
    Answer made =
        post("/api/v1/me/tokens", "{\"name\":\"test\",\"scopes\":[%s]}".formatted(scopes));
    if (made.status != 201) {
      throw new IllegalStateException(made.toString());
    }
    return bearer(made.json().get("token").asText());
  }

  static Api as(String username, String password) {
    return new Api(username, password);
  }

  /** A new active account with these fields beside its name and password. */
  static Api account(String moreFields) {
    String name = uniqueName();
    Answer made =
        administrator()
            .post(
                "/api/v1/accounts",
                "{\"username\":\"%s\",\"password\":\"%s\"%s}"
                    .formatted(name, PASSWORD, moreFields.isEmpty() ? "" : "," + moreFields));
    if (made.status != 201) {
      throw new IllegalStateException(made.toString());
    }
    return new Api(name, PASSWORD);
  }

  static Api user() {
    return account("");
  }

  static Api operator() {
    return account("\"roles\":[\"OPERATOR\"]");
  }

  /** A name that no other test uses. */
  static String uniqueName() {
    return "t" + NAMES.incrementAndGet() + "-" + ProcessHandle.current().pid();
  }

  static String password() {
    return PASSWORD;
  }

  Answer get(String path, String... headers) {
    return send("GET", path, BodyPublishers.noBody(), headers);
  }

  Answer delete(String path, String... headers) {
    return send("DELETE", path, BodyPublishers.noBody(), headers);
  }

  Answer post(String path, String json, String... headers) {
    return json("POST", path, json, headers);
  }

  Answer patch(String path, String json, String... headers) {
    return json("PATCH", path, json, headers);
  }

  Answer put(String path, String json, String... headers) {
    return json("PUT", path, json, headers);
  }

  Answer upload(String path, byte[] content, String... headers) {
    return send("PUT", path, BodyPublishers.ofByteArray(content), headers);
  }

  /** Uploads without saying how much it will be. */
  Answer uploadChunked(String path, Supplier<InputStream> content) {
    return send("PUT", path, BodyPublishers.ofInputStream(content));
  }

  private Answer json(String method, String path, String json, String... headers) {
    String[] all = new String[headers.length + 2];
    System.arraycopy(headers, 0, all, 0, headers.length);
    all[headers.length] = "Content-Type";
    all[headers.length + 1] = "application/json";
    return send(method, path, BodyPublishers.ofString(json), all);
  }

  Answer send(String method, String path, BodyPublisher body, String... headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + portal().httpPort() + path))
            .timeout(Duration.ofSeconds(60))
            .method(method, body);
    if (authorization != null) {
      request.header("Authorization", authorization);
    }
    for (int i = 0; i < headers.length; i += 2) {
      request.header(headers[i], headers[i + 1]);
    }
    try {
      return new Answer(HTTP.send(request.build(), BodyHandlers.ofByteArray()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * Sends a request byte by byte as written, so that no client library corrects it, and closes the
   * connection behind it.
   *
   * @return what comes back until the end, empty if the portal says nothing
   */
  String raw(String requestLine, String moreHeadersAndBody) {
    try (Socket socket = new Socket("127.0.0.1", portal().httpPort())) {
      socket.setSoTimeout(20_000);
      String head =
          requestLine
              + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
              + (authorization == null ? "" : "Authorization: " + authorization + "\r\n");
      socket
          .getOutputStream()
          .write((head + moreHeadersAndBody).getBytes(StandardCharsets.ISO_8859_1));
      socket.shutdownOutput();
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Asks again until the answer is as wanted. */
  static void eventually(java.util.function.BooleanSupplier condition) {
    Instant deadline = Instant.now().plusSeconds(60);
    while (!condition.getAsBoolean()) {
      if (Instant.now().isAfter(deadline)) {
        throw new AssertionError("did not happen within 60 s");
      }
      Thread.onSpinWait();
    }
  }

  /** What came back. */
  static final class Answer {
    final int status;
    final byte[] body;
    private final HttpResponse<byte[]> response;

    private Answer(HttpResponse<byte[]> response) {
      this.status = response.statusCode();
      this.body = response.body();
      this.response = response;
    }

    String header(String name) {
      return response.headers().firstValue(name).orElse("");
    }

    String text() {
      return new String(body, StandardCharsets.UTF_8);
    }

    JsonNode json() {
      try {
        return MAPPER.readTree(body);
      } catch (IOException e) {
        throw new IllegalStateException("no JSON: " + this, e);
      }
    }

    /** The field of the first violation. */
    String badField() {
      return json().at("/violations/0/field").asText();
    }

    @Override
    public String toString() {
      return status + " " + response.headers().map() + " " + text();
    }
  }
}
