package org.slipway.api;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import jakarta.ws.rs.core.StreamingOutput;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.slipway.accounts.Action;
import org.slipway.api.model.AuditDocument;
import org.slipway.api.model.Items;
import org.slipway.audit.AuditEntry;
import org.slipway.audit.AuditExport;
import org.slipway.audit.AuditQuery;
import org.slipway.audit.AuditTrail;
import org.slipway.audit.Who;

/** The audit trail, newest first: a page of it, or all that is asked for as a file. */
@Singleton
@Path("/audit")
public class AuditResource {
  private static final List<ExportType> TYPES =
      List.of(ExportType.JSON, ExportType.CSV, ExportType.JSONL);

  private final AuditTrail trail;
  private final AuditExport export;

  @Inject
  public AuditResource(AuditTrail trail, AuditExport export) {
    this.trail = trail;
    this.export = export;
  }

  @GET
  @Needs(Action.READ_AUDIT)
  @Produces({MediaType.APPLICATION_JSON, "text/csv", "application/x-ndjson"})
  public Response list(
      @BeanParam ListParameters parameters,
      @BeanParam AuditFilter filter,
      @QueryParam("format") String format,
      @Context HttpHeaders headers,
      @Context SecurityContext security) {
    ListParameters.Checked asked = parameters.checked(Set.of("at"));
    AuditQuery query = filter.query(asked.q());
    return switch (ExportType.of(format, headers, TYPES)) {
      case JSON -> page(query, asked);
      case CSV -> file(query, AuditExport.Format.CSV, Caller.of(security).who());
      case JSONL -> file(query, AuditExport.Format.JSONL, Caller.of(security).who());
    };
  }

  private Response page(AuditQuery query, ListParameters.Checked asked) {
    List<AuditDocument> entries =
        trail.page(query, asked.oldestFirst(), asked.offset(), asked.limit()).stream()
            .map(AuditResource::document)
            .toList();
    return Response.ok(new Items<>(entries, trail.count(query)))
        .type(MediaType.APPLICATION_JSON_TYPE)
        .build();
  }

  private Response file(AuditQuery query, AuditExport.Format format, Who who) {
    StreamingOutput content = out -> export.write(query, format, who, out);
    return Response.ok(content)
        .type(format.mediaType())
        .header(
            HttpHeaders.CONTENT_DISPOSITION,
            "attachment; filename=\"audit." + format.extension() + "\"")
        .build();
  }

  private static AuditDocument document(AuditEntry e) {
    return new AuditDocument(
        e.at(),
        e.last(),
        e.actor(),
        e.address(),
        e.channel(),
        e.action(),
        e.subject(),
        e.outcome().name(),
        e.reason(),
        e.before(),
        e.after(),
        e.repeats(),
        e.cut().entrySet().stream()
            .collect(
                Collectors.toUnmodifiableMap(
                    c -> c.getKey(),
                    c -> new AuditDocument.Whole(c.getValue().length(), c.getValue().sha256()))));
  }
}
