package org.slipway.api;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.slipway.accounts.Account;
import org.slipway.api.model.SecondFactorDocument;
import org.slipway.api.model.TokenDocument;
import org.slipway.signin.ApiToken;
import org.slipway.signin.ApiTokens;
import org.slipway.signin.Scope;
import org.slipway.signin.SecondFactor;
import org.slipway.signin.SecondFactorSetup;

/** Second factors and tokens as documents. */
@Singleton
public final class SignInDocuments {
  private final SecondFactor factor;
  private final Clock clock;

  @Inject
  public SignInDocuments(SecondFactor factor, Clock clock) {
    this.factor = factor;
    this.clock = clock;
  }

  SecondFactorDocument factor(Account account) {
    return factor(account, null, null, null);
  }

  SecondFactorDocument factor(Account account, SecondFactorSetup.Enrolment enrolment) {
    return factor(account, enrolment.secret(), enrolment.uri(), null);
  }

  SecondFactorDocument factor(Account account, List<String> recoveryCodes) {
    return factor(account, null, null, recoveryCodes);
  }

  private SecondFactorDocument factor(
      Account account, String secret, String uri, List<String> recoveryCodes) {
    return new SecondFactorDocument(
        factor.isActive(account.id()),
        factor.since(account.id()).orElse(null),
        factor.isRequired(account),
        factor.recoveryCodesLeft(account.id()),
        secret,
        uri,
        recoveryCodes);
  }

  TokenDocument token(Account account, ApiToken token) {
    return token(account, token, null);
  }

  TokenDocument token(Account account, ApiTokens.Issued issued) {
    return token(account, issued.token(), issued.text());
  }

  private TokenDocument token(Account account, ApiToken token, String text) {
    Instant now = clock.instant();
    return new TokenDocument(
        token.id().toString(),
        token.name(),
        token.scopes().stream().map(Scope::text).sorted().toList(),
        token.createdAt(),
        token.expiresAt(),
        token.state(account, now).name(),
        token.lastUsedAt().orElse(null),
        token.lastUsedAddress().orElse(null),
        text);
  }
}
