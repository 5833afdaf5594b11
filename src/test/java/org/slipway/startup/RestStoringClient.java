package org.slipway.startup;

import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import org.slipway.portal.RunningPortal;

/** Stores files by the REST API. */
final class RestStoringClient implements StoringClient {
  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final String FILES = "/api/v1/files/";

  private final RunningPortal portal;
  private final String authorization;

  RestStoringClient(RunningPortal portal, String username, String password) {
    this.portal = portal;
    this.authorization =
        "Basic "
            + Base64.getEncoder()
                .encodeToString((username + ":" + password).getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public int store(String path, byte[] content) throws IOException {
    return send("PUT", path, "application/octet-stream", BodyPublishers.ofByteArray(content));
  }

  @Override
  public int abort(String path, int size) throws IOException {
    try (Socket socket = new Socket("127.0.0.1", portal.httpPort())) {
      OutputStream out = socket.getOutputStream();
      out.write(
          "PUT %s%s HTTP/1.1\r\nHost: localhost\r\nAuthorization: %s\r\nContent-Length: %d\r\n\r\n"
              .formatted(FILES, path, authorization, size)
              .getBytes(StandardCharsets.US_ASCII));
      out.write(new byte[size / 2]);
      out.flush();
    }
    throw new AbortedException();
  }

  @Override
  public int delete(String path) throws IOException {
    return send("DELETE", path, "application/json", BodyPublishers.noBody());
  }

  @Override
  public int rename(String from, String to) throws IOException {
    return operate(from, "{\"op\":\"rename\",\"to\":\"" + to + "\"}");
  }

  @Override
  public int makeFolder(String path) throws IOException {
    return operate(path, "{\"op\":\"mkdir\"}");
  }

  /** With all that is in it. */
  @Override
  public int deleteFolder(String path) throws IOException {
    return send("DELETE", path + "?recursive=true", "application/json", BodyPublishers.noBody());
  }

  private int operate(String path, String json) throws IOException {
    return send("POST", path, "application/json", BodyPublishers.ofString(json));
  }

  private int send(String method, String path, String type, BodyPublisher body) throws IOException {
    HttpRequest request =
        HttpRequest.newBuilder(portal.url(FILES + path))
            .timeout(Duration.ofSeconds(60))
            .header("Authorization", authorization)
            .header("Content-Type", type)
            .method(method, body)
            .build();
    try {
      return HTTP.send(request, BodyHandlers.discarding()).statusCode();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    // Its connections are of no one client.
  }
}
