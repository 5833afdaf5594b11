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
import org.slipway.api.model.ManifestDocument;
import org.slipway.provisioning.Manifest;
import org.slipway.provisioning.Manifests;

/** Manifests; each change makes the next version. */
@Singleton
@Path("/manifests")
@Produces(MediaType.APPLICATION_JSON)
public class ManifestsResource {
  private static final Listing<Manifest> LISTING =
      new Listing<>(
          m -> List.of(m.name(), m.description()),
          Map.of(
              "name", Comparator.comparing(Manifest::name),
              "version", Comparator.comparing(Manifest::version),
              "created", Comparator.comparing(Manifest::created)),
          Comparator.comparing(Manifest::name));

  private final Manifests manifests;
  private final ManifestDocuments documents;

  @Inject
  public ManifestsResource(Manifests manifests, ManifestDocuments documents) {
    this.manifests = manifests;
    this.documents = documents;
  }

  @GET
  @Needs(Action.MANAGE_MANIFESTS)
  public Items<ManifestDocument> list(@BeanParam ListParameters parameters) {
    return LISTING.page(parameters, manifests.all(), documents::of);
  }

  @GET
  @Path("{name}")
  @Needs(Action.MANAGE_MANIFESTS)
  public Response get(@PathParam("name") String name, @Context Request request) {
    Manifest manifest = existing(name);
    Response.ResponseBuilder unchanged =
        request.evaluatePreconditions(Revision.tag(manifest.revision()));
    return unchanged != null ? unchanged.build() : response(Response.ok(), manifest);
  }

  @PUT
  @Path("{name}")
  @Needs(Action.MANAGE_MANIFESTS)
  @Consumes(MediaType.APPLICATION_JSON)
  public Response put(
      @PathParam("name") String name,
      @HeaderParam(HttpHeaders.IF_MATCH) String ifMatch,
      ManifestDocument wanted,
      @Context UriInfo address,
      @Context SecurityContext security) {
    Optional<Manifest> old = manifests.find(name);
    Manifest now =
        manifests.put(
            ManifestDocuments.read(name, wanted),
            Revision.expected(ifMatch, old.stream().mapToLong(Manifest::revision).findFirst()),
            Caller.of(security).who());
    return response(
        old.isPresent() ? Response.ok() : Response.created(address.getAbsolutePath()), now);
  }

  @DELETE
  @Path("{name}")
  @Needs(Action.MANAGE_MANIFESTS)
  public void delete(
      @PathParam("name") String name,
      @HeaderParam(HttpHeaders.IF_MATCH) String ifMatch,
      @Context SecurityContext security) {
    Manifest old = existing(name);
    manifests.delete(
        name,
        Revision.expected(ifMatch, OptionalLong.of(old.revision())),
        Caller.of(security).who());
  }

  private Manifest existing(String name) {
    return manifests
        .find(name)
        .orElseThrow(() ->
            new RefusedException(Refusal.Kind.NO_SUCH_THING, "There is no manifest of this name"));
  }

  private Response response(Response.ResponseBuilder response, Manifest manifest) {
    return response.tag(Revision.tag(manifest.revision())).entity(documents.of(manifest)).build();
  }
}
