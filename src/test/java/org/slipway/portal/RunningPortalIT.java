package org.slipway.portal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Instant;
import java.util.Collection;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the process shows to the outside, whatever the portal in it does. */
class RunningPortalIT {

  private final RunningPortal portal = RunningPortal.shared();

  @Test
  void onlyConfiguredPortsListen() throws IOException {
    Set<String> configured =
        Set.of(
            "tcp/" + portal.httpPort(),
            "tcp/" + portal.httpsPort(),
            "tcp/" + portal.ftpPort(),
            "udp/" + portal.tftpPort(),
            "udp/" + portal.bootpPort());
    // Transfers of other tests may have ports of their own for a while.
    Instant deadline = Instant.now().plusSeconds(60);
    Collection<String> open;
    do {
      open = ListeningPorts.of(portal.pid());
    } while (open.size() > configured.size() && Instant.now().isBefore(deadline));
    assertThat(open).containsExactlyInAnyOrderElementsOf(configured);
  }

  /** Payara has endpoints of its own under these names, which answer without a login. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "/health",
        "/health/started",
        "/health/ready/more",
        "/openapi",
        "/openapi/",
        "/openapi/application.wadl",
        "/metrics",
        "/metrics/",
        "/metrics/base",
        "/metrics/vendor",
        "/application.wadl"
      })
  void endpointsOfTheContainerAreNotThere(String path) throws Exception {
    HttpResponse<String> response = request("GET", path);
    assertThat(response.statusCode()).isIn(401, 404);
    assertThat(response.body())
        .doesNotContainIgnoringCase("payara")
        .doesNotContain("wadl", "openapi: ", "# TYPE", "\"checks\"");
  }

  @Test
  void containerDoesNotIntroduceItself() throws Exception {
    HttpResponse<String> response = request("GET", "/health/live");
    assertThat(response.headers().map()).doesNotContainKeys("server", "x-powered-by");
    assertThat(response.body()).doesNotContainIgnoringCase("payara");
  }

  @Test
  void traceDoesNotEchoCredentials() throws Exception {
    assertThat(request("TRACE", "/").statusCode()).isEqualTo(405);
  }

  private HttpResponse<String> request(String method, String path) throws Exception {
    try (HttpClient http = HttpClient.newHttpClient()) {
      return http.send(
          HttpRequest.newBuilder(portal.url(path)).method(method, BodyPublishers.noBody()).build(),
          BodyHandlers.ofString());
    }
  }
}
