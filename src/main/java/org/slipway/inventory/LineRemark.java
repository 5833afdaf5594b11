package org.slipway.inventory;

import org.slipway.accounts.Violation;

/**
 * What is to be said of one line of a list.
 *
 * @param line its number, from 1; of an entry that goes over several lines the first
 * @param text the line as it came, shortened
 */
public record LineRemark(int line, String text, Violation reason) {
  private static final int LONGEST = 200;

  public LineRemark {
    text = shortened(text);
    reason = new Violation(reason.field(), reason.code(), shortened(reason.message()));
  }

  LineRemark(int line, String text, String code, String message) {
    this(line, text, new Violation("text", code, message));
  }

  private static String shortened(String text) {
    String stripped = text.strip();
    return stripped.length() > LONGEST ? stripped.substring(0, LONGEST - 1) + "…" : stripped;
  }
}
