package org.slipway.api;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.slipway.accounts.PasswordResets;
import org.slipway.api.model.NewPasswordRequest;
import org.slipway.api.model.PasswordResetRequest;

/** Forgotten passwords, without a login: asking for a link by mail, and using it. */
@Singleton
@Path("/password-resets")
@Produces(MediaType.APPLICATION_JSON)
public class PasswordResetsResource {
  private final PasswordResets resets;
  private final Authentication authentication;

  @Inject
  public PasswordResetsResource(PasswordResets resets, Authentication authentication) {
    this.resets = resets;
    this.authentication = authentication;
  }

  /** Says the same whether there is such an account. */
  @POST
  @PublicAccess
  @Consumes(MediaType.APPLICATION_JSON)
  public Response request(PasswordResetRequest asked, @Context HttpServletRequest request) {
    String name = asked.username() == null ? asked.email() : asked.username();
    resets.request(name, authentication.anonymous(request));
    return Response.accepted().build();
  }

  @POST
  @PublicAccess
  @Path("{code}")
  @Consumes(MediaType.APPLICATION_JSON)
  public void reset(
      @PathParam("code") String code,
      NewPasswordRequest given,
      @Context HttpServletRequest request) {
    resets.reset(code, given.password(), authentication.anonymous(request));
  }
}
