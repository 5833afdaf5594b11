package org.slipway.api;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.SecurityContext;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.slipway.accounts.Action;
import org.slipway.accounts.InvalidInputException;
import org.slipway.api.model.FileDocument;
import org.slipway.api.model.Items;
import org.slipway.api.model.TrashOperation;
import org.slipway.api.model.TrashedDocument;
import org.slipway.storage.GuardedArea;
import org.slipway.storage.Homes;
import org.slipway.storage.Trash;
import org.slipway.storage.VirtualPath;

/** What the caller has deleted into the trash, and how to have it back. */
@Singleton
@Path("/trash")
@Produces(MediaType.APPLICATION_JSON)
public class TrashResource {
  private static final Listing<Trash.Entry> LISTING =
      new Listing<>(
          e -> List.of(e.path().relative()),
          Map.of(
              "path", Comparator.comparing(e -> e.path().relative()),
              "deleted", Comparator.comparing(Trash.Entry::deleted)),
          Comparator.comparing(Trash.Entry::id).reversed());

  private final Homes homes;

  @Inject
  public TrashResource(Homes homes) {
    this.homes = homes;
  }

  @GET
  @Needs(Action.USE_OWN_HOME)
  public Items<TrashedDocument> list(
      @BeanParam ListParameters parameters, @Context SecurityContext security) {
    return LISTING.page(parameters, home(security).trashed(), TrashResource::document);
  }

  /** Empties it. */
  @DELETE
  @Needs(Action.USE_OWN_HOME)
  public void empty(@Context SecurityContext security) {
    GuardedArea home = home(security);
    home.trashed().forEach(e -> home.purge(e.id()));
  }

  @GET
  @Path("{id}")
  @Needs(Action.USE_OWN_HOME)
  public TrashedDocument get(@PathParam("id") String id, @Context SecurityContext security) {
    return document(home(security).trashed(id));
  }

  @DELETE
  @Path("{id}")
  @Needs(Action.USE_OWN_HOME)
  public void delete(@PathParam("id") String id, @Context SecurityContext security) {
    home(security).purge(id);
  }

  /** Puts it back where it was, and says where that is. */
  @POST
  @Path("{id}")
  @Consumes(MediaType.APPLICATION_JSON)
  @Needs(Action.USE_OWN_HOME)
  public FileDocument operate(
      @PathParam("id") String id, TrashOperation operation, @Context SecurityContext security) {
    if (!"restore".equals(operation.op())) {
      throw new InvalidInputException("op", "choice", "Allowed: restore");
    }
    GuardedArea home = home(security);
    VirtualPath path = home.restore(id);
    return FileRequests.document(path, home.existing(path));
  }

  private GuardedArea home(SecurityContext security) {
    Caller caller = Caller.of(security);
    return homes.of(caller.account(), caller.channel(), caller.who());
  }

  static TrashedDocument document(Trash.Entry entry) {
    return new TrashedDocument(
        entry.id(),
        entry.path().name(),
        entry.path().relative(),
        entry.facts().folder() ? "FOLDER" : "FILE",
        entry.facts().size(),
        entry.deleted());
  }
}
