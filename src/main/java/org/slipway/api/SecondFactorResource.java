package org.slipway.api;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.SecurityContext;
import org.slipway.accounts.Account;
import org.slipway.accounts.InvalidInputException;
import org.slipway.api.model.SecondFactorDocument;
import org.slipway.api.model.SecondFactorOperation;
import org.slipway.signin.SecondFactorSetup;

/**
 * The caller's own second factor. Once it is on, each request has proven it already with the code
 * behind its password.
 */
@Singleton
@Path("/me/second-factor")
@Produces(MediaType.APPLICATION_JSON)
public class SecondFactorResource {
  private final SecondFactorSetup setup;
  private final SignInDocuments documents;

  @Inject
  public SecondFactorResource(SecondFactorSetup setup, SignInDocuments documents) {
    this.setup = setup;
    this.documents = documents;
  }

  @GET
  @NeedsLogin
  @NeedsPassword
  @BeforeSecondFactor
  public SecondFactorDocument get(@Context SecurityContext security) {
    return documents.factor(Caller.of(security).account());
  }

  @POST
  @NeedsLogin
  @NeedsPassword
  @BeforeSecondFactor
  @Consumes(MediaType.APPLICATION_JSON)
  public SecondFactorDocument change(
      SecondFactorOperation wanted, @Context SecurityContext security) {
    Caller caller = Caller.of(security);
    Account own = caller.account();
    Fields fields = new Fields();
    String op = fields.needed("op", wanted.op());
    String code = op.equals("confirm") ? fields.needed("code", wanted.code()) : "";
    fields.check();
    return switch (op) {
      case "begin" -> documents.factor(own, setup.begin(own, caller.who()));
      case "confirm" -> documents.factor(own, setup.confirm(own, code, caller.who()));
      case "recovery-codes" -> documents.factor(own, setup.newRecoveryCodes(own, caller.who()));
      case "off" -> {
        setup.turnOff(own, caller.who());
        yield documents.factor(own);
      }
      default ->
          throw new InvalidInputException(
              "op", "choice", "Allowed: begin, confirm, recovery-codes, off");
    };
  }
}
