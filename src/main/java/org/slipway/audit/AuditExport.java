package org.slipway.audit;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** The audit trail as a file; that it was taken is in the trail itself. */
@Singleton
public final class AuditExport {
  private static final List<String> COLUMNS =
      List.of(
          "at", "last", "actor", "address", "channel", "action", "subject", "outcome", "reason",
          "before", "after", "count", "cut");

  private static final int BUFFER = 64 << 10;
  private static final JsonFactory JSON = new JsonFactory();

  private final AuditTrail trail;

  @Inject
  public AuditExport(AuditTrail trail) {
    this.trail = trail;
  }

  /** Comma-separated values with a header line, or a JSON object a line. */
  public enum Format {
    CSV("text/csv;charset=utf-8;header=present", "csv"),
    JSONL("application/x-ndjson", "jsonl");

    private final String mediaType;
    private final String extension;

    Format(String mediaType, String extension) {
      this.mediaType = mediaType;
      this.extension = extension;
    }

    public String mediaType() {
      return mediaType;
    }

    /** What the name of the file ends in. */
    public String extension() {
      return extension;
    }
  }

  /** Writes every entry that is asked for, newest first, as they are read. */
  public void write(AuditQuery query, Format format, Who who, OutputStream to) throws IOException {
    trail.done(
        who,
        AuditAction.AUDIT_EXPORTED,
        query.described(),
        null,
        AuditValues.of("format", format.name()));
    OutputStream out = new BufferedOutputStream(to, BUFFER);
    if (format == Format.CSV) {
      out.write(utf8(CsvLine.of(COLUMNS)));
    }
    try {
      trail.each(query, entry -> line(out, entry, format));
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    out.flush();
  }

  private static void line(OutputStream out, AuditEntry entry, Format format) {
    try {
      out.write(format == Format.CSV ? utf8(CsvLine.of(cells(entry))) : json(entry));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static List<Object> cells(AuditEntry e) {
    return Arrays.asList(
        e.at(),
        e.last(),
        e.actor(),
        e.address(),
        e.channel(),
        e.action(),
        e.subject(),
        e.outcome(),
        e.reason(),
        e.before(),
        e.after(),
        e.repeats(),
        cut(e));
  }

  private static String cut(AuditEntry e) {
    return String.join(
        " ",
        e.cut().entrySet().stream()
            .sorted(Map.Entry.comparingByKey())
            .map(c -> c.getKey() + "=" + c.getValue().length() + "," + c.getValue().sha256())
            .toList());
  }

  /** Jackson writes half a surrogate pair as an escape, which nothing else in JSON could. */
  private static byte[] json(AuditEntry e) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    List<Object> cells = cells(e);
    try (JsonGenerator json = JSON.createGenerator(line)) {
      json.writeStartObject();
      for (int i = 0; i < COLUMNS.size() - 1; i++) {
        Object value = cells.get(i);
        if (value instanceof Long number) {
          json.writeNumberField(COLUMNS.get(i), number);
        } else {
          json.writeStringField(COLUMNS.get(i), value == null ? null : value.toString());
        }
      }
      cut(json, e.cut());
      json.writeEndObject();
    }
    line.write('\n');
    return line.toByteArray();
  }

  private static void cut(JsonGenerator json, Map<String, StoredText.Cut> cut) throws IOException {
    json.writeObjectFieldStart("cut");
    for (Map.Entry<String, StoredText.Cut> field : cut.entrySet()) {
      json.writeObjectFieldStart(field.getKey());
      json.writeNumberField("length", field.getValue().length());
      json.writeStringField("sha256", field.getValue().sha256());
      json.writeEndObject();
    }
    json.writeEndObject();
  }
}
