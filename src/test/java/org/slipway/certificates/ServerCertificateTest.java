package org.slipway.certificates;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.slipway.accounts.InvalidInputException;
import org.slipway.accounts.Refusal;
import org.slipway.accounts.RefusedException;
import org.slipway.audit.AuditEntry;
import org.slipway.audit.Who;
import org.slipway.portal.PortalParts;
import org.slipway.settings.BadSettingException;
import org.slipway.settings.Settings;

class ServerCertificateTest {
  private static final Who ADMIN = new Who("admin", "127.0.0.1", "API");
  private static final char[] NONE = {};

  @TempDir static Path shared;
  private static PortalParts parts;

  @TempDir Path folder;
  private ServerCertificate certificate;

  @BeforeAll
  static void openDatabase() {
    parts = PortalParts.open(shared);
  }

  @AfterAll
  static void closeDatabase() {
    parts.close();
  }

  @BeforeEach
  void open() {
    certificate = certificate();
  }

  private ServerCertificate certificate() {
    Settings settings =
        new Settings(Map.of("slipway.data.dir", folder.toString())::get, name -> null);
    return new ServerCertificate(settings, parts.audit, parts.clock);
  }

  @Test
  void theFirstStartMakesOneForThisMachine() throws Exception {
    assertThat(certificate.facts().names()).contains("localhost", "127.0.0.1", "0:0:0:0:0:0:0:1");
    assertThat(certificate.facts().key()).isEqualTo("EC 256");
    assertThat(certificate.state()).isEqualTo(CertificateState.SELF_SIGNED);
    X509Certificate shown = shown();
    shown.verify(shown.getPublicKey());
    assertThat(shown.getExtendedKeyUsage()).containsExactly("1.3.6.1.5.5.7.3.1");
    assertThat(shown.getBasicConstraints()).isEqualTo(-1);
  }

  @Test
  void laterStartsKeepIt() {
    assertThat(certificate().facts()).isEqualTo(certificate.facts());
  }

  @Test
  void nobodyButTheOwnerReadsTheKey() throws IOException {
    Path file = folder.resolve("keys").resolve("console.pem");
    assertThat(rights(file)).isEqualTo("rw-------");
    assertThat(rights(file.getParent())).isEqualTo("rwx------");
    Issued other = Issued.wish().by("An Authority", "console.example.org");
    certificate.replaceWithPem(other.pem(), other.key(), NONE, ADMIN);
    assertThat(rights(file)).isEqualTo("rw-------");
    try (Stream<Path> files = Files.list(file.getParent())) {
      assertThat(files).containsExactly(file);
    }
  }

