package org.slipway.api;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.SecurityContext;
import java.util.Optional;
import java.util.Set;
import org.slipway.accounts.Account;
import org.slipway.accounts.Action;
import org.slipway.api.model.Items;
import org.slipway.api.model.TransferDocument;
import org.slipway.signin.Scope;
import org.slipway.transfers.TransferDescription;
import org.slipway.transfers.TransferLog;
import org.slipway.transfers.TransferRecord;

/** The history of transfers, newest first: all for an operator, a user's own for the user. */
@Singleton
@Path("/transfers")
@Produces(MediaType.APPLICATION_JSON)
public class TransfersResource {
  private final TransferLog log;

  @Inject
  public TransfersResource(TransferLog log) {
    this.log = log;
  }

  @GET
  @NeedsLogin
  @ForTokens(Scope.MONITOR_READ)
  public Items<TransferDocument> list(
      @BeanParam ListParameters parameters, @Context SecurityContext security) {
    ListParameters.Checked asked = parameters.checked(Set.of());
    Account caller = Caller.of(security).account();
    Optional<String> owner =
        caller.hasRole(Action.SEE_ALL_TRANSFERS.least())
            ? Optional.empty()
            : Optional.of(caller.username());
    return new Items<>(
        log.page(asked.q(), owner, asked.offset(), asked.limit()).stream()
            .map(TransfersResource::document)
            .toList(),
        log.count(asked.q(), owner));
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
        t.sha256().orElse(null));
  }
}
