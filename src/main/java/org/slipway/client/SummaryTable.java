package org.slipway.client;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The files that came, as columns for a person. */
final class SummaryTable {
  private static final List<String> HEADINGS =
      List.of(
          Text.of("file"),
          Text.of("protocol"),
          Text.of("bytes"),
          Text.of("seconds"),
          Text.of("checked"),
          "sha256");

  private SummaryTable() {}

  static List<String> lines(List<MovedFile> files) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(HEADINGS);
    files.forEach(file -> rows.add(row(file)));
    int[] widths = new int[HEADINGS.size()];
    for (List<String> row : rows) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], width(row.get(i)));
      }
    }
    return rows.stream().map(row -> line(row, widths)).toList();
  }

  private static List<String> row(MovedFile file) {
    return List.of(
        Printable.of(file.name()),
        file.protocol().name(),
        "%,d".formatted(file.bytes()),
        String.format(Locale.ROOT, "%.2f", file.seconds()),
        file.verified() ? Text.of("yes") : "-",
        file.sha256());
  }

  private static String line(List<String> row, int[] widths) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < widths.length; i++) {
      String padding = " ".repeat(widths[i] - width(row.get(i)));
      boolean number = i == 2 || i == 3;
      line.append(number ? padding + row.get(i) : row.get(i) + padding).append("  ");
    }
    return line.toString().stripTrailing();
  }

  /** Chinese, Japanese and Korean characters take two columns of a terminal. */
  private static int width(String text) {
    return text.codePoints().map(c -> isWide(c) ? 2 : 1).sum();
  }

  private static boolean isWide(int c) {
    return c >= 0x1100 && (Character.isIdeographic(c) || isWideBlock(c));
  }

  private static boolean isWideBlock(int c) {
    return c <= 0x115F
        || (c >= 0x3000 && c <= 0x30FF)
        || (c >= 0xAC00 && c <= 0xD7A3)
        || (c >= 0xFF01 && c <= 0xFF60);
  }
}
