package org.slipway.api;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.SecurityContext;
import java.net.Inet4Address;
import java.time.Clock;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.slipway.accounts.Action;
import org.slipway.accounts.Refusal;
import org.slipway.accounts.RefusedException;
import org.slipway.api.model.Items;
import org.slipway.api.model.LeaseDocument;
import org.slipway.leases.Lease;
import org.slipway.leases.Leases;
import org.slipway.leases.Network;
import org.slipway.leases.Networks;
import org.slipway.settings.SettingText;

/** Leases: which client has which address. DELETE takes one away, or ends a quarantine. */
@Singleton
@Path("/leases")
@Produces(MediaType.APPLICATION_JSON)
public class LeasesResource {
  private static final Comparator<Lease> BY_ADDRESS =
      Comparator.comparing(l -> Integer.toUnsignedLong(l.address().hashCode()));
  private static final Listing<Lease> LISTING =
      new Listing<>(
          l ->
              List.of(
                  l.address().getHostAddress(),
                  l.client().hardwareAddress(),
                  l.client().hostName().orElse("")),
          Map.of(
              "address", BY_ADDRESS,
              "hardwareAddress", Comparator.comparing((Lease l) -> l.client().hardwareAddress()),
              "renewed", Comparator.comparing(Lease::renewed),
              "end", Comparator.comparing(Lease::end)),
          BY_ADDRESS);

  private final Leases leases;
  private final Networks networks;
  private final Clock clock;

  @Inject
  public LeasesResource(Leases leases, Networks networks, Clock clock) {
    this.leases = leases;
    this.networks = networks;
    this.clock = clock;
  }

  @GET
  @Needs(Action.MANAGE_NETWORKS)
  public Items<LeaseDocument> list(@BeanParam ListParameters parameters) {
    Instant now = clock.instant();
    return LISTING.page(parameters, leases.all(), l -> document(l, now));
  }

  @GET
  @Path("{address}")
  @Needs(Action.MANAGE_NETWORKS)
  public LeaseDocument get(@PathParam("address") String address) {
    return leases
        .find(parsed(address))
        .map(l -> document(l, clock.instant()))
        .orElseThrow(LeasesResource::noLease);
  }

  @DELETE
  @Path("{address}")
  @Needs(Action.MANAGE_NETWORKS)
  public void delete(@PathParam("address") String address, @Context SecurityContext security) {
    leases.delete(parsed(address), Caller.of(security).who());
  }

  private static Inet4Address parsed(String text) {
    try {
      if (SettingText.address(text) instanceof Inet4Address address) {
        return address;
      }
    } catch (IllegalArgumentException e) {
      // no address has no lease
    }
    throw noLease();
  }

  private static RefusedException noLease() {
    return new RefusedException(Refusal.Kind.NO_SUCH_THING, "There is no lease of this address");
  }

  private LeaseDocument document(Lease l, Instant now) {
    return new LeaseDocument(
        l.address().getHostAddress(),
        l.client().hardwareAddress(),
        l.client().identity().text(),
        l.client().hostName().orElse(null),
        networks.of(l.address()).map(Network::name).orElse(null),
        l.state(now).name(),
        l.since(),
        l.renewed(),
        l.end());
  }
}
