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
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.slipway.accounts.Action;
import org.slipway.accounts.Refusal;
import org.slipway.accounts.RefusedException;
import org.slipway.api.model.Items;
import org.slipway.api.model.LockOutDocument;
import org.slipway.signin.LockOut;
import org.slipway.signin.LockOuts;

/** Who is locked out or slowed down by failed sign-ins, for administrators, who may lift it. */
@Singleton
@Path("/lockouts")
@Produces(MediaType.APPLICATION_JSON)
public class LockOutsResource {
  private static final Listing<LockOut> LISTING =
      new Listing<>(
          l -> List.of(l.username(), l.address(), l.kind().name()),
          Map.of(
              "username", Comparator.comparing(LockOut::username),
              "address", Comparator.comparing(LockOut::address),
              "until", Comparator.comparing(LockOut::until)),
          Comparator.comparing(LockOut::until).reversed().thenComparing(LockOut::id));

  private final LockOuts lockOuts;

  @Inject
  public LockOutsResource(LockOuts lockOuts) {
    this.lockOuts = lockOuts;
  }

  @GET
  @Needs(Action.MANAGE_ACCOUNTS)
  public Items<LockOutDocument> list(@BeanParam ListParameters parameters) {
    return LISTING.page(parameters, lockOuts.current(), LockOutsResource::document);
  }

  @DELETE
  @Path("{id}")
  @Needs(Action.MANAGE_ACCOUNTS)
  public void lift(@PathParam("id") String id, @Context SecurityContext security) {
    if (!lockOuts.lift(id, Caller.of(security).who())) {
      throw new RefusedException(
          Refusal.Kind.NO_SUCH_THING, "There is no lock-out with this id any more");
    }
  }

  private static LockOutDocument document(LockOut l) {
    return new LockOutDocument(
        l.id(),
        l.kind().name(),
        l.username().isEmpty() ? null : l.username(),
        l.address().isEmpty() ? null : l.address(),
        l.until(),
        l.failures());
  }
}
