package org.slipway.api;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.ws.rs.HttpMethod;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.slipway.accounts.Action;
import org.slipway.signin.Scope;

/** Which scope opens which method; what none opens is closed to tokens. */
class TokenAccessTest {

  private static Stream<Method> methods() {
    return RestApplication.RESOURCES.stream()
        .flatMap(c -> Arrays.stream(c.getDeclaredMethods()))
        .filter(m -> httpMethod(m).isPresent())
        .filter(m -> !m.isAnnotationPresent(PublicAccess.class));
  }

  private static Optional<String> httpMethod(Method method) {
    return Arrays.stream(method.getAnnotations())
        .map(Annotation::annotationType)
        .map(type -> type.getAnnotation(HttpMethod.class))
        .filter(java.util.Objects::nonNull)
        .map(HttpMethod::value)
        .findFirst();
  }

  private static Optional<Set<Scope>> needed(Method method) {
    return TokenAccess.needed(method, httpMethod(method).orElseThrow());
  }

  private static String name(Method method) {
    return method.getDeclaringClass().getSimpleName() + "." + method.getName();
  }

  @Test
  void onlyTheseAreClosedToEveryToken() {
    assertThat(methods().filter(m -> needed(m).isEmpty()).map(TokenAccessTest::name))
        .containsExactlyInAnyOrder(
            "MeResource.change",
            "TokensResource.list",
            "TokensResource.make",
            "TokensResource.revoke",
            "TokensResource.revokeAll",
            "SecondFactorResource.get",
            "SecondFactorResource.change",
            "AccountSignInResource.resetSecondFactor");
  }

  /** The second asks for its scopes itself, since they depend on whose run it is. */
  @Test
  void onlyTheseAreOpenToEveryToken() {
    assertThat(methods().filter(m -> needed(m).filter(Set::isEmpty).isPresent()))
        .extracting(TokenAccessTest::name)
        .containsExactlyInAnyOrder("MeResource.get", "DeviceRunsResource.provisioned");
  }

  @Test
  void whatChangesSomethingNeedsMoreThanReading() {
    assertThat(methods().filter(m -> needed(m).isPresent()))
        .hasSizeGreaterThan(40)
        .allSatisfy(m ->
            assertThat(needed(m).orElseThrow())
                .as(name(m))
                .allMatch(s ->
                    s.text()
                        .endsWith(
                            httpMethod(m).orElseThrow().matches("GET|HEAD") ? ":read" : ":write")));
  }

  @Test
  void everyActionHasAScopeForReading() {
    assertThat(Action.values())
        .allSatisfy(action -> assertThat(Scope.needed(action, true)).as(action.name()).isPresent());
  }

  @Test
  void aMethodThatSaysNothingIsClosed() throws NoSuchMethodException {
    Method silent = TokenAccessTest.class.getDeclaredMethod("methods");
    assertThat(TokenAccess.needed(silent, "GET")).isEmpty();
  }
}
