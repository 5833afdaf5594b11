package org.slipway.api;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import java.time.Clock;
import java.time.Duration;
import org.slipway.accounts.PasswordRules;
import org.slipway.accounts.RequestRate;
import org.slipway.api.model.PasswordStrengthDocument;
import org.slipway.api.model.PasswordStrengthRequest;
import org.slipway.api.model.Problem;

/**
 * Whether a password may be chosen, before it is. Open to anyone, as registration is; nothing of it
 * is stored or logged.
 */
@Singleton
@Path("/password-strength")
@Produces(MediaType.APPLICATION_JSON)
public class PasswordStrengthResource {
  private static final int MOST_A_MINUTE = 300;

  private final PasswordRules rules;
  private final Authentication authentication;
  private final RequestRate rate;

  @Inject
  public PasswordStrengthResource(PasswordRules rules, Authentication authentication, Clock clock) {
    this.rules = rules;
    this.authentication = authentication;
    this.rate = new RequestRate(clock, Duration.ofMinutes(1), () -> MOST_A_MINUTE);
  }

  @POST
  @PublicAccess
  @Consumes(MediaType.APPLICATION_JSON)
  public PasswordStrengthDocument judge(
      PasswordStrengthRequest asked, @Context HttpServletRequest request) {
    rate.count(authentication.address(request).getHostAddress());
    Fields fields = new Fields();
    fields.needed("password", asked.password());
    fields.check();
    PasswordRules.Judgement judgement =
        rules.judge(asked.password(), asked.username(), Fields.optional(asked.email()));
    return new PasswordStrengthDocument(
        judgement.score(),
        judgement.least(),
        judgement.violations().isEmpty(),
        judgement.violations().stream()
            .map(v -> new Problem.BadField(v.field(), v.code(), v.message()))
            .toList());
  }
}
