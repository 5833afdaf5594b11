package org.slipway.client;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** A table for a person. */
final class Columns {
  private Columns() {}

  /**
   * @param numbers columns that are aligned to the right
   */
  static List<String> lines(List<String> headings, List<List<String>> body, Set<Integer> numbers) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(headings);
    rows.addAll(body);
    int[] widths = new int[headings.size()];
    for (List<String> row : rows) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], width(row.get(i)));
      }
    }
    return rows.stream().map(row -> line(row, widths, numbers)).toList();
  }

  private static String line(List<String> row, int[] widths, Set<Integer> numbers) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < widths.length; i++) {
      String padding = " ".repeat(widths[i] - width(row.get(i)));
      line.append(numbers.contains(i) ? padding + row.get(i) : row.get(i) + padding).append("  ");
    }
    return line.toString().stripTrailing();
  }

  /** Chinese, Japanese and Korean characters take two columns of a terminal. */
  static int width(String text) {
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
