package org.slipway.audit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slipway.portal.PortalParts;

/** The trail as a file holds every value exactly, and nothing that a spreadsheet would run. */
class AuditExportTest {
  private static final Who ADMIN = new Who("admin", "::1", "API");
  private static final AuditQuery CHANGES =
      new AuditQuery(
          "",
          java.util.Optional.empty(),
          java.util.Optional.empty(),
          java.util.Optional.empty(),
          java.util.Optional.of("ACCOUNT_CHANGED"),
          java.util.Optional.empty(),
          java.util.Optional.empty(),
          java.util.Optional.empty());

  @TempDir Path folder;
  private PortalParts portal;
  private AuditExport export;

  @BeforeEach
  void open() {
    portal = PortalParts.open(folder);
    export = new AuditExport(portal.audit);
  }

  @AfterEach
  void close() {
    portal.close();
  }

  private String file(AuditExport.Format format) throws IOException {
    portal.settle();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    export.write(CHANGES, format, ADMIN, out);
    return out.toString(StandardCharsets.UTF_8);
  }

  private List<String> written() {
    List<String> texts = HostileText.all().toList();
    texts.forEach(t -> portal.audit.done(ADMIN, AuditAction.ACCOUNT_CHANGED, t, null, null));
    return texts.reversed();
  }

  @Test
  void jsonLinesHoldEveryValue() throws IOException {
    List<String> texts = written();
    List<String> subjects = new ArrayList<>();
    for (String line : file(AuditExport.Format.JSONL).split("\n")) {
      JsonNode entry = new ObjectMapper().readTree(line);
      assertThat(entry.get("count").asLong()).isEqualTo(1);
      assertThat(entry.get("reason").isNull()).isTrue();
      subjects.add(entry.get("subject").asText());
    }
    assertThat(subjects).isEqualTo(texts);
  }

  @Test
  void commaSeparatedValuesHoldEveryValueAndNoFormula() throws IOException {
    List<String> texts = written();
    List<List<String>> lines = parsed(file(AuditExport.Format.CSV));
    assertThat(lines.getFirst()).startsWith("at", "last", "actor").hasSize(13);
    List<List<String>> entries = lines.subList(1, lines.size());
    assertThat(entries).allMatch(cells -> cells.size() == 13);
    List<String> subjects = entries.stream().map(cells -> cells.get(6)).toList();
    assertThat(subjects).noneMatch(s -> !s.isEmpty() && "=+-@\t\r\n".indexOf(s.charAt(0)) >= 0);
    assertThat(subjects.stream().map(AuditExportTest::received).toList()).isEqualTo(texts);
  }

  /** What the documentation says: one apostrophe away, then the escapes undone. */
  private static String received(String cell) {
    return StoredText.read(cell.startsWith("'") ? cell.substring(1) : cell).text();
  }

  /** RFC 4180, as strictly as can be. */
  private static List<List<String>> parsed(String file) {
    List<List<String>> lines = new ArrayList<>();
    List<String> line = new ArrayList<>();
    int i = 0;
    while (i < file.length()) {
      assertThat(file.charAt(i)).isEqualTo('"');
      StringBuilder cell = new StringBuilder();
      for (i++; file.charAt(i) != '"' || file.startsWith("\"\"", i); i++) {
        cell.append(file.charAt(i));
        i += file.charAt(i) == '"' ? 1 : 0;
      }
      line.add(cell.toString());
      i++;
      if (file.startsWith(",", i)) {
        i++;
      } else {
        assertThat(file.startsWith("\r\n", i)).isTrue();
        i += 2;
        lines.add(line);
        line = new ArrayList<>();
      }
    }
    return lines;
  }

  @Test
  void anExportIsAnEntry() throws IOException {
    file(AuditExport.Format.CSV);
    portal.settle();
    AuditEntry entry = portal.audit.page("", 0, 1).getFirst();
    assertThat(entry.action()).isEqualTo("AUDIT_EXPORTED");
    assertThat(entry.actor()).isEqualTo("admin");
    assertThat(entry.subject()).isEqualTo("{\"action\":\"ACCOUNT_CHANGED\"}");
    assertThat(entry.after()).isEqualTo("{\"format\":\"CSV\"}");
  }

  @Test
  void aLongTrailIsWhole() throws IOException {
    for (int i = 0; i < 2500; i++) {
      portal.audit.done(ADMIN, AuditAction.ACCOUNT_CHANGED, "n" + i, null, null);
    }
    List<List<String>> lines = parsed(file(AuditExport.Format.CSV));
    assertThat(lines).hasSize(2501);
    assertThat(lines.get(1).get(6)).isEqualTo("n2499");
    assertThat(lines.getLast().get(6)).isEqualTo("n0");
  }
}
