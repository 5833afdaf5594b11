package org.slipway;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the documents name is there. */
class DocumentsTest {
  private static final Pattern TEST_NAME = Pattern.compile("`([A-Z]\\w*(?:Test|IT))\\.(\\w+)`");
  private static final Pattern LINK = Pattern.compile("]\\(([^)#:]+)\\)");

  @ParameterizedTest
  @ValueSource(strings = {"rfc-compliance.md", "security.md"})
  void everyRowNamesATestThatExists(String document) throws IOException {
    Map<String, String> sources = testSources();
    List<String> wrong = new ArrayList<>();
    int rows = 0;
    for (String row : rows(document)) {
      Matcher name = TEST_NAME.matcher(row);
      boolean named = false;
      while (name.find()) {
        named = true;
        if (!sources.getOrDefault(name.group(1), "").contains(" " + name.group(2) + "(")) {
          wrong.add(name.group());
        }
      }
      if (!named) {
        wrong.add("no test: " + row);
      }
      rows++;
    }
    assertThat(wrong).isEmpty();
    assertThat(rows).isGreaterThan(5);
  }

  @Test
  void theReadmeLinksToWhatIsThere() throws IOException {
    Matcher link = LINK.matcher(Files.readString(Path.of("README.md")));
    List<String> missing = new ArrayList<>();
    while (link.find()) {
      if (!Files.exists(Path.of(link.group(1)))) {
        missing.add(link.group(1));
      }
    }
    assertThat(missing).isEmpty();
  }

  /** Rows of tables without their headings and rules. */
  private static List<String> rows(String document) throws IOException {
    List<String> rows = new ArrayList<>();
    List<String> lines = Files.readAllLines(Path.of("src", "site", "markdown", document));
    for (int i = 0; i < lines.size(); i++) {
      boolean heading = i + 1 < lines.size() && lines.get(i + 1).matches("\\|[-| :]+\\|");
      if (lines.get(i).startsWith("|") && !heading && !lines.get(i).matches("\\|[-| :]+\\|")) {
        assertThat(lines.get(i - 1)).as("row of no table: " + lines.get(i)).startsWith("|");
        rows.add(lines.get(i));
      }
    }
    return rows;
  }

  private static Map<String, String> testSources() throws IOException {
    Map<String, String> sources = new HashMap<>();
    try (Stream<Path> files = Files.walk(Path.of("src", "test", "java"))) {
      for (Path file : files.filter(f -> f.toString().endsWith(".java")).toList()) {
        String name = file.getFileName().toString().replace(".java", "");
        sources.put(name, Files.readString(file));
      }
    }
    return sources;
  }
}
