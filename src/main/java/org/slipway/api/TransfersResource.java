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
import org.slipway.accounts.Account;
import org.slipway.accounts.Action;
import org.slipway.api.model.Items;
import org.slipway.api.model.TransferDocument;
import org.slipway.signin.Scope;
import org.slipway.transfers.TransferDescription;
import org.slipway.transfers.TransferExport;
import org.slipway.transfers.TransferLog;
import org.slipway.transfers.TransferQuery;
import org.slipway.transfers.TransferRecord;

/**
 * The history of transfers, newest first: all for an operator, a user's own for the user; a page of
 * it, or all that is asked for as a file.
 */
@Singleton
@Path("/transfers")
public class TransfersResource {
  private static final List<ExportType> TYPES = List.of(ExportType.JSON, ExportType.CSV);

  private final TransferLog log;
  private final TransferExport export;

  @Inject
  public TransfersResource(TransferLog log, TransferExport export) {
    this.log = log;
    this.export = export;
  }

  @GET
  @NeedsLogin
  @ForTokens(Scope.MONITOR_READ)
  @Produces({MediaType.APPLICATION_JSON, "text/csv"})
  public Response list(
      @BeanParam ListParameters parameters,
      @BeanParam TransferFilter filter,
      @QueryParam("format") String format,
      @Context HttpHeaders headers,
      @Context SecurityContext security) {
    ListParameters.Checked asked = parameters.checked(Set.of("ended"));
    Account caller = Caller.of(security).account();
    TransferQuery any = filter.query(asked.q());
    TransferQuery query =
        caller.hasRole(Action.SEE_ALL_TRANSFERS.least()) ? any : any.ofAccount(caller.username());
    if (ExportType.of(format, headers, TYPES) == ExportType.CSV) {
      StreamingOutput content = out -> export.write(query, Caller.of(security).who(), out);
      return Response.ok(content)
          .type(TransferExport.MEDIA_TYPE)
          .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"transfers.csv\"")
          .build();
    }
    List<TransferDocument> page =
        log.page(query, asked.oldestFirst(), asked.offset(), asked.limit()).stream()
            .map(TransfersResource::document)
            .toList();
    return Response.ok(new Items<>(page, log.count(query)))
        .type(MediaType.APPLICATION_JSON_TYPE)
        .build();
  }

  private static TransferDocument document(TransferRecord t) {
    TransferDescription d = t.description();
    return new TransferDocument(
        t.id().toString(),
        d.protocol(),
        d.account().orElse(null),
        d.device().orElse(null),
        d.peer(),
        d.direction().name(),
        d.path(),
        t.bytes(),
        t.started(),
        t.ended(),
        t.outcome().name(),
        t.reason().orElse(null),
        t.sha256().orElse(null),
        t.lengthVerified().orElse(null));
  }
}
