package org.slipway.api;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.SecurityContext;
import org.slipway.accounts.Account;
import org.slipway.accounts.AccountDirectory;
import org.slipway.accounts.AccountSessions;
import org.slipway.accounts.Action;
import org.slipway.accounts.Refusal;
import org.slipway.accounts.RefusedException;
import org.slipway.api.model.SignInDocument;
import org.slipway.audit.AuditAction;
import org.slipway.audit.AuditTrail;
import org.slipway.signin.ApiTokens;
import org.slipway.signin.SecondFactorSetup;

/** How any account comes in, for an administrator: to see it and to close it. */
@Singleton
@Path("/accounts/{username}/sign-in")
@Produces(MediaType.APPLICATION_JSON)
public class AccountSignInResource {
  private final AccountDirectory directory;
  private final AccountSessions sessions;
  private final SecondFactorSetup setup;
  private final ApiTokens tokens;
  private final SignInDocuments documents;
  private final AuditTrail audit;

  @Inject
  public AccountSignInResource(
      AccountDirectory directory,
      AccountSessions sessions,
      SecondFactorSetup setup,
      ApiTokens tokens,
      SignInDocuments documents,
      AuditTrail audit) {
    this.directory = directory;
    this.sessions = sessions;
    this.setup = setup;
    this.tokens = tokens;
    this.documents = documents;
    this.audit = audit;
  }

  @GET
  @Needs(Action.MANAGE_ACCOUNTS)
  public SignInDocument get(@PathParam("username") String username) {
    Account account = existing(username);
    return new SignInDocument(
        documents.factor(account),
        tokens.of(account.id()).stream().map(t -> documents.token(account, t)).toList());
  }

  /** Takes the second factor away, when app and recovery codes are lost. */
  @DELETE
  @Path("second-factor")
  @Needs(Action.MANAGE_ACCOUNTS)
  @NeedsPassword
  public void resetSecondFactor(
      @PathParam("username") String username, @Context SecurityContext security) {
    setup.reset(existing(username), Caller.of(security).who());
  }

  /** Revokes all tokens. */
  @DELETE
  @Path("tokens")
  @Needs(Action.MANAGE_ACCOUNTS)
  public void revokeTokens(
      @PathParam("username") String username, @Context SecurityContext security) {
    tokens.revokeAll(existing(username), Caller.of(security).who());
  }

  @DELETE
  @Path("tokens/{id}")
  @Needs(Action.MANAGE_ACCOUNTS)
  public void revokeToken(
      @PathParam("username") String username,
      @PathParam("id") String id,
      @Context SecurityContext security) {
    tokens.revoke(existing(username), TokensResource.id(id), Caller.of(security).who());
  }

  /** Ends all sessions, of the console and of FTP. */
  @DELETE
  @Path("sessions")
  @Needs(Action.MANAGE_ACCOUNTS)
  public void endSessions(
      @PathParam("username") String username, @Context SecurityContext security) {
    Account account = existing(username);
    Refusal why = Refusal.of(Refusal.Kind.CLOSED, "An administrator ended the session");
    sessions.of(account.id()).forEach(session -> session.end(why));
    audit.done(
        Caller.of(security).who(), AuditAction.SESSIONS_ENDED, account.username(), null, null);
  }

  private Account existing(String username) {
    return directory
        .byUsername(username)
        .orElseThrow(() ->
            new RefusedException(Refusal.Kind.NO_SUCH_THING, "There is no account of this name"));
  }
}
