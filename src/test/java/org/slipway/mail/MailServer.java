package org.slipway.mail;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A real mail server on a free port of this machine, and the mails that it has taken. */
public final class MailServer implements AutoCloseable {
  private final GreenMail server;

  private MailServer() {
    server =
        new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP).dynamicPort());
    server.start();
  }

  public static MailServer start() {
    return new MailServer();
  }

  public int port() {
    return server.getSmtp().getPort();
  }

  /** Settings of a portal that sends its mail here. */
  public Map<String, String> settings() {
    Map<String, String> settings = new HashMap<>();
    settings.put("slipway.smtp.host", "127.0.0.1");
    settings.put("slipway.smtp.port", String.valueOf(port()));
    settings.put("slipway.smtp.tls", "off");
    settings.put("slipway.smtp.from", "Slipway <portal@example.net>");
    return settings;
  }

  void user(String name, String password) {
    server.setUser(name + "@example.net", name, password);
    server.getUserManager().setAuthRequired(true);
  }

  /** What was sent to an address so far, oldest first. */
  public List<MimeMessage> to(String address) {
    return Arrays.stream(server.getReceivedMessages()).filter(m -> isTo(m, address)).toList();
  }

  public List<MimeMessage> all() {
    return List.of(server.getReceivedMessages());
  }

  private static boolean isTo(MimeMessage message, String address) {
    try {
      return message.getAllRecipients()[0].toString().equals(address);
    } catch (MessagingException e) {
      throw new IllegalStateException(e);
    }
  }

  public static String text(MimeMessage message) {
    try {
      return message.getContent().toString().replace("\r\n", "\n");
    } catch (IOException | MessagingException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The code in a mail: what stands alone in a line, or ends a link. */
  public static String code(MimeMessage message) {
    Matcher matcher =
        Pattern.compile("(?m)^(?:\\S+[=])?([A-Za-z0-9_-]{32})$").matcher(text(message));
    if (!matcher.find()) {
      throw new AssertionError("no code in: " + text(message));
    }
    return matcher.group(1);
  }

  @Override
  public void close() {
    server.stop();
  }
}
