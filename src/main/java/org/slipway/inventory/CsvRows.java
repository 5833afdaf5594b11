package org.slipway.inventory;

import java.util.ArrayList;
import java.util.List;

/**
 * Reads comma-separated values (RFC 4180), with any line end. Spreadsheets in some languages put
 * semicolons or tabs between cells: whichever the first line has is taken.
 */
final class CsvRows {

  /**
   * One row.
   *
   * @param line where it begins, from 1
   * @param text as it came
   * @param broken whether a quotation mark was never closed, or text follows a closed one
   */
  record Row(int line, String text, List<String> cells, boolean broken) {}

  private final String text;
  private final char separator;
  private int at;
  private int line = 1;
  private boolean broken;

  private CsvRows(String text) {
    this.text = text;
    String first = text.lines().findFirst().orElse("");
    this.separator = first.contains(",") ? ',' : first.contains(";") ? ';' : separatorIn(first);
  }

  private static char separatorIn(String first) {
    return first.contains("\t") ? '\t' : ',';
  }

  static List<Row> of(String text) {
    return new CsvRows(text).rows();
  }

  private List<Row> rows() {
    List<Row> rows = new ArrayList<>();
    while (at < text.length()) {
      int begin = at;
      int beginLine = line;
      broken = false;
      List<String> cells = cells();
      rows.add(new Row(beginLine, text.substring(begin, at), cells, broken));
      endOfLine();
    }
    return rows;
  }

  private List<String> cells() {
    List<String> cells = new ArrayList<>();
    cells.add(cell());
    while (at < text.length() && text.charAt(at) == separator) {
      at++;
      cells.add(cell());
    }
    return cells;
  }

  private String cell() {
    int quote = at;
    while (quote < text.length() && text.charAt(quote) == ' ') {
      quote++;
    }
    if (quote < text.length() && text.charAt(quote) == '"') {
      at = quote + 1;
      String inside = quoted();
      broken |= !plain().isBlank();
      return inside;
    }
    return plain();
  }

  private String plain() {
    int begin = at;
    while (at < text.length() && text.charAt(at) != separator && !isLineEnd(text.charAt(at))) {
      at++;
    }
    return text.substring(begin, at);
  }

  private String quoted() {
    StringBuilder inside = new StringBuilder();
    while (at < text.length()) {
      char c = text.charAt(at++);
      if (c == '"' && (at == text.length() || text.charAt(at) != '"')) {
        return inside.toString();
      }
      if (c == '"') {
        at++;
      }
      if (c == '\n') {
        line++;
      }
      inside.append(c);
    }
    broken = true;
    return inside.toString();
  }

  private static boolean isLineEnd(char c) {
    return c == '\n' || c == '\r';
  }

  private void endOfLine() {
    if (at < text.length()) {
      boolean two = text.startsWith("\r\n", at);
      at += two ? 2 : 1;
      line++;
    }
  }
}
