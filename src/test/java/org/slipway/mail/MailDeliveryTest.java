package org.slipway.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slipway.audit.Who;
import org.slipway.mail.OutboxEntry.State;
import org.slipway.portal.MovableClock;
import org.slipway.portal.PortalParts;

/** The way from the outbox to a real mail server. */
class MailDeliveryTest {
  private static final MailAddress ANN = new MailAddress("ann@example.org");

  @TempDir Path folder;
  private final MovableClock clock = new MovableClock();
  private PortalParts portal;

  @AfterEach
  void close() {
    if (portal != null) {
      portal.close();
    }
  }

  private MailDelivery delivery(Map<String, String> settings) {
    return delivery(settings, null);
  }

  private MailDelivery delivery(Map<String, String> settings, SSLSocketFactory trusting) {
    portal = PortalParts.open(folder, clock, settings);
    return new MailDelivery(
        portal.outbox,
        new SmtpServer(portal.settings, clock, trusting),
        portal.mailTexts,
        portal.audit,
        clock);
  }

  private static Map<String, String> stub(SmtpStub server, String tls) {
    return Map.of(
        "slipway.smtp.host",
        "localhost",
        "slipway.smtp.port",
        String.valueOf(server.port()),
        "slipway.smtp.tls",
        tls);
  }

  private Mail mail() {
    return portal.mailTexts.plain(MailKind.APPROVED, ANN, Optional.of("zh-CN"), "/", "ann");
  }

  private OutboxEntry only() {
    assertThat(portal.outbox.newest(0, 10)).hasSize(1);
    return portal.outbox.newest(0, 10).getFirst();
  }

  @Test
  void aMailArrivesAndItsTextIsForgotten() throws Exception {
    try (MailServer server = MailServer.start()) {
      MailDelivery delivery = delivery(server.settings());
      assertThat(portal.outbox.put(mail())).isTrue();
      assertThat(sealed()).isNotNull().doesNotContain("ann");
      delivery.sendDue();
      MimeMessage message = server.to("ann@example.org").getFirst();
      assertThat(message.getSubject()).isEqualTo("您的账户已可使用");
      assertThat(MailServer.text(message)).contains("管理员已批准您的注册");
      assertThat(message.getFrom()[0]).hasToString("Slipway <portal@example.net>");
      assertThat(message.getHeader("Auto-Submitted")).containsExactly("auto-generated");
      assertThat(only().state()).isEqualTo(State.SENT);
      assertThat(sealed()).isNull();
      delivery.sendDue();
      assertThat(server.all()).hasSize(1);
      portal.settle();
      assertThat(portal.audit.page("MAIL_SENT", 0, 10)).hasSize(1);
    }
  }

  private String sealed() {
    return portal.jdbi.withHandle(
        h -> h.createQuery("SELECT sealed_text FROM outbox_mail").mapTo(String.class).one());
  }

  @Test
  void aMailSurvivesACrashAndIsSentAfterwards() {
    try (MailServer server = MailServer.start()) {
      delivery(server.settings());
      portal.outbox.put(mail());
      portal.crash();
      delivery(server.settings()).sendDue();
      assertThat(server.to("ann@example.org")).hasSize(1);
    }
  }

  @Test
  void aServerThatIsAwayIsTriedAgainAndGivenUp() throws Exception {
    int port;
    try (MailServer server = MailServer.start()) {
      port = server.port();
    }
    MailDelivery delivery =
        delivery(
            Map.of(
                "slipway.smtp.host", "127.0.0.1",
                "slipway.smtp.port", String.valueOf(port),
                "slipway.smtp.tls", "off"));
    portal.outbox.put(mail());
    delivery.sendDue();
    assertThat(only().state()).isEqualTo(State.WAITING);
    assertThat(only().attempts()).isEqualTo(1);
    assertThat(only().error().orElseThrow()).contains("connect");
    delivery.sendDue();
    assertThat(only().attempts()).isEqualTo(1);
    clock.advance(Duration.ofSeconds(31));
    delivery.sendDue();
    assertThat(only().attempts()).isEqualTo(2);
    clock.advance(Duration.ofDays(4));
    delivery.sendDue();
    assertThat(only().state()).isEqualTo(State.FAILED);
    assertThat(sealed()).isNull();
    portal.settle();
    assertThat(portal.audit.page("ann@example.org", 0, 10).getFirst().reason())
        .contains("not sent in time");
  }

  @Test
  void whatTheServerRefusesForGoodIsNotTriedAgain() {
    try (SmtpStub server = new SmtpStub(Optional.empty())) {
      MailDelivery delivery = delivery(stub(server, "off"));
      MailAddress unknown = new MailAddress(SmtpStub.UNKNOWN);
      portal.outbox.put(
          portal.mailTexts.plain(MailKind.APPROVED, unknown, Optional.empty(), "/", "x"));
      delivery.sendDue();
      assertThat(only().state()).isEqualTo(State.FAILED);
      assertThat(only().error().orElseThrow()).contains("550");
    }
  }

  @Test
  void aSenderOfAnotherScriptIsEncoded() throws Exception {
    try (MailServer server = MailServer.start()) {
      Map<String, String> settings = server.settings();
      settings.put("slipway.smtp.from", "船台 [2] <portal@example.net>");
      assertThat(delivery(settings).test(ANN, Optional.empty(), Who.SYSTEM)).isEmpty();
      MimeMessage message = server.all().getFirst();
      assertThat(message.getHeader("From")[0]).startsWith("=?UTF-8?").isASCII();
      assertThat(message.getFrom())
          .containsExactly(new InternetAddress("portal@example.net", "船台 [2]", "UTF-8"));
      assertThat(((InternetAddress) message.getFrom()[0]).getPersonal()).isEqualTo("船台 [2]");
    }
  }

