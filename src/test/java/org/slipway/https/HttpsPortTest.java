package org.slipway.https;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.X509ExtendedKeyManager;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slipway.audit.Who;
import org.slipway.certificates.Issued;
import org.slipway.certificates.ServerCertificate;
import org.slipway.portal.FreePorts;
import org.slipway.portal.PortalParts;
import org.slipway.settings.Settings;

class HttpsPortTest {
  @TempDir Path folder;
  private final Map<String, String> values = new HashMap<>();
  private final Settings settings = new Settings(values::get, name -> null);
  private final AtomicReference<Integer> opened = new AtomicReference<>();
  private PortalParts parts;
  private ServerCertificate certificate;
  private HttpsPort https;

  private final HttpsConnector connector =
      new HttpsConnector() {
        @Override
        public void open(int port, X509ExtendedKeyManager keys) {
          opened.set(port);
        }

        @Override
        public void close() {
          opened.set(null);
        }
      };

  @BeforeEach
  void make() throws IOException {
    parts = PortalParts.open(folder);
    values.put("slipway.data.dir", folder.toString());
    certificate = new ServerCertificate(settings, parts.audit, parts.clock);
    https = new HttpsPort(settings, certificate, connector);
    values.put("slipway.https.port", String.valueOf(FreePorts.next()));
  }

  @AfterEach
  void close() {
    parts.close();
  }

  private void useTrusted() {
    Issued issued = Issued.wish().by("An Authority", "console.example.org");
    certificate.replaceWithPem(issued.pem(), issued.key(), new char[0], Who.SYSTEM);
  }

  @Test
  void nothingIsOpenedUnlessASettingNamesThePort() {
    values.remove("slipway.https.port");
    assertThat(https.isSettled()).isTrue();
    https.start();
    assertThat(opened.get()).isNull();
    assertThat(https.port()).isEmpty();
    assertThat(https.error()).isEmpty();
  }

  @Test
  void aTakenPortIsExplainedAndThePortalGoesOn() throws IOException {
    try (ServerSocket taken = new ServerSocket(0)) {
      values.put("slipway.https.port", String.valueOf(taken.getLocalPort()));
      assertThat(https.isSettled()).isFalse();
      https.start();
      assertThat(https.isSettled()).isTrue();
      assertThat(https.port()).isEmpty();
      assertThat(https.error().orElseThrow())
          .contains("port " + taken.getLocalPort(), "another program", "slipway.https.port");
      assertThat(opened.get()).isNull();
    }
  }

  @Test
  void nobodyIsSentThereUnlessTheSettingSaysSoAndItIsOpen() {
    https.start();
    assertThat(https.isRedirecting()).isFalse();
    HttpsPort closed = new HttpsPort(redirecting(), certificate, connector);
    assertThat(closed.isRedirecting()).isFalse();
  }

  /** HSTS with a certificate that browsers do not trust would lock people out. */
  @Test
  void browsersAreBoundToItOnlyWithACertificateThatTheyMayTrust() {
    HttpsPort redirecting = new HttpsPort(redirecting(), certificate, connector);
    redirecting.start();
    assertThat(redirecting.isRedirecting()).isTrue();
    assertThat(redirecting.isStrict()).isFalse();
    useTrusted();
    assertThat(redirecting.isStrict()).isTrue();
    certificate.makeSelfSigned(List.of("localhost"), Who.SYSTEM);
    assertThat(redirecting.isStrict()).isFalse();
    useTrusted();
    https.start();
    assertThat(https.isStrict()).isFalse();
  }

  private Settings redirecting() {
    Map<String, String> more = new HashMap<>(values);
    more.put("slipway.https.redirect", "true");
    return new Settings(more::get, name -> null);
  }

  @Test
  void theContainerFindsTheKeysByTheirNameWhileThePortalRuns() throws Exception {
    CurrentKeys.offer(certificate.keyManager());
    try {
      KeyManagerFactory factory = KeyManagerFactory.getInstance(CurrentKeys.ALGORITHM);
      factory.init(null, null);
      assertThat(factory.getKeyManagers()).containsExactly(certificate.keyManager());
    } finally {
      CurrentKeys.withdraw();
    }
    assertThat(java.security.Security.getProvider(CurrentKeys.ALGORITHM)).isNull();
  }
}
