package org.slipway.api;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.Set;
import org.slipway.accounts.Action;
import org.slipway.api.model.AuditDocument;
import org.slipway.api.model.Items;
import org.slipway.audit.AuditEntry;
import org.slipway.audit.AuditTrail;

/** The audit trail, newest first. */
@Singleton
@Path("/audit")
@Produces(MediaType.APPLICATION_JSON)
public class AuditResource {
  private final AuditTrail trail;

  @Inject
  public AuditResource(AuditTrail trail) {
    this.trail = trail;
  }

  @GET
  @Needs(Action.READ_AUDIT)
  public Items<AuditDocument> list(@BeanParam ListParameters parameters) {
    ListParameters.Checked asked = parameters.checked(Set.of());
    return new Items<>(
        trail.page(asked.q(), asked.offset(), asked.limit()).stream()
            .map(AuditResource::document)
            .toList(),
        trail.count(asked.q()));
  }

  private static AuditDocument document(AuditEntry e) {
    return new AuditDocument(
        e.at(),
        e.actor(),
        e.address(),
        e.channel(),
        e.action(),
        e.subject(),
        e.outcome().name(),
        e.reason(),
        e.before(),
        e.after(),
        e.repeats());
  }
}
