package org.slipway.portal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Goes through the pages of a portal as a browser without scripts does. */
public final class Visitor {
  private static final Pattern VIEW_STATE =
      Pattern.compile("name=\"jakarta\\.faces\\.ViewState\"[^>]*value=\"([^\"]*)\"");

  private static final Pattern NONCE = Pattern.compile("<script[^>]* nonce=\"([^\"]*)\"");
  private static final Pattern TOKEN = Pattern.compile("data-token=\"([^\"]*)\"");

  private final RunningPortal portal;
  private final HttpClient http =
      HttpClient.newBuilder()
          .cookieHandler(new CookieManager())
          .followRedirects(HttpClient.Redirect.NEVER)
          .build();

  private Visitor(RunningPortal portal) {
    this.portal = portal;
  }

  public static Visitor stranger() {
    return new Visitor(RunningPortal.shared());
  }

  public static Visitor signedIn(String username, String password) {
    return signedIn(RunningPortal.shared(), username, password);
  }

  public static Visitor signedIn(RunningPortal portal, String username, String password) {
    Visitor visitor = new Visitor(portal);
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("signin:username", username);
    fields.put("signin:password", password);
    HttpResponse<String> answer = visitor.submit("/signin.xhtml", "signin", fields);
    if (answer.statusCode() != 302) {
      throw new IllegalStateException(answer.statusCode() + " " + answer.body());
    }
    return visitor;
  }

  public HttpResponse<String> get(String path) {
    return send(request(path).GET().build());
  }

  /** A request that is no form's, as the scripts of the pages send it. */
  public HttpResponse<String> send(
      String method, String path, BodyPublisher body, String... headers) {
    HttpRequest.Builder request = asking(path).method(method, body);
    for (int i = 0; i < headers.length; i += 2) {
      request.header(headers[i], headers[i + 1]);
    }
    return send(request.build());
  }

  /** Opens a channel on which a page is told of news, with the cookies of this visitor. */
  public CompletableFuture<WebSocket> listen(String path, WebSocket.Listener listener) {
    URI address = URI.create(portal.url(path).toString().replaceFirst("^http", "ws"));
    return http.newWebSocketBuilder()
        .connectTimeout(Duration.ofSeconds(10))
        .buildAsync(address, listener);
  }

  /** What the pages of one's own files send along with each change. */
  public String token() {
    return found(TOKEN, get("/files/files.xhtml").body());
  }

  /** Opens a page and sends one of its forms by its button {@code submit}. */
  public HttpResponse<String> submit(String page, String form, Map<String, String> fields) {
    return open(page).press(form, form + ":submit", fields);
  }

  public void signOut() {
    open("/home.xhtml").press("appearance", "appearance:signOut", Map.of());
  }

  public Opened open(String page) {
    return new Opened(page, get(page));
  }

  private static String found(Pattern pattern, String page) {
    Matcher found = pattern.matcher(page);
    if (!found.find()) {
      throw new IllegalStateException("no " + pattern + " in " + page);
    }
    return found.group(1);
  }

  /** A page, the state of which goes back with each form that is sent. */
  public final class Opened {
    private final String address;
    private HttpResponse<String> shown;

    private Opened(String address, HttpResponse<String> shown) {
      this.address = address;
      this.shown = shown;
    }

    /** Sends a form by one of its buttons; what comes is the page from then on. */
    public HttpResponse<String> press(String form, String button, Map<String, String> fields) {
      Map<String, String> all = new LinkedHashMap<>(fields);
      all.put(form, form);
      all.put(button, button);
      all.put("jakarta.faces.ViewState", found(VIEW_STATE, shown.body()));
      all.putIfAbsent("primefaces.nonce", found(NONCE, shown.body()));
      String body =
          all.entrySet().stream()
              .map(e -> encoded(e.getKey()) + "=" + encoded(e.getValue()))
              .collect(Collectors.joining("&"));
      shown =
          send(
              request(address)
                  .header("Content-Type", "application/x-www-form-urlencoded")
                  .POST(BodyPublishers.ofString(body))
                  .build());
      return shown;
    }

    public String body() {
      return shown.body();
    }
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private HttpRequest.Builder request(String path) {
    return asking(path).header("Accept", "text/html");
  }

  private HttpRequest.Builder asking(String path) {
    return HttpRequest.newBuilder(portal.url(path)).timeout(Duration.ofSeconds(60));
  }

  private HttpResponse<String> send(HttpRequest request) {
    try {
      return http.send(request, BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
