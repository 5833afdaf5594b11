package org.slipway.web;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import org.slipway.portal.Browser;
import org.slipway.portal.RunningPortal;

/** Requests as a browser would send them, whose session they use. */
record BrowserRequests(RunningPortal portal, Browser browser) {
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  HttpResponse<byte[]> get(String path, String... headers) throws Exception {
    return HTTP.send(request(path, headers).build(), BodyHandlers.ofByteArray());
  }

  int send(String method, String path, String body, String... headers) throws Exception {
    return HTTP.send(
            request(path, headers).method(method, BodyPublishers.ofString(body)).build(),
            BodyHandlers.discarding())
        .statusCode();
  }

  private HttpRequest.Builder request(String path, String... headers) {
    String session = browser.driver().manage().getCookieNamed("slipway-session").getValue();
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://localhost:" + portal.httpPort() + path))
            .header("Cookie", "slipway-session=" + session);
    for (int i = 0; i < headers.length; i += 2) {
      request.header(headers[i], headers[i + 1]);
    }
    return request;
  }
}
