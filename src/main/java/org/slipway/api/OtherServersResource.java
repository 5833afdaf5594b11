package org.slipway.api;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.SecurityContext;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.slipway.accounts.Action;
import org.slipway.api.model.Items;
import org.slipway.api.model.OtherServersDocument;
import org.slipway.audit.AuditAction;
import org.slipway.audit.AuditTrail;
import org.slipway.audit.AuditValues;
import org.slipway.bootp.OtherServers.OtherServer;
import org.slipway.bootp.ServerSearch;
import org.slipway.provisioning.HardwareAddress;

/** BOOTP and DHCP servers beside this one: GET who was seen, POST to look for them. */
@Singleton
@Path("/listeners/bootp/other-servers")
@Produces(MediaType.APPLICATION_JSON)
public class OtherServersResource {
  private static final Comparator<OtherServer> LAST_FIRST =
      Comparator.comparing(OtherServer::last).reversed();
  private static final Listing<OtherServer> LISTING =
      new Listing<>(
          s -> List.of(s.address().getHostAddress(), s.evidence().name()),
          Map.of(
              "address", Comparator.comparing((OtherServer s) -> s.address().getHostAddress()),
              "last", Comparator.comparing(OtherServer::last)),
          LAST_FIRST);

  private final ServerSearch search;
  private final AuditTrail audit;

  @Inject
  public OtherServersResource(ServerSearch search, AuditTrail audit) {
    this.search = search;
    this.audit = audit;
  }

  @GET
  @Needs(Action.MANAGE_NETWORKS)
  public Items<OtherServersDocument.Server> list(@BeanParam ListParameters parameters) {
    return LISTING.page(parameters, search.others().all(), OtherServersResource::document);
  }

  /** Takes some seconds: servers look whether an address is free before they offer it. */
  @POST
  @Needs(Action.MANAGE_NETWORKS)
  public OtherServersDocument search(@Context SecurityContext security) {
    ServerSearch.Result result = search.search();
    List<String> answered = texts(result.servers());
    audit.done(
        Caller.of(security).who(),
        AuditAction.OTHER_SERVERS_SEARCHED,
        "bootp",
        null,
        AuditValues.of("answered", String.join(" ", answered)));
    return new OtherServersDocument(
        texts(result.askedFrom()),
        answered,
        result.error().orElse(null),
        search.others().all().stream().map(OtherServersResource::document).toList());
  }

  private static List<String> texts(List<Inet4Address> addresses) {
    return addresses.stream().map(InetAddress::getHostAddress).toList();
  }

  private static OtherServersDocument.Server document(OtherServer s) {
    return new OtherServersDocument.Server(
        s.address().getHostAddress(),
        s.evidence().name(),
        s.device().map(HardwareAddress::text).orElse(null),
        s.first(),
        s.last(),
        s.times());
  }
}
