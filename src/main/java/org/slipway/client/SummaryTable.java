package org.slipway.client;

import java.util.List;
import java.util.Locale;
import java.util.Set;

/** The files that were moved, as columns for a person. */
final class SummaryTable {
  private static final Set<Integer> NUMBERS = Set.of(2, 3);

  private SummaryTable() {}

  static List<String> lines(List<MovedFile> files) {
    List<String> headings =
        List.of(
            Text.of("file"),
            Text.of("protocol"),
            Text.of("bytes"),
            Text.of("seconds"),
            Text.of("checked"),
            "sha256");
    boolean summed = files.stream().anyMatch(file -> file.sha256() != null);
    int columns = summed ? headings.size() : headings.size() - 1;
    return Columns.lines(
        headings.subList(0, columns),
        files.stream().map(file -> row(file).subList(0, columns)).toList(),
        NUMBERS);
  }

  private static List<String> row(MovedFile file) {
    return List.of(
        Printable.of(file.name()),
        file.protocol().name(),
        "%,d".formatted(file.bytes()),
        String.format(Locale.ROOT, "%.2f", file.seconds()),
        file.verified() ? Text.of("yes") : "-",
        file.sha256() == null ? "-" : file.sha256());
  }
}
