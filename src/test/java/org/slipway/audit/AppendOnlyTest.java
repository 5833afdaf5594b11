package org.slipway.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Nothing in the sources changes or deletes an entry but the count and the retention. */
class AppendOnlyTest {
  private static final Pattern CHANGE =
      Pattern.compile(
          "(?i)\\b(UPDATE|DELETE\\s+FROM|TRUNCATE(\\s+TABLE)?|DROP\\s+TABLE|MERGE\\s+INTO)"
              + "\\s+audit_entry[^\"]*");

  @Test
  void onlyTheCountAndTheRetentionTouchAnEntry() throws IOException {
    try (Stream<Path> sources = Files.walk(Path.of("src/main/java"))) {
      List<String> changes =
          sources
              .filter(f -> f.toString().endsWith(".java"))
              .flatMap(AppendOnlyTest::changes)
              .sorted()
              .toList();
      assertThat(changes).hasSize(2);
      assertThat(changes.getFirst())
          .startsWith("AuditRows.java: DELETE FROM audit_entry WHERE id IN")
          .contains("WHERE at < ?");
      assertThat(changes.getLast())
          .isEqualTo(
              "AuditRows.java: UPDATE audit_entry SET last_at = ?, value_after = ?, repeats = ?"
                  + " WHERE id = ?");
    }
  }

  private static Stream<String> changes(Path file) {
    try {
      return CHANGE
          .matcher(Files.readString(file))
          .results()
          .map(m -> file.getFileName() + ": " + m.group().replaceAll("\\s+", " ").strip());
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
