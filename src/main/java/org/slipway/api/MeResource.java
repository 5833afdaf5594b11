package org.slipway.api;

import com.fasterxml.jackson.databind.JsonNode;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.util.OptionalLong;
import org.slipway.accounts.Account;
import org.slipway.accounts.Accounts;
import org.slipway.accounts.Authorization;
import org.slipway.accounts.InvalidInputException;
import org.slipway.accounts.PasswordRules;
import org.slipway.api.model.OwnAccountDocument;
import org.slipway.audit.Who;
import org.slipway.signin.ApiTokens;
import org.slipway.signin.Login;

/** The caller's own account. */
@Singleton
@Path("/me")
@Produces(MediaType.APPLICATION_JSON)
public class MeResource {
  private final Accounts accounts;
  private final Login login;
  private final Authorization authorization;
  private final ApiTokens tokens;
  private final AccountDocuments documents;
  private final PasswordRules passwordRules;

  @Inject
  public MeResource(
      Accounts accounts,
      Login login,
      Authorization authorization,
      ApiTokens tokens,
      AccountDocuments documents,
      PasswordRules passwordRules) {
    this.accounts = accounts;
    this.login = login;
    this.authorization = authorization;
    this.tokens = tokens;
    this.documents = documents;
    this.passwordRules = passwordRules;
  }

  @GET
  @NeedsLogin
  @ForTokens
  @BeforeSecondFactor
  public Response get(@Context SecurityContext security) {
    return response(Caller.of(security).account());
  }

  @PATCH
  @NeedsLogin
  @Consumes({MediaType.APPLICATION_JSON, MergePatch.MEDIA_TYPE})
  public Response change(
      @HeaderParam(HttpHeaders.IF_MATCH) String ifMatch,
      JsonNode body,
      @Context SecurityContext security) {
    MergePatch patch = MergePatch.of(body);
    Caller caller = Caller.of(security);
    Account own = caller.account();
    OptionalLong expected = Revision.expected(ifMatch, OptionalLong.of(own.revision()));
    OwnAccountDocument wanted = patched(patch, own);
    checkPassword(caller, wanted);
    Account changed =
        accounts.change(
            own.username(),
            expected,
            account -> AccountDocuments.edited(account, patched(patch, account)),
            caller.who());
    if (wanted.password() != null) {
      accounts.setPassword(own.username(), wanted.password(), caller.who());
      return response(keepTokens(own, wanted, caller.who()));
    }
    return response(changed);
  }

  /** Whoever has the password may keep what he has made with it. */
  private Account keepTokens(Account own, OwnAccountDocument wanted, Who who) {
    Account now = authorization.current(own.id());
    if (wanted.keepTokens() == null || wanted.keepTokens()) {
      tokens.carryOver(now, who);
    }
    return now;
  }

  private void checkPassword(Caller caller, OwnAccountDocument wanted) {
    if (wanted.password() == null) {
      return;
    }
    Account own = caller.account();
    if (wanted.currentPassword() == null
        || !login.isPasswordOf(own, wanted.currentPassword(), caller.who())) {
      throw new InvalidInputException(
          "currentPassword", "currentPassword.wrong", "This is not the current password");
    }
    passwordRules.check(wanted.password(), own.username(), own.email());
  }

  private OwnAccountDocument patched(MergePatch patch, Account account) {
    return patch.appliedTo(
        documents.own(account), OwnAccountDocument.class, AccountDocuments.READ_ONLY_BY_ITS_OWNER);
  }

  private Response response(Account account) {
    return Response.ok(documents.own(account)).tag(Revision.tag(account.revision())).build();
  }
}
