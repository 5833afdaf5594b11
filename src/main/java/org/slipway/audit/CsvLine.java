package org.slipway.audit;

import java.util.List;
import java.util.stream.Collectors;

/**
 * A line of comma-separated values (RFC 4180), every cell in quotation marks. A cell that a
 * spreadsheet would take for a formula, because it begins with one of {@code = + - @}, TAB, CR or
 * LF, gets an apostrophe in front, and so does one that begins with an apostrophe: who takes one
 * leading apostrophe away has the value exactly. NUL and half surrogate pairs are written as {@link
 * StoredText} writes them.
 */
public final class CsvLine {
  private static final String FORMULA = "=+-@\t\r\n\uff1d\uff0b\uff0d\uff20'";

  private CsvLine() {}

  /** With the line end; null is an empty cell. */
  public static String of(List<?> cells) {
    return cells.stream().map(CsvLine::cell).collect(Collectors.joining(",", "", "\r\n"));
  }

  /**
   * What a cell stood for, which is read without its quotation marks. One that was written by
   * somebody else has an apostrophe in front only where it is one of the value.
   */
  public static String value(String cell) {
    boolean guarded =
        cell.length() > 1 && cell.charAt(0) == '\'' && FORMULA.indexOf(cell.charAt(1)) >= 0;
    return StoredText.read(guarded ? cell.substring(1) : cell).text();
  }

  private static String cell(Object value) {
    if (value == null) {
      return "\"\"";
    }
    String text = StoredText.escaped(value.toString());
    boolean guarded =
        !(value instanceof Number) && !text.isEmpty() && FORMULA.indexOf(text.charAt(0)) >= 0;
    return "\"" + (guarded ? "'" : "") + text.replace("\"", "\"\"") + "\"";
  }
}
