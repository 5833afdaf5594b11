package org.slipway.startup;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.logging.Logger;
import org.slipway.https.HttpsPort;
import org.slipway.settings.PortalSettings;
import org.slipway.settings.Settings;

/** Opens the encrypted port and says where the console is, once somebody can open it. */
final class Welcome {
  private static final Logger LOG = Logger.getLogger(Welcome.class.getName());
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final int port;
  private final HttpsPort https;

  Welcome(Settings settings, HttpsPort https) {
    this.https = https;
    this.port = settings.get(PortalSettings.HTTP_PORT);
  }

  void announce(Optional<String> setupToken) {
    waitForConsole();
    String console = "http://localhost:" + port + "/";
    https.start();
    String encrypted =
        https.port().map(p -> ", encrypted at https://localhost:" + p + "/").orElse("");
    LOG.info("The console is at " + console + encrypted);
    setupToken.ifPresent(token ->
        LOG.info(
            "There is no administrator yet. This link makes one and works once: "
                + console
                + "setup.xhtml?token="
                + token));
  }

  private void waitForConsole() {
    Instant end = Instant.now().plus(PATIENCE);
    while (!isOpen() && Instant.now().isBefore(end)) {
      LockSupport.parkNanos(Duration.ofMillis(200).toNanos());
    }
  }

  /** The port is open before the application behind it answers. */
  private boolean isOpen() {
    try {
      URI health = URI.create("http://localhost:" + port + "/health/live");
      HttpURLConnection connection = (HttpURLConnection) health.toURL().openConnection();
      connection.setConnectTimeout(500);
      connection.setReadTimeout(5_000);
      return connection.getResponseCode() == HttpURLConnection.HTTP_OK;
    } catch (IOException e) {
      return false;
    }
  }
}
