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
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.Optional;
import org.slipway.accounts.Refusal;
import org.slipway.accounts.RefusedException;
import org.slipway.accounts.Registrations;
import org.slipway.api.model.CodeRequest;
import org.slipway.api.model.RegistrationDocument;
import org.slipway.api.model.RegistrationRequest;

/** Applying for an account, and following what becomes of it; both without a login. */
@Singleton
@Path("/registrations")
@Produces(MediaType.APPLICATION_JSON)
public class RegistrationsResource {
  private final Registrations registrations;
  private final Authentication authentication;

  @Inject
  public RegistrationsResource(Registrations registrations, Authentication authentication) {
    this.registrations = registrations;
    this.authentication = authentication;
  }

  @POST
  @PublicAccess
  @Consumes(MediaType.APPLICATION_JSON)
  public Response register(
      RegistrationRequest application,
      @Context HttpServletRequest request,
      @Context UriInfo address) {
    Registrations.State state =
        registrations.register(
            new Registrations.Application(
                application.username() == null ? "" : application.username(),
                application.password(),
                Fields.optional(application.email()),
                Fields.optional(application.displayName()),
                language(request),
                Fields.optional(application.invitation())),
            authentication.anonymous(request));
    return Response.accepted(document(state))
        .location(address.getAbsolutePathBuilder().path(state.id()).build())
        .build();
  }

  /** The language of mails to the applicant. */
  private static Optional<String> language(HttpServletRequest request) {
    return Optional.ofNullable(request.getHeader(HttpHeaders.ACCEPT_LANGUAGE))
        .map(asked -> request.getLocale().getLanguage().equals("zh") ? "zh-CN" : "en");
  }

  @POST
  @PublicAccess
  @Path("{id}/confirmation")
  @Consumes(MediaType.APPLICATION_JSON)
  public RegistrationDocument confirm(
      @PathParam("id") String id, CodeRequest given, @Context HttpServletRequest request) {
    Fields fields = new Fields();
    String code = fields.needed("code", given.code());
    fields.check();
    return document(registrations.confirm(id, code, authentication.anonymous(request)));
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
    return new RegistrationDocument(
        state.id(),
        state.status().name(),
        state.reason().orElse(null),
        state.waiting().map(Enum::name).orElse(null));
  }
}