  @Test
  void whatCannotBeWrittenDownIsNotSentAtAll() {
    try (MailServer server = MailServer.start()) {
      MailDelivery delivery = delivery(server.settings());
      portal.outbox.put(mail());
      noUpdateWhere("attempts > 0");
      assertThatThrownBy(delivery::sendDue).hasMessageContaining("FULL_DISK");
      assertThat(server.all()).isEmpty();
    }
  }

  @Test
  void aSentMailThatCannotBeWrittenDownIsNotSentAgainAtOnce() {
    try (MailServer server = MailServer.start()) {
      MailDelivery delivery = delivery(server.settings());
      portal.outbox.put(mail());
      noUpdateWhere("state = 'SENT'");
      assertThatThrownBy(delivery::sendDue).hasMessageContaining("FULL_DISK");
      assertThat(server.all()).hasSize(1);
      delivery.sendDue();
      assertThat(server.all()).hasSize(1);
      assertThat(only().attempts()).isEqualTo(1);
    }
  }

  /** As a full disk does, at the moment that matters. */
  private void noUpdateWhere(String condition) {
    portal.jdbi.useHandle(h ->
        h.execute(
            "ALTER TABLE outbox_mail ADD CONSTRAINT full_disk CHECK (NOT (" + condition + "))"));
  }

  @Test
  void aMailThatWasTakenIsSentHoweverTheConnectionEnds() {
    try (SmtpStub server = new SmtpStub(Optional.empty()).resetOnQuit()) {
      MailDelivery delivery = delivery(stub(server, "off"));
      portal.outbox.put(mail());
      delivery.sendDue();
      assertThat(only().state()).isEqualTo(State.SENT);
    }
  }

  @Test
  void credentialsAreSentAndAWrongPasswordIsTold() throws Exception {
    try (MailServer server = MailServer.start()) {
      server.user("portal", "right");
      Map<String, String> settings = server.settings();
      settings.put("slipway.smtp.user", "portal");
      settings.put("slipway.smtp.password", "right");
      MailDelivery delivery = delivery(settings);
      assertThat(delivery.test(ANN, Optional.empty(), Who.SYSTEM)).isEmpty();
      portal.close();
      settings.put("slipway.smtp.password", "wrong");
      delivery = delivery(settings);
      assertThat(delivery.test(ANN, Optional.empty(), Who.SYSTEM).orElseThrow()).contains("535");
      assertThat(server.all()).hasSize(1);
    }
  }

  @Test
  void starttlsIsUsed() throws Exception {
    SSLContext tls = OwnCertificate.of("localhost", folder);
    try (SmtpStub server = new SmtpStub(Optional.of(tls))) {
      MailDelivery delivery = delivery(stub(server, "starttls"), tls.getSocketFactory());
      assertThat(delivery.test(ANN, Optional.empty(), Who.SYSTEM)).isEmpty();
      assertThat(server.heard()).contains("tls MAIL FROM").doesNotContain("clear MAIL FROM");
    }
  }

  @Test
  void withoutStarttlsNothingIsSentInTheClear() {
    try (SmtpStub server = new SmtpStub(Optional.empty())) {
      MailDelivery delivery = delivery(stub(server, "starttls"));
      assertThat(delivery.test(ANN, Optional.empty(), Who.SYSTEM).orElseThrow())
          .containsIgnoringCase("STARTTLS");
      assertThat(server.heard()).doesNotContain("MAIL FROM");
    }
  }

  @Test
  void aCertificateOfAnotherNameIsRefused() throws Exception {
    SSLContext tls = OwnCertificate.of("other.example", folder);
    try (SmtpStub server = new SmtpStub(Optional.of(tls))) {
      MailDelivery delivery = delivery(stub(server, "starttls"), tls.getSocketFactory());
      assertThat(delivery.test(ANN, Optional.empty(), Who.SYSTEM).orElseThrow())
          .contains("localhost");
      assertThat(server.heard()).doesNotContain("MAIL FROM");
    }
  }

  @Test
  void aCertificateThatNobodyHasSignedIsRefused() throws Exception {
    SSLContext tls = OwnCertificate.of("localhost", folder);
    try (SmtpStub server = new SmtpStub(Optional.of(tls))) {
      MailDelivery delivery = delivery(stub(server, "starttls"));
      assertThat(delivery.test(ANN, Optional.empty(), Who.SYSTEM).orElseThrow())
          .contains("certification path");
      assertThat(server.heard()).doesNotContain("MAIL FROM");
    }
  }

  @Test
  void severalMailsToAdministratorsAreOne() {
    try (MailServer server = MailServer.start()) {
      MailDelivery delivery = delivery(server.settings());
      for (int i = 0; i < 3; i++) {
        portal.outbox.put(
            portal.mailTexts.plain(MailKind.REGISTRATIONS_WAIT, ANN, Optional.empty(), "/"));
        delivery.sendDue();
      }
      assertThat(server.all()).hasSize(1);
      clock.advance(Duration.ofMinutes(5));
      delivery.sendDue();
      assertThat(server.all()).hasSize(2);
      clock.advance(Duration.ofMinutes(5));
      delivery.sendDue();
      assertThat(server.all()).hasSize(2);
    }
  }
}