  private static String rights(Path file) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
  }

  @Test
  void aDamagedFileIsNamedAndNotReplaced() throws IOException {
    Path file = folder.resolve("keys").resolve("console.pem");
    Files.writeString(file, "nothing");
    assertThatThrownBy(this::certificate)
        .isInstanceOf(BadSettingException.class)
        .hasMessageContaining("keys/console.pem");
    assertThat(file).hasContent("nothing");
  }

  static Stream<Arguments> goodUploads() {
    Issued ec = Issued.wish().by("An Authority", "ec.example.org");
    Issued rsa = Issued.wish().rsa(2048).by("An Authority", "rsa.example.org");
    return Stream.of(
        Arguments.of(ec, ec.key(), ""),
        Arguments.of(ec, ec.traditionalKey(), ""),
        Arguments.of(ec, ec.encryptedKey("sesame"), "sesame"),
        Arguments.of(rsa, rsa.key(), ""),
        Arguments.of(rsa, rsa.traditionalKey(), ""),
        Arguments.of(rsa, rsa.encryptedKey("sesame"), "sesame"));
  }

  @ParameterizedTest
  @MethodSource("goodUploads")
  void aGoodUploadIsShownFromTheNextHandshakeOnAndAfterTheNextStart(
      Issued issued, String key, String passphrase) {
    certificate.replaceWithPem(issued.pem(), key, passphrase.toCharArray(), ADMIN);
    assertThat(shown()).isEqualTo(issued.certificate());
    assertThat(certificate.state()).isEqualTo(CertificateState.VALID);
    assertThat(certificate().facts()).isEqualTo(certificate.facts());
  }

  @Test
  void pkcs12IsReadToo() {
    Issued issued = Issued.wish().by("An Authority", "p12.example.org");
    certificate.replaceWithPkcs12(issued.pkcs12("sesame"), "sesame".toCharArray(), ADMIN);
    assertThat(shown()).isEqualTo(issued.certificate());
    assertThat(certificate.facts().chainLength()).isEqualTo(2);
  }

  static Stream<Arguments> badUploads() {
    Instant now = Instant.now();
    Duration day = Duration.ofDays(1);
    Issued good = Issued.wish().by("An Authority", "good.example.org");
    Issued other = Issued.wish().by("An Authority", "other.example.org");
    Issued rsa = Issued.wish().rsa(2048).by("An Authority", "rsa.example.org");
    Issued weak = Issued.wish().rsa(1024).by("An Authority", "weak.example.org");
    Issued sha1 = Issued.wish().signedWith("SHA1").by("An Authority", "sha1.example.org");
    Issued client = Issued.wish().forClients().by("An Authority", "client.example.org");
    Issued expired =
        Issued.wish().inForce(now.minus(day), now.minusSeconds(60)).by("A", "old.example.org");
    Issued future =
        Issued.wish().inForce(now.plus(day), now.plus(day).plus(day)).by("A", "new.example.org");
    String key = good.key();
    String pem = good.pem();
    return Stream.of(
        Arguments.of(pem, other.key(), "", "certificate.key.mismatch"),
        Arguments.of(pem, rsa.key(), "", "certificate.key.mismatch"),
        Arguments.of(expired.pem(), expired.key(), "", "certificate.expired"),
        Arguments.of(future.pem(), future.key(), "", "certificate.notYet"),
        Arguments.of(weak.pem(), weak.key(), "", "certificate.key.weak"),
        Arguments.of(sha1.pem(), sha1.key(), "", "certificate.signature.weak"),
        Arguments.of(client.pem(), client.key(), "", "certificate.purpose"),
        Arguments.of(good.pemInWrongOrder(), key, "", "certificate.chain.order"),
        Arguments.of(good.pemWithIssuerOf(other), key, "", "certificate.chain.order"),
        Arguments.of(
            pem.substring(0, pem.length() / 4), key, "", "certificate.certificates.unreadable"),
        Arguments.of("", key, "", "certificate.certificates.unreadable"),
        Arguments.of(key, key, "", "certificate.certificates.unreadable"),
        Arguments.of("\0\0<script>", key, "", "certificate.certificates.unreadable"),
        Arguments.of(pem, "", "", "certificate.key.unreadable"),
        Arguments.of(pem, pem, "", "certificate.key.unreadable"),
        Arguments.of(pem, key.substring(0, key.length() / 2), "", "certificate.key.unreadable"),
        Arguments.of(
            pem,
            key.replaceFirst("KEY-----\n....", "KEY-----\nAAAA"),
            "",
            "certificate.key.unreadable"),
        Arguments.of(pem, good.encryptedKey("sesame"), "", "certificate.key.passphrase.needed"),
        Arguments.of(pem, good.encryptedKey("sesame"), "guess", "certificate.key.passphrase"),
        Arguments.of("x".repeat(300_000), key, "", "certificate.large"),
        Arguments.of(pem, "x".repeat(300_000), "", "certificate.large"));
  }

  @ParameterizedTest
  @MethodSource("badUploads")
  void aBadUploadChangesNothingAndSaysWhy(
      String certificates, String key, String passphrase, String code) {
    CertificateFacts before = certificate.facts();
    InvalidInputException refused =
        catchThrowableOfType(
            InvalidInputException.class,
            () -> certificate.replaceWithPem(certificates, key, passphrase.toCharArray(), ADMIN));
    assertThat(refused.violations()).singleElement().matches(v -> v.code().equals(code), code);
    assertThat(refused.violations().getFirst().message()).doesNotContain("bouncycastle", "java.");
    assertThat(certificate.facts()).isEqualTo(before);
    assertThat(certificate().facts()).isEqualTo(before);
  }

  @Test
  void aBadPkcs12ChangesNothing() {
    Issued issued = Issued.wish().by("An Authority", "p12.example.org");
    byte[] store = issued.pkcs12("sesame");
    assertThat(refusalOf(store, "guess")).isEqualTo("certificate.key.passphrase");
    assertThat(refusalOf(new byte[0], "")).isEqualTo("certificate.pkcs12.unreadable");
    assertThat(refusalOf(new byte[100], "")).isEqualTo("certificate.pkcs12.unreadable");
    assertThat(refusalOf(java.util.Arrays.copyOf(store, store.length / 2), "sesame"))
        .isEqualTo("certificate.pkcs12.unreadable");
    assertThat(refusalOf(new byte[300_000], "")).isEqualTo("certificate.large");
    assertThat(certificate.state()).isEqualTo(CertificateState.SELF_SIGNED);
  }

  @Test
  void ofTwoThatReplaceTheSameOneTheFirstWins() {
    Optional<String> shown = Optional.of(certificate.facts().fingerprint());
    Issued first = Issued.wish().by("An Authority", "first.example.org");
    Issued second = Issued.wish().by("An Authority", "second.example.org");
    certificate.replaceWithPem(first.pem(), first.key(), NONE, shown, ADMIN);
    assertThatThrownBy(
            () -> certificate.replaceWithPem(second.pem(), second.key(), NONE, shown, ADMIN))
        .isInstanceOfSatisfying(
            RefusedException.class,
            e -> assertThat(e.refusal().kind()).isEqualTo(Refusal.Kind.CHANGED_MEANWHILE));
    byte[] store = second.pkcs12("sesame");
    assertThatThrownBy(
            () -> certificate.replaceWithPkcs12(store, "sesame".toCharArray(), shown, ADMIN))
        .isInstanceOf(RefusedException.class);
    assertThat(shown()).isEqualTo(first.certificate());
    assertThat(certificate().facts()).isEqualTo(certificate.facts());
  }

  @Test
  void whatTheNextStartCouldNotLoadIsNotSaved() {
    Issued issued = Issued.wish().padded(220_000).by("An Authority", "large.example.org");
    CertificateFacts before = certificate.facts();
    assertThat(refusalOf(issued.pkcs12("sesame"), "sesame")).isEqualTo("certificate.large");
    assertThat(certificate.facts()).isEqualTo(before);
    assertThat(certificate().facts()).isEqualTo(before);
  }

  private String refusalOf(byte[] store, String passphrase) {
    return catchThrowableOfType(
            InvalidInputException.class,
            () -> certificate.replaceWithPkcs12(store, passphrase.toCharArray(), ADMIN))
        .violations()
        .getFirst()
        .code();
  }

  @Test
  void aNewSelfSignedOneIsForTheNamesGiven() throws Exception {
    certificate.makeSelfSigned(List.of("Boot.Example.org", "10.0.0.1", "fd00::1"), ADMIN);
    assertThat(certificate.facts().names())
        .containsExactly("boot.example.org", "10.0.0.1", "fd00:0:0:0:0:0:0:1");
    assertThat(certificate.facts().subject()).contains("CN=boot.example.org");
    assertThat(certificate.state()).isEqualTo(CertificateState.SELF_SIGNED);
  }

  @Test
  void oneThatEndsSoonOrHasEndedIsSaidToBeSo() {
    Instant now = Instant.now();
    CertificateFacts facts = certificate.facts();
    assertThat(facts.state(now)).isEqualTo(CertificateState.SELF_SIGNED);
    assertThat(facts.state(facts.validTo().minus(Duration.ofDays(29))))
        .isEqualTo(CertificateState.EXPIRES_SOON);
    assertThat(facts.state(facts.validTo())).isEqualTo(CertificateState.EXPIRED);
  }

  @Test
  void eachChangeAndEachRefusalIsInTheAuditTrail() {
    String first = certificate.facts().fingerprint();
    Issued issued = Issued.wish().by("An Authority", "audited.example.org");
    certificate.replaceWithPem(issued.pem(), issued.key(), NONE, ADMIN);
    assertThatThrownBy(() -> certificate.replaceWithPem("", issued.key(), NONE, ADMIN))
        .isInstanceOf(InvalidInputException.class);
    parts.settle();
    List<AuditEntry> entries = parts.audit.page("certificate", 0, 100);
    assertThat(entries)
        .extracting(AuditEntry::action, e -> e.outcome().name())
        .contains(org.assertj.core.groups.Tuple.tuple("CERTIFICATE_REPLACED", "REFUSED"));
    AuditEntry done =
        entries.stream()
            .filter(e -> e.outcome() == AuditEntry.Outcome.DONE)
            .findFirst()
            .orElseThrow();
    assertThat(done.action()).isEqualTo("CERTIFICATE_REPLACED");
    assertThat(done.actor()).isEqualTo("admin");
    assertThat(done.before()).contains(first);
    assertThat(done.after())
        .contains(certificate.facts().fingerprint(), "CN=audited.example.org", "valid to");
    assertThat(entries.toString()).doesNotContain("PRIVATE");
  }

  @Test
  void whoeverListensIsToldOfAChangeAndOfNothingElse() {
    AtomicInteger told = new AtomicInteger();
    certificate.onReplaced(told::incrementAndGet);
    assertThatThrownBy(() -> certificate.replaceWithPem("", "", NONE, ADMIN))
        .isInstanceOf(InvalidInputException.class);
    assertThat(told).hasValue(0);
    certificate.makeSelfSigned(List.of(), ADMIN);
    assertThat(told).hasValue(1);
  }

  /** A handshake that has chosen its key gets the certificate of that key. */
  @Test
  void keyAndCertificateOfOneHandshakeBelongTogether() {
    String alias = certificate.keyManager().chooseEngineServerAlias("EC", null, null);
    var key = certificate.keyManager().getPrivateKey(alias);
    certificate.makeSelfSigned(List.of("other"), ADMIN);
    X509Certificate shown = certificate.keyManager().getCertificateChain(alias)[0];
    CertificateRules.check(new KeyEntry(key, List.of(shown)), Instant.now());
    assertThat(certificate.keyManager().chooseEngineServerAlias("EC", null, null))
        .isNotEqualTo(alias);
    assertThat(certificate.keyManager().chooseEngineServerAlias("RSA", null, null)).isNull();
  }

  private X509Certificate shown() {
    String kind = certificate.facts().key().split(" ")[0];
    String alias = certificate.keyManager().chooseEngineServerAlias(kind, null, null);
    return certificate.keyManager().getCertificateChain(alias)[0];
  }
}
