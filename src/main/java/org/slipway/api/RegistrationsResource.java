package org.slipway.api;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.time.Clock;
import org.slipway.accounts.Refusal;
import org.slipway.accounts.RefusedException;
import org.slipway.accounts.Registrations;
import org.slipway.api.model.RegistrationDocument;
import org.slipway.api.model.RegistrationRequest;

/** Applying for an account, and following what becomes of it; both without a login. */
@Singleton
@Path("/registrations")
@Produces(MediaType.APPLICATION_JSON)
public class RegistrationsResource {
  private static final int MOST_A_MINUTE = 60;

  private final Registrations registrations;
  private final Authentication authentication;
  private final RequestRate rate;

  @Inject
  public RegistrationsResource(
      Registrations registrations, Authentication authentication, Clock clock) {
    this.registrations = registrations;
    this.authentication = authentication;
    this.rate = new RequestRate(clock, MOST_A_MINUTE);
  }

  @POST
  @PublicAccess
  @Consumes(MediaType.APPLICATION_JSON)
  public Response register(
      RegistrationRequest application,
      @Context HttpServletRequest request,
      @Context UriInfo address) {
    rate.count(authentication.address(request));
    Registrations.State state =
        registrations.register(
            new Registrations.Application(
                application.username(),
                application.password(),
                Fields.optional(application.email()),
                Fields.optional(application.displayName())),
            authentication.anonymous(request));
    return Response.accepted(document(state))
        .location(address.getAbsolutePathBuilder().path(state.id()).build())
        .build();
  }

  @GET
  @PublicAccess
  @Path("{id}")
  public RegistrationDocument state(@PathParam("id") String id) {
    return registrations
        .state(id)
        .map(RegistrationsResource::document)
        .orElseThrow(() ->
            new RefusedException(
                Refusal.Kind.NO_SUCH_THING, "There is no registration with this id"));
  }

  private static RegistrationDocument document(Registrations.State state) {
    return new RegistrationDocument(state.id(), state.status().name(), state.reason().orElse(null));
  }
}
