package org.slipway.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slipway.api.Api.Answer;
import org.slipway.certificates.Issued;
import org.slipway.portal.TlsConnection;

/** The certificate of the console, replaced while the portal runs and looked at by handshakes. */
class CertificatesIT {
  private static final String CONSOLE = "/api/v1/certificates/console";

  private static X509Certificate shown() throws IOException {
    try (TlsConnection connection = TlsConnection.to(Api.portal().httpsPort())) {
      return connection.shown();
    }
  }

  private static String upload(String certificates, String key, String passphrase) {
    return ApiJson.MAPPER
        .createObjectNode()
        .put("certificates", certificates)
        .put("key", key)
        .put("passphrase", passphrase)
        .toString();
  }

  private static String fingerprint(Answer answer) {
    return answer.json().get("fingerprint").asText();
  }

  @Test
  void itIsReplacedWhileThePortalRunsAndNoConnectionIsDisturbed() throws IOException {
    Api admin = Api.administrator();
    Issued first = Issued.wish().rsa(2048).by("An Authority", "rsa.example.org");
    Issued second = Issued.wish().by("An Authority", "ec.example.org");
    try (TlsConnection old = TlsConnection.to(Api.portal().httpsPort())) {
      assertThat(old.get("/health/live")).startsWith("HTTP/1.1 200");
      Answer replaced = admin.put(CONSOLE, upload(first.pem(), first.key(), null));
      assertThat(replaced.status).as(replaced.text()).isEqualTo(200);
      assertThat(replaced.json().get("state").asText()).isEqualTo("VALID");
      assertThat(replaced.json().get("names").get(0).asText()).isEqualTo("rsa.example.org");
      assertThat(replaced.header("ETag")).isEqualTo('"' + fingerprint(replaced) + '"');
      assertThat(replaced.text()).doesNotContain("PRIVATE KEY");
      try (TlsConnection fresh = TlsConnection.to(Api.portal().httpsPort())) {
        assertThat(fresh.shown()).isEqualTo(first.certificate());
        assertThat(fresh.chainLength()).isEqualTo(2);
      }
      assertThat(old.get("/health/live")).startsWith("HTTP/1.1 200");
      String pkcs12 = Base64.getEncoder().encodeToString(second.pkcs12("sesame"));
      assertThat(
              admin.put(
                      CONSOLE,
                      "{\"pkcs12\":\"%s\",\"passphrase\":\"sesame\"}".formatted(pkcs12),
                      "If-Match",
                      replaced.header("ETag"))
                  .status)
          .isEqualTo(200);
      assertThat(shown()).isEqualTo(second.certificate());
      assertThat(
              admin.put(
                      CONSOLE,
                      upload(first.pem(), first.key(), null),
                      "If-Match",
                      replaced.header("ETag"))
                  .status)
          .isEqualTo(412);
      assertThat(old.get("/health/live")).startsWith("HTTP/1.1 200");
    }
    Answer made = admin.post(CONSOLE, "{\"op\":\"self-signed\",\"names\":[\"localhost\"]}");
    assertThat(made.json().get("state").asText()).isEqualTo("SELF_SIGNED");
    assertThat(shown().getSubjectX500Principal().getName()).contains("CN=localhost");
  }

  @Test
  void aBadUploadChangesNothingAndSaysWhy() throws IOException {
    Api admin = Api.administrator();
    X509Certificate before = shown();
    Issued good = Issued.wish().by("An Authority", "good.example.org");
    Issued other = Issued.wish().by("An Authority", "other.example.org");
    Issued weak = Issued.wish().rsa(1024).by("An Authority", "weak.example.org");
    String half = good.pem().substring(0, 200);
    for (String body :
        List.of(
            upload(good.pem(), other.key(), null),
            upload(weak.pem(), weak.key(), null),
            upload(half, good.key(), null),
            upload(good.pem(), good.encryptedKey("sesame"), "guess"),
            upload(good.pem(), null, null),
            upload(null, null, null),
            upload("x".repeat(300_000), good.key(), null),
            "{\"pkcs12\":\"AAAA\"}",
            "{\"pkcs12\":\"%\",\"passphrase\":\"x\"}",
            "{\"pkcs12\":\"\",\"key\":\"x\"}")) {
      Answer refused = admin.put(CONSOLE, body);
      assertThat(refused.status).as(refused.text()).isEqualTo(400);
      assertThat(refused.badField()).isNotEmpty();
      assertThat(refused.text()).doesNotContain("bouncycastle", "java.", "PRIVATE");
    }
    assertThat(admin.post(CONSOLE, "{\"op\":\"self-signed\",\"names\":[\"a b\"]}").badField())
        .isEqualTo("names[0]");
    assertThat(admin.post(CONSOLE, "{\"op\":\"other\"}").badField()).isEqualTo("op");
    assertThat(shown()).isEqualTo(before);
  }

  @Test
  void onlyAnAdministratorSeesAndChangesIt() {
    String selfSigned = "{\"op\":\"self-signed\"}";
    for (Api other : List.of(Api.operator(), Api.user())) {
      assertThat(other.get(CONSOLE).status).isEqualTo(403);
      assertThat(other.put(CONSOLE, "{}").status).isEqualTo(403);
      assertThat(other.post(CONSOLE, selfSigned).status).isEqualTo(403);
    }
    assertThat(Api.nobody().post(CONSOLE, selfSigned).status).isEqualTo(401);
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void theseVersionsAreSpoken(String version) throws IOException {
    try (TlsConnection connection = TlsConnection.to(Api.portal().httpsPort(), version)) {
      assertThat(connection.get("/health/live")).startsWith("HTTP/1.1 200");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA256",
        "TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA384",
        "TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA"
      })
  void aSuiteWithoutAuthenticatedEncryptionIsRefused(String suite) {
    assertThatThrownBy(() -> TlsConnection.withSuite(Api.portal().httpsPort(), suite).close())
        .isInstanceOf(SSLException.class);
  }

  /** The client's own platform would refuse to offer these, so the offer is written by hand. */
  @ParameterizedTest
  @ValueSource(ints = {0x0300, 0x0301, 0x0302})
  void olderVersionsAreRefused(int version) throws IOException {
    byte[] answer = TlsOffer.ofVersion(version).sendTo(Api.portal().httpsPort());
    assertThat(answer).as("an alert or nothing").doesNotContain(TlsOffer.HANDSHAKE);
  }

  @Test
  void theSameOfferOfAVersionThatIsSpokenIsAnswered() throws IOException {
    assertThat(TlsOffer.ofVersion(0x0303).sendTo(Api.portal().httpsPort()))
        .containsExactly(TlsOffer.HANDSHAKE);
  }

  @Test
  void theSessionCookieGoesOnlyByEncryption() throws IOException {
    try (TlsConnection connection = TlsConnection.to(Api.portal().httpsPort())) {
      assertThat(connection.get("/signin.xhtml"))
          .containsPattern("(?i)set-cookie: slipway-session=.*; Secure")
          .containsPattern("(?i)set-cookie: .*SameSite=Lax")
          .doesNotContain("Strict-Transport-Security");
    }
  }
}
