package org.slipway.transfers;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.slipway.audit.AuditAction;
import org.slipway.audit.AuditTrail;
import org.slipway.audit.AuditValues;
import org.slipway.audit.CsvLine;
import org.slipway.audit.Who;

/** The history as a file of comma-separated values; that it was taken is in the audit trail. */
@Singleton
public final class TransferExport {
  public static final String MEDIA_TYPE = "text/csv;charset=utf-8;header=present";

  private static final List<String> COLUMNS =
      List.of(
          "id",
          "protocol",
          "account",
          "device",
          "peer",
          "direction",
          "path",
          "bytes",
          "started",
          "ended",
          "outcome",
          "reason",
          "sha256",
          "lengthVerified");

  private final TransferLog log;
  private final AuditTrail audit;

  @Inject
  public TransferExport(TransferLog log, AuditTrail audit) {
    this.log = log;
    this.audit = audit;
  }

  /** Writes every transfer that is asked for, newest first, as they are read. */
  public void write(TransferQuery query, Who who, OutputStream to) throws IOException {
    audit.done(
        who,
        AuditAction.TRANSFERS_EXPORTED,
        query.described(),
        null,
        AuditValues.of("format", "CSV"));
    Writer out = new BufferedWriter(new OutputStreamWriter(to, StandardCharsets.UTF_8));
    out.write(CsvLine.of(COLUMNS));
    try {
      log.each(query, t -> line(out, t));
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    out.flush();
  }

  private static void line(Writer out, TransferRecord t) {
    TransferDescription d = t.description();
    try {
      out.write(
          CsvLine.of(
              Arrays.asList(
                  t.id(),
                  d.protocol(),
                  d.account().orElse(null),
                  d.device().orElse(null),
                  d.peer(),
                  d.direction(),
                  d.path(),
                  t.bytes(),
                  t.started(),
                  t.ended(),
                  t.outcome(),
                  t.reason().orElse(null),
                  t.sha256().orElse(null),
                  t.lengthVerified().orElse(null))));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
