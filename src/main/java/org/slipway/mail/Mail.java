package org.slipway.mail;

import java.util.regex.Pattern;

/**
 * One mail in plain text. Whatever is put into it, it stays one mail to one recipient: neither the
 * address nor the subject can hold the end of a line.
 */
public record Mail(MailKind kind, MailAddress to, String subject, String text) {
  private static final int LONGEST_SUBJECT = 200;
  private static final int LONGEST_TEXT = 3000;
  private static final Pattern CONTROLS = Pattern.compile("[\\p{Cc}&&[^\\n]]");

  public Mail {
    if (subject.length() > LONGEST_SUBJECT
        || subject.codePoints().anyMatch(Mail::endsOrControlsLine)) {
      throw new IllegalArgumentException("no subject of a mail");
    }
    text = CONTROLS.matcher(text.replace("\r\n", "\n")).replaceAll(" ");
    if (text.length() > LONGEST_TEXT) {
      text = text.substring(0, LONGEST_TEXT);
    }
  }

  private static boolean endsOrControlsLine(int c) {
    return Character.isISOControl(c) || c == 0x2028 || c == 0x2029;
  }

  /** Holds codes that open doors: shows none of its text. */
  @Override
  public String toString() {
    return "Mail[" + kind + " to " + to + "]";
  }
}
