package org.slipway.web;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.List;
import java.util.Optional;
import org.slipway.accounts.Action;
import org.slipway.accounts.InvalidInputException;
import org.slipway.mail.MailAddress;
import org.slipway.mail.MailDelivery;
import org.slipway.mail.MailTexts;
import org.slipway.mail.Outbox;
import org.slipway.mail.OutboxEntry;
import org.slipway.settings.MailSettings;
import org.slipway.settings.Settings;

/** The mail server: its settings and their source, a mail to try them, and what was sent. */
@Named
@RequestScoped
public class MailPage {
  private static final int SHOWN = 50;

  @Inject private Settings settings;
  @Inject private Outbox outbox;
  @Inject private MailDelivery delivery;
  @Inject private MailTexts texts;
  @Inject private Preferences preferences;
  @Inject private Me me;
  private String to;

  public boolean isOn() {
    return outbox.isOn();
  }

  /** Whether mails can carry links. */
  public boolean isLinked() {
    return texts.link("").isPresent();
  }

  public List<? extends Settings.Resolved<?>> getSettings() {
    return MailSettings.ALL.stream().map(settings::resolve).toList();
  }

  public String source(Settings.Resolved<?> setting) {
    return Words.text("source." + setting.source());
  }

  public List<OutboxEntry> getOutbox() {
    return outbox.newest(0, SHOWN);
  }

  public String kind(OutboxEntry entry) {
    return Words.text("mail." + entry.kind());
  }

  /** Waits for the mail server's answer, and shows it. */
  public void test() {
    me.require(Action.MANAGE_SETTINGS);
    Feedback.tried("smtpTest", this::send);
  }

  private void send() {
    MailAddress address =
        Entered.text(to)
            .flatMap(MailAddress::find)
            .orElseThrow(() ->
                new InvalidInputException("to", "email.pattern", "This is no e-mail address"));
    Optional<String> error =
        delivery.test(address, Optional.of(preferences.getLanguageTag()), me.who());
    if (error.isPresent()) {
      Feedback.error(Words.text("mail.notSent", error.get()));
    } else {
      Feedback.done("mail.sent", address.text());
    }
  }

  public String getTo() {
    return to == null ? me.getAccount().email().orElse("") : to;
  }

  public void setTo(String to) {
    this.to = to;
  }
}
