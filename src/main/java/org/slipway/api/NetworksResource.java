package org.slipway.api;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import jakarta.ws.rs.core.UriInfo;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.slipway.accounts.Action;
import org.slipway.accounts.Refusal;
import org.slipway.accounts.RefusedException;
import org.slipway.api.model.Items;
import org.slipway.api.model.NetworkDocument;
import org.slipway.leases.Network;
import org.slipway.leases.Networks;

/** Networks: what replies tell the devices of a subnet. */
@Singleton
@Path("/networks")
@Produces(MediaType.APPLICATION_JSON)
public class NetworksResource {
  private static final Listing<Network> LISTING =
      new Listing<>(
          n -> List.of(n.name(), n.subnet().toString(), n.domain().orElse("")),
          Map.of(
              "name", Comparator.comparing(Network::name),
              "subnet", Comparator.comparing(n -> n.subnet().toString())),
          Comparator.comparing(Network::name));

  private final Networks networks;

  @Inject
  public NetworksResource(Networks networks) {
    this.networks = networks;
  }

  @GET
  @Needs(Action.MANAGE_NETWORKS)
  public Items<NetworkDocument> list(@BeanParam ListParameters parameters) {
    return LISTING.page(parameters, networks.all(), NetworkDocuments::of);
  }

  @GET
  @Path("{name}")
  @Needs(Action.MANAGE_NETWORKS)
  public Response get(@PathParam("name") String name, @Context Request request) {
    Network network = existing(name);
    Response.ResponseBuilder unchanged =
        request.evaluatePreconditions(Revision.tag(network.revision()));
    return unchanged != null ? unchanged.build() : response(Response.ok(), network);
  }

  @PUT
  @Path("{name}")
  @Needs(Action.MANAGE_NETWORKS)
  @Consumes(MediaType.APPLICATION_JSON)
  public Response put(
      @PathParam("name") String name,
      @HeaderParam(HttpHeaders.IF_MATCH) String ifMatch,
      NetworkDocument wanted,
      @Context UriInfo address,
      @Context SecurityContext security) {
    Optional<Network> old = networks.find(name);
    Network now =
        networks.put(
            NetworkDocuments.read(name, wanted),
            Revision.expected(ifMatch, old.stream().mapToLong(Network::revision).findFirst()),
            Caller.of(security).who());
    return response(
        old.isPresent() ? Response.ok() : Response.created(address.getAbsolutePath()), now);
  }

  @DELETE
  @Path("{name}")
  @Needs(Action.MANAGE_NETWORKS)
  public void delete(
      @PathParam("name") String name,
      @HeaderParam(HttpHeaders.IF_MATCH) String ifMatch,
      @Context SecurityContext security) {
    Network old = existing(name);
    networks.delete(
        name,
        Revision.expected(ifMatch, OptionalLong.of(old.revision())),
        Caller.of(security).who());
  }

  private Network existing(String name) {
    return networks
        .find(name)
        .orElseThrow(() ->
            new RefusedException(Refusal.Kind.NO_SUCH_THING, "There is no network of this name"));
  }

  private static Response response(Response.ResponseBuilder response, Network network) {
    return response
        .tag(Revision.tag(network.revision()))
        .entity(NetworkDocuments.of(network))
        .build();
  }
}
