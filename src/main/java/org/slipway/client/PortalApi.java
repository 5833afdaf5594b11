package org.slipway.client;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.slipway.api.model.Problem;

/** A portal's REST API, {@code /api/v1}. */
final class PortalApi implements AutoCloseable {
  private static final ObjectMapper JSON =
      new ObjectMapper().configure(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES, false);
  private static final int TOO_MANY_REQUESTS = 429;

  private final URI root;
  private final HttpClient client;
  private final Duration patience;
  private final Optional<String> authorization;

  private PortalApi(
      URI root, HttpClient client, Duration patience, Optional<String> authorization) {
    this.root = root;
    this.client = client;
    this.patience = patience;
    this.authorization = authorization;
  }

  /**
   * @param url of the console, as people write it
   * @param fingerprints of certificates that the user vouches for
   * @throws CommandFailedException if it is no URL
   */
  static PortalApi at(String url, Set<String> fingerprints, Duration patience) {
    HttpClient client =
        HttpClient.newBuilder()
            .connectTimeout(patience)
            .followRedirects(HttpClient.Redirect.NORMAL)
            .sslContext(new ServerTrust(fingerprints).context())
            .build();
    return new PortalApi(root(url), client, patience, Optional.empty());
  }

  /** The same for somebody; whoever makes it closes the first one only. */
  PortalApi as(String header) {
    return new PortalApi(root, client, patience, Optional.of(header));
  }

  static String basic(Credentials who) {
    byte[] pair = (who.user() + ":" + new String(who.password())).getBytes(StandardCharsets.UTF_8);
    return "Basic " + Base64.getEncoder().encodeToString(pair);
  }

  private static URI root(String url) {
    try {
      URI root = URI.create(url.endsWith("/") ? url : url + "/");
      if (root.getHost() != null && root.getScheme().matches("https?")) {
        return root.resolve("api/v1/");
      }
    } catch (IllegalArgumentException e) {
      // Said below.
    }
    throw new CommandFailedException(
        ExitCode.USAGE,
        Text.of("\"%s\" is no address of a portal, such as https://host:8443.", Printable.of(url)));
  }

  URI uri(String path) {
    return root.resolve(path);
  }

  /**
   * Sends JSON and reads the answer.
   *
   * @param path below {@code /api/v1/}, encoded
   */
  <T> T post(String path, Object body, Class<T> answer) throws IOException {
    return send(
        request(path)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofByteArray(JSON.writeValueAsBytes(body)))
            .build(),
        answer);
  }

  <T> T get(String path, Class<T> answer) throws IOException {
    return send(request(path).GET().build(), answer);
  }

  private HttpRequest.Builder request(String path) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(uri(path))
            .timeout(patience)
            .header("Accept", "application/json")
            .header("Accept-Language", Locale.getDefault(Locale.Category.DISPLAY).toLanguageTag());
    authorization.ifPresent(header -> request.header("Authorization", header));
    return request;
  }

  private <T> T send(HttpRequest request, Class<T> answer) throws IOException {
    HttpResponse<byte[]> response;
    try {
      response = client.send(request, BodyHandlers.ofByteArray());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CommandFailedException(ExitCode.FAILED, Text.of("Interrupted."), e);
    }
    if (response.statusCode() / 100 != 2) {
      throw new RefusedByPortalException(response.statusCode(), explanation(response));
    }
    return response.body().length == 0 ? null : JSON.readValue(response.body(), answer);
  }

  /** What is wrong, field by field where the portal says so (RFC 9457). */
  private static String explanation(HttpResponse<byte[]> response) {
    try {
      Problem problem = JSON.readValue(response.body(), Problem.class);
      if (problem.violations() != null && !problem.violations().isEmpty()) {
        return problem.violations().stream()
            .map(field -> "%s: %s".formatted(field.field(), field.message()))
            .map(Printable::of)
            .collect(Collectors.joining("; "));
      }
      String text = problem.detail() == null ? problem.title() : problem.detail();
      return text == null ? "HTTP " + response.statusCode() : Printable.of(text);
    } catch (IOException e) {
      return "HTTP " + response.statusCode();
    }
  }

  @Override
  public void close() {
    client.shutdownNow();
  }

  /** The portal answered, and said no. */
  static final class RefusedByPortalException extends IOException {
    private final int status;

    private RefusedByPortalException(int status, String explanation) {
      super(explanation);
      this.status = status;
    }

    /** Of HTTP. */
    int status() {
      return status;
    }

    /** Whether the same may be accepted later. */
    boolean isTransient() {
      return status == TOO_MANY_REQUESTS || status / 100 == 5;
    }
  }
}
