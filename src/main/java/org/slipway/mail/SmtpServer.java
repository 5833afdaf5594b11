package org.slipway.mail;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.io.UnsupportedEncodingException;
import java.time.Clock;
import java.util.Date;
import java.util.Properties;
import java.util.logging.Level;
import java.util.logging.Logger;
import javax.net.ssl.SSLSocketFactory;
import org.slipway.settings.MailSettings;
import org.slipway.settings.MailSettings.SmtpTls;
import org.slipway.settings.Settings;

/**
 * The mail server that the settings name (submission, RFC 6409). Over TLS its certificate must be
 * valid and made out to its name; {@code starttls} never goes on in the clear.
 */
@Singleton
public class SmtpServer {
  private static final Logger LOG = Logger.getLogger(SmtpServer.class.getName());
  private static final String PATIENCE = "15000";

  private final Settings settings;
  private final Clock clock;
  private final SSLSocketFactory sockets;

  @Inject
  public SmtpServer(Settings settings, Clock clock) {
    this(settings, clock, null);
  }

  /**
   * @param sockets trusts other authorities than the platform does; null for those of the platform
   */
  SmtpServer(Settings settings, Clock clock, SSLSocketFactory sockets) {
    this.settings = settings;
    this.clock = clock;
    this.sockets = sockets;
  }

  /**
   * Hands a mail over, waiting for the server's answer.
   *
   * @throws MessagingException if it did not take it
   */
  public void send(Mail mail) throws MessagingException {
    InternetAddress from = sender();
    Session session = Session.getInstance(properties(from));
    MimeMessage message = new MimeMessage(session);
    message.setFrom(from);
    message.setRecipient(Message.RecipientType.TO, new InternetAddress(mail.to().text(), true));
    message.setSubject(mail.subject(), "UTF-8");
    message.setText(mail.text(), "UTF-8");
    message.setSentDate(Date.from(clock.instant()));
    message.setHeader("Auto-Submitted", "auto-generated");
    message.saveChanges();
    Transport transport = session.getTransport("smtp");
    try {
      transport.connect(
          host(),
          port(),
          settings.get(MailSettings.SMTP_USER).orElse(null),
          settings.get(MailSettings.SMTP_PASSWORD).orElse(null));
      transport.sendMessage(message, message.getAllRecipients());
    } finally {
      hangUp(transport);
    }
  }

  /** A mail that the server has taken is sent, however the connection ends. */
  private static void hangUp(Transport transport) {
    try {
      transport.close();
    } catch (MessagingException e) {
      LOG.log(Level.FINE, "The mail server ended the connection badly", e);
    }
  }

  /** Who writes; where no setting says so, {@code slipway} at the mail server. */
  private InternetAddress sender() throws AddressException {
    String usual = "slipway@" + (host().matches("[A-Za-z0-9.-]*[A-Za-z]") ? host() : "localhost");
    String text = settings.get(MailSettings.SMTP_FROM).orElse(usual);
    int bracket = text.indexOf('<');
    String address = bracket < 0 ? text : text.substring(bracket + 1, text.lastIndexOf('>'));
    InternetAddress from = new InternetAddress(address, true);
    if (bracket > 0) {
      setName(from, text.substring(0, bracket).strip());
    }
    return from;
  }

  /** Encoded (RFC 2047), since a header is ASCII. */
  private static void setName(InternetAddress address, String name) {
    try {
      address.setPersonal(name, "UTF-8");
    } catch (UnsupportedEncodingException e) {
      throw new IllegalStateException("the Java platform lacks UTF-8", e);
    }
  }

  private String host() {
    return settings.get(MailSettings.SMTP_HOST).orElseThrow();
  }

  private int port() {
    return settings
        .get(MailSettings.SMTP_PORT)
        .orElse(settings.get(MailSettings.SMTP_TLS).usualPort());
  }

  private Properties properties(InternetAddress from) {
    SmtpTls tls = settings.get(MailSettings.SMTP_TLS);
    Properties p = new Properties();
    p.put("mail.from", from.getAddress());
    p.put("mail.smtp.auth", String.valueOf(settings.get(MailSettings.SMTP_USER).isPresent()));
    p.put("mail.smtp.connectiontimeout", PATIENCE);
    p.put("mail.smtp.timeout", PATIENCE);
    p.put("mail.smtp.writetimeout", PATIENCE);
    p.put("mail.smtp.quitwait", "false");
    p.put("mail.smtp.ssl.checkserveridentity", "true");
    p.put("mail.smtp.ssl.enable", String.valueOf(tls == SmtpTls.IMPLICIT));
    p.put("mail.smtp.starttls.enable", String.valueOf(tls == SmtpTls.STARTTLS));
    p.put("mail.smtp.starttls.required", String.valueOf(tls == SmtpTls.STARTTLS));
    if (sockets != null) {
      p.put("mail.smtp.ssl.socketFactory", sockets);
    }
    return p;
  }
}
