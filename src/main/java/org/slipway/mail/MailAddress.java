package org.slipway.mail;

import java.net.IDN;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * An address that a mail can be sent to: a dot-atom of RFC 5322 section 3.2.3 and a domain of
 * letters, digits and hyphens, so that it cannot end a header or an SMTP command. A domain in
 * another script is taken in its ASCII form (RFC 5891).
 */
public record MailAddress(String text) {
  private static final int LONGEST = 254;
  private static final String ATOM = "[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+";
  private static final String LABEL = "[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?";

  /**
   * Letters that another domain stands for than in the older standard, which the Java platform
   * follows (RFC 5894 section 7.2): the mail would go to somebody else.
   */
  private static final Pattern DEVIATION = Pattern.compile("[\u00DF\u1E9E\u03C2\u200C\u200D]");

  private static final Pattern LOCAL = Pattern.compile(ATOM + "(?:\\." + ATOM + ")*");
  private static final Pattern DOMAIN = Pattern.compile(LABEL + "(?:\\." + LABEL + ")*");

  public MailAddress {
    if (!isWhole(text)) {
      throw new IllegalArgumentException("no mail address");
    }
  }

  /** The address that a text names; empty if no mail can be sent there. */
  public static Optional<MailAddress> find(String text) {
    int at = text.lastIndexOf('@');
    if (at < 0 || text.length() > LONGEST || DEVIATION.matcher(text).find(at)) {
      return Optional.empty();
    }
    try {
      String whole = text.substring(0, at + 1) + IDN.toASCII(text.substring(at + 1));
      return isWhole(whole) ? Optional.of(new MailAddress(whole)) : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static boolean isWhole(String text) {
    int at = text.lastIndexOf('@');
    return at > 0
        && at <= 64
        && text.length() <= LONGEST
        && LOCAL.matcher(text.substring(0, at)).matches()
        && DOMAIN.matcher(text.substring(at + 1)).matches();
  }

  /** Domains do not tell capitals apart, and in practice no mailbox does. */
  public boolean isSameAs(MailAddress other) {
    return text.toLowerCase(Locale.ROOT).equals(other.text.toLowerCase(Locale.ROOT));
  }

  @Override
  public String toString() {
    return text;
  }
}
