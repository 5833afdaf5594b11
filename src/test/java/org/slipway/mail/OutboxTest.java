package org.slipway.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slipway.audit.AuditEntry;
import org.slipway.audit.AuditEntry.Outcome;
import org.slipway.mail.OutboxEntry.State;
import org.slipway.portal.MovableClock;
import org.slipway.portal.PortalParts;
import org.slipway.settings.BadSettingException;
import org.slipway.settings.Settings;

/** What is kept of mails, for how long, and who can read it. */
class OutboxTest {
  private static final MailAddress ANN = new MailAddress("ann@example.org");

  @TempDir Path folder;
  private final MovableClock clock = new MovableClock();
  private PortalParts portal;

  private void open(Map<String, String> settings) {
    portal = PortalParts.open(folder, clock, settings);
  }

  @AfterEach
  void close() {
    if (portal != null) {
      portal.close();
    }
  }

  private Mail mail() {
    return mail(ANN);
  }

  private Mail mail(MailAddress to) {
    return portal.mailTexts.plain(MailKind.APPROVED, to, Optional.empty(), "/", "ann");
  }

  @Test
  void theKeyOfWaitingMailsIsTheOwnersAlone() throws Exception {
    open(Map.of("slipway.smtp.host", "127.0.0.1"));
    assertThat(Files.getPosixFilePermissions(folder.resolve("mail.key")))
        .hasToString("[OWNER_READ, OWNER_WRITE]");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 16, 31})
  void aDamagedKeyIsNamed(int length) throws Exception {
    Files.write(folder.resolve("mail.key"), new byte[length]);
    Settings settings =
        new Settings(Map.of("slipway.data.dir", folder.toString())::get, name -> null);
    assertThatThrownBy(() -> new Outbox(settings, null, null, clock))
        .isInstanceOf(BadSettingException.class)
        .hasMessageContaining("mail.key");
  }

  @Test
  void theOutboxIsBounded() {
    open(Map.of("slipway.smtp.host", "127.0.0.1"));
    portal.jdbi.useHandle(h ->
        h.execute(
            "INSERT INTO outbox_mail (kind, recipient, key_id, state, attempts, due_at, useless_at,"
                + " created_at) SELECT 'TEST', 'x', 'x', 'WAITING', 0, CURRENT_TIMESTAMP,"
                + " CURRENT_TIMESTAMP, CURRENT_TIMESTAMP FROM SYSTEM_RANGE(1, "
                + Outbox.MOST_WAITING
                + ")"));
    assertThat(portal.outbox.put(mail())).isFalse();
    portal.settle();
    assertThat(portal.audit.page("ann@example.org", 0, 10).getFirst().reason()).contains("full");
  }

  @Test
  void mailsAreFoundByTheirRecipient() {
    open(Map.of("slipway.smtp.host", "127.0.0.1"));
    portal.outbox.put(mail(new MailAddress("a_b@example.org")));
    portal.outbox.put(mail(new MailAddress("aXb@example.org")));
    assertThat(found("")).containsExactly("aXb@example.org", "a_b@example.org");
    assertThat(found("AXB")).containsExactly("aXb@example.org");
    assertThat(found("a_b")).containsExactly("a_b@example.org");
    assertThat(found("%")).isEmpty();
    assertThat(found("\0'")).isEmpty();
    assertThat(portal.outbox.newest("example", 1, 1)).hasSize(1);
  }

  private List<String> found(String text) {
    List<String> recipients =
        portal.outbox.newest(text, 0, 10).stream().map(OutboxEntry::recipient).toList();
    assertThat(portal.outbox.count(text)).isEqualTo(recipients.size());
    return recipients;
  }

  @Test
  void withoutAServerNothingIsPutIn() {
    open(Map.of());
    assertThat(portal.outbox.put(mail())).isFalse();
    assertThat(portal.outbox.count()).isZero();
  }

  @Test
  void eachMailThatIsGivenUpByTheSweepIsInTheAuditTrail() {
    open(Map.of("slipway.smtp.host", "127.0.0.1"));
    MailAddress bob = new MailAddress("bob@example.org");
    portal.outbox.put(mail());
    portal.outbox.put(portal.mailTexts.plain(MailKind.INVITATION, bob, Optional.empty(), "/", "x"));
    portal.outbox.sweep();
    clock.advance(MailKind.APPROVED.useful().plus(Duration.ofHours(1)).plusSeconds(1));
    portal.outbox.sweep();
    portal.outbox.sweep();
    portal.settle();
    assertThat(portal.outbox.newest(0, 10)).hasSize(2).allMatch(e -> e.state() == State.FAILED);
    assertThat(portal.audit.page("MAIL_SENT", 0, 10))
        .allMatch(e -> e.outcome() == Outcome.REFUSED && e.repeats() == 1)
        .extracting(AuditEntry::subject, AuditEntry::reason)
        .containsExactlyInAnyOrder(
            tuple("ann@example.org", "APPROVED: not sent in time"),
            tuple("bob@example.org", "INVITATION: not sent in time"));
  }

  @Test
  void whatEndedLongAgoIsForgotten() {
    try (MailServer server = MailServer.start()) {
      open(server.settings());
      portal.outbox.put(mail());
      portal.delivery.sendDue();
      portal.outbox.sweep();
      assertThat(portal.outbox.count()).isEqualTo(1);
      clock.advance(Duration.ofDays(8));
      portal.outbox.sweep();
      assertThat(portal.outbox.count()).isZero();
    }
  }
}
