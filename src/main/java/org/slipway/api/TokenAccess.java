package org.slipway.api;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.slipway.accounts.Action;
import org.slipway.accounts.Refusal;
import org.slipway.accounts.RefusedException;
import org.slipway.signin.ApiToken;
import org.slipway.signin.Scope;

/** What a token is good for: what no scope covers is closed to tokens. */
final class TokenAccess {
  private static final Set<String> READING = Set.of("GET", "HEAD", "OPTIONS");

  private TokenAccess() {}

  /** All scopes that a token needs for a method; empty if none may call it. */
  static Optional<Set<Scope>> needed(Method method, String httpMethod) {
    if (method.isAnnotationPresent(NeedsPassword.class)) {
      return Optional.empty();
    }
    ForTokens open = method.getAnnotation(ForTokens.class);
    if (open != null) {
      return Optional.of(Set.of(open.value()));
    }
    Needs needs = method.getAnnotation(Needs.class);
    return needs == null ? Optional.empty() : needed(httpMethod, needs.value());
  }

  private static Optional<Set<Scope>> needed(String httpMethod, Action... actions) {
    List<Optional<Scope>> scopes =
        Arrays.stream(actions).map(a -> Scope.needed(a, READING.contains(httpMethod))).toList();
    return scopes.stream().anyMatch(Optional::isEmpty)
        ? Optional.empty()
        : Optional.of(scopes.stream().map(Optional::get).collect(Collectors.toSet()));
  }

  static void require(Caller caller, Method method, String httpMethod) {
    caller.token().ifPresent(token -> require(token, needed(method, httpMethod)));
  }

  static void require(Caller caller, String httpMethod, Action... actions) {
    caller.token().ifPresent(token -> require(token, needed(httpMethod, actions)));
  }

  private static void require(ApiToken token, Optional<Set<Scope>> needed) {
    Set<Scope> scopes =
        needed.orElseThrow(() -> refused("No token may do this; sign in with the password"));
    if (!token.scopes().containsAll(scopes)) {
      throw refused(
          "The token lacks the scope "
              + scopes.stream()
                  .filter(s -> !token.scopes().contains(s))
                  .map(Scope::text)
                  .sorted()
                  .collect(Collectors.joining(", ")));
    }
  }

  private static RefusedException refused(String detail) {
    return new RefusedException(Refusal.Kind.NO_PERMISSION, detail);
  }
}
