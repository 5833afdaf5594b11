package org.slipway.api;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.CookieManager;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.slipway.portal.RunningPortal;

/** Goes through the pages of the shared portal as a browser without scripts does. */
final class Visitor {
  private static final Pattern VIEW_STATE =
      Pattern.compile("name=\"jakarta\\.faces\\.ViewState\"[^>]*value=\"([^\"]*)\"");

  private final HttpClient http =
      HttpClient.newBuilder()
          .cookieHandler(new CookieManager())
          .followRedirects(HttpClient.Redirect.NEVER)
          .build();

  static Visitor stranger() {
    return new Visitor();
  }

  static Visitor signedIn(String username, String password) {
    Visitor visitor = new Visitor();
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("signin:username", username);
    fields.put("signin:password", password);
    HttpResponse<String> answer = visitor.submit("/signin.xhtml", "signin", fields);
    if (answer.statusCode() != 302) {
      throw new IllegalStateException(answer.statusCode() + " " + answer.body());
    }
    return visitor;
  }

  HttpResponse<String> get(String path) {
    return send(request(path).GET().build());
  }

  /** Opens a page and sends one of its forms by its button {@code submit}. */
  HttpResponse<String> submit(String page, String form, Map<String, String> fields) {
    Matcher state = VIEW_STATE.matcher(get(page).body());
    if (!state.find()) {
      throw new IllegalStateException(page + " has no form");
    }
    Map<String, String> all = new LinkedHashMap<>(fields);
    all.put(form, form);
    all.put(form + ":submit", form + ":submit");
    all.put("jakarta.faces.ViewState", state.group(1));
    String body =
        all.entrySet().stream()
            .map(e -> encoded(e.getKey()) + "=" + encoded(e.getValue()))
            .collect(Collectors.joining("&"));
    return send(
        request(page)
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(BodyPublishers.ofString(body))
            .build());
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private static HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(RunningPortal.shared().url(path))
        .timeout(Duration.ofSeconds(60))
        .header("Accept", "text/html");
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
