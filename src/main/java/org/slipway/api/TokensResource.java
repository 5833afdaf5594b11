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
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import jakarta.ws.rs.core.UriInfo;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.slipway.accounts.Account;
import org.slipway.accounts.Refusal;
import org.slipway.accounts.RefusedException;
import org.slipway.api.model.Items;
import org.slipway.api.model.TokenDocument;
import org.slipway.signin.ApiToken;
import org.slipway.signin.ApiTokens;
import org.slipway.signin.Scope;

/** The caller's own tokens. None of them can see or make others. */
@Singleton
@Path("/me/tokens")
@Produces(MediaType.APPLICATION_JSON)
public class TokensResource {
  private static final Listing<ApiToken> LISTING =
      new Listing<>(
          t -> List.of(t.name()),
          Map.of(
              "name", Comparator.comparing(ApiToken::name),
              "createdAt", Comparator.comparing(ApiToken::createdAt),
              "expiresAt", Comparator.comparing(ApiToken::expiresAt)),
          Comparator.comparing(ApiToken::createdAt).reversed().thenComparing(ApiToken::id));

  private final ApiTokens tokens;
  private final SignInDocuments documents;

  @Inject
  public TokensResource(ApiTokens tokens, SignInDocuments documents) {
    this.tokens = tokens;
    this.documents = documents;
  }

  @GET
  @NeedsLogin
  @NeedsPassword
  public Items<TokenDocument> list(
      @BeanParam ListParameters parameters, @Context SecurityContext security) {
    Account own = Caller.of(security).account();
    return LISTING.page(parameters, tokens.of(own.id()), t -> documents.token(own, t));
  }

  @POST
  @NeedsLogin
  @NeedsPassword
  @Consumes(MediaType.APPLICATION_JSON)
  public Response make(
      TokenDocument wanted, @Context SecurityContext security, @Context UriInfo address) {
    Caller caller = Caller.of(security);
    Fields fields = new Fields();
    String name = fields.needed("name", wanted.name());
    Set<Scope> scopes = scopes(wanted.scopes(), fields);
    fields.check();
    ApiTokens.Issued issued =
        tokens.issue(
            caller.account(), name, scopes, Optional.ofNullable(wanted.expiresAt()), caller.who());
    return Response.created(
            address.getAbsolutePathBuilder().path(issued.token().id().toString()).build())
        .entity(documents.token(caller.account(), issued))
        .build();
  }

  private static Set<Scope> scopes(List<String> texts, Fields fields) {
    Set<Scope> scopes = EnumSet.noneOf(Scope.class);
    for (String text : Fields.list(texts)) {
      Scope.of(text == null ? "" : text)
          .ifPresentOrElse(
              scopes::add,
              () -> fields.bad("scopes", "choice", "Allowed: " + List.of(Scope.values())));
    }
    return scopes;
  }

  @DELETE
  @Path("{id}")
  @NeedsLogin
  @NeedsPassword
  public void revoke(@PathParam("id") String id, @Context SecurityContext security) {
    Caller caller = Caller.of(security);
    tokens.revoke(caller.account(), id(id), caller.who());
  }

  /** Revokes all. */
  @DELETE
  @NeedsLogin
  @NeedsPassword
  public void revokeAll(@Context SecurityContext security) {
    Caller caller = Caller.of(security);
    tokens.revokeAll(caller.account(), caller.who());
  }

  static UUID id(String text) {
    try {
      return UUID.fromString(text);
    } catch (IllegalArgumentException e) {
      throw new RefusedException(Refusal.Kind.NO_SUCH_THING, "There is no such token");
    }
  }
}
