package org.slipway.portal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** The REST API of any running portal as one user; a status that is no success fails the test. */
public final class Rest {
  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final RunningPortal portal;
  private final String authorization;

  public Rest(RunningPortal portal, String username, String password) {
    this.portal = portal;
    this.authorization =
        "Basic "
            + Base64.getEncoder()
                .encodeToString((username + ":" + password).getBytes(StandardCharsets.UTF_8));
  }

  public static Rest administrator(RunningPortal portal) {
    return new Rest(portal, RunningPortal.ADMIN_USERNAME, RunningPortal.ADMIN_PASSWORD);
  }

  public JsonNode get(String path) {
    return send("GET", path, BodyPublishers.noBody());
  }

  public JsonNode post(String path, String json) {
    return send("POST", path, BodyPublishers.ofString(json));
  }

  public JsonNode put(String path, String json) {
    return send("PUT", path, BodyPublishers.ofString(json));
  }

  public JsonNode patch(String path, String json) {
    return send("PATCH", path, BodyPublishers.ofString(json));
  }

  public void upload(String path, byte[] content) {
    send("PUT", path, BodyPublishers.ofByteArray(content));
  }

  private JsonNode send(String method, String path, BodyPublisher body) {
    boolean file = path.startsWith("/files/") || path.startsWith("/boot-files/");
    boolean json = !(file && method.equals("PUT"));
    HttpRequest request =
        HttpRequest.newBuilder(portal.url("/api/v1" + path))
            .header("Authorization", authorization)
            .header("Content-Type", json ? "application/json" : "application/octet-stream")
            .method(method, body)
            .build();
    try {
      HttpResponse<String> response = HTTP.send(request, BodyHandlers.ofString());
      if (response.statusCode() / 100 != 2) {
        throw new AssertionError(
            method + " " + path + ": " + response.statusCode() + " " + response.body());
      }
      return response.body().isEmpty() ? MAPPER.nullNode() : MAPPER.readTree(response.body());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
