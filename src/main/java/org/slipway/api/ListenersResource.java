package org.slipway.api;

import com.fasterxml.jackson.databind.JsonNode;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.SecurityContext;
import java.net.InetSocketAddress;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slipway.accounts.Action;
import org.slipway.accounts.InvalidInputException;
import org.slipway.accounts.Refusal;
import org.slipway.accounts.RefusedException;
import org.slipway.api.model.Items;
import org.slipway.api.model.ListenerDocument;
import org.slipway.audit.AuditAction;
import org.slipway.audit.AuditTrail;
import org.slipway.audit.AuditValues;
import org.slipway.listeners.ListenerStatus;
import org.slipway.listeners.ListenerSupervisor;
import org.slipway.provisioning.BootSequence;

/** The listeners: how they are, and starting and stopping them. */
@Singleton
@Path("/listeners")
@Produces(MediaType.APPLICATION_JSON)
public class ListenersResource {
  private static final Set<String> READ_ONLY =
      Set.of(
          "protocol",
          "state",
          "address",
          "port",
          "implicitTlsPort",
          "error",
          "since",
          "warning",
          "unanswered");
  private static final Listing<ListenerStatus> LISTING =
      new Listing<>(
          s -> List.of(s.protocol(), s.state().name()),
          Map.of(
              "protocol", Comparator.comparing(ListenerStatus::protocol),
              "state", Comparator.comparing(ListenerStatus::state)),
          Comparator.comparing(ListenerStatus::protocol));

  private final ListenerSupervisor supervisor;
  private final BootSequence boots;
  private final AuditTrail audit;

  @Inject
  public ListenersResource(ListenerSupervisor supervisor, BootSequence boots, AuditTrail audit) {
    this.supervisor = supervisor;
    this.boots = boots;
    this.audit = audit;
  }

  @GET
  @Needs(Action.SEE_LISTENERS)
  public Items<ListenerDocument> list(@BeanParam ListParameters parameters) {
    return LISTING.page(parameters, supervisor.statuses(), this::document);
  }

  @GET
  @Path("{protocol}")
  @Needs(Action.SEE_LISTENERS)
  public ListenerDocument get(@PathParam("protocol") String protocol) {
    return document(existing(protocol));
  }

  @PATCH
  @Path("{protocol}")
  @Needs(Action.MANAGE_LISTENERS)
  @Consumes({MediaType.APPLICATION_JSON, MergePatch.MEDIA_TYPE})
  public ListenerDocument change(
      @PathParam("protocol") String protocol, JsonNode body, @Context SecurityContext security) {
    ListenerStatus before = existing(protocol);
    Boolean enabled =
        MergePatch.of(body)
            .appliedTo(document(before), ListenerDocument.class, READ_ONLY)
            .enabled();
    if (enabled == null) {
      throw new InvalidInputException("enabled", "needed", "A value is needed");
    }
    ListenerStatus after = enabled ? supervisor.start(protocol) : supervisor.stop(protocol);
    audit.done(
        Caller.of(security).who(),
        enabled ? AuditAction.LISTENER_STARTED : AuditAction.LISTENER_STOPPED,
        protocol,
        AuditValues.of("state", before.state()),
        AuditValues.of("state", after.state()));
    return document(after);
  }

  private ListenerStatus existing(String protocol) {
    return supervisor
        .status(protocol)
        .orElseThrow(() ->
            new RefusedException(
                Refusal.Kind.NO_SUCH_THING, "There is no listener of this protocol"));
  }

  private ListenerDocument document(ListenerStatus s) {
    return new ListenerDocument(
        s.protocol(),
        s.state() != ListenerStatus.State.STOPPED,
        s.state().name(),
        s.address().map(a -> a.getAddress().getHostAddress()).orElse(null),
        s.address().map(InetSocketAddress::getPort).orElse(s.configuredPort()),
        s.implicitTlsPort().orElse(null),
        s.error().orElse(null),
        s.since(),
        s.warning().orElse(null),
        s.protocol().equals("bootp") ? unanswered() : null);
  }

  private Map<String, Long> unanswered() {
    Map<String, Long> counts = new LinkedHashMap<>();
    boots.unansweredSoFar().forEach((reason, count) -> counts.put(reason.name(), count));
    return counts;
  }
}
