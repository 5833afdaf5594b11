package org.slipway.api;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Nothing of the API is open by oversight. */
class AccessTest {

  @Test
  void everyResourceMethodSaysWhoMayCallIt() {
    assertThat(resourceMethods()).hasSizeGreaterThan(40).allMatch(AccessFilter::saysWhoMayCallIt);
  }

  @Test
  void onlyWhatComesBeforeASignInIsPublic() {
    assertThat(
            resourceMethods()
                .filter(m -> m.isAnnotationPresent(PublicAccess.class))
                .map(m -> m.getDeclaringClass().getSimpleName() + "." + m.getName()))
        .containsExactlyInAnyOrder(
            "PasswordStrengthResource.judge",
            "RegistrationsResource.register",
            "RegistrationsResource.state",
            "RegistrationsResource.confirm",
            "PasswordResetsResource.request",
            "PasswordResetsResource.reset");
  }

  @Test
  void aMethodThatSaysNothingMayBeCalledByNobody() throws NoSuchMethodException {
    assertThat(AccessFilter.saysWhoMayCallIt(AccessTest.class.getDeclaredMethod("resourceMethods")))
        .isFalse();
    assertThat(AccessFilter.saysWhoMayCallIt(null)).isFalse();
  }

  @Test
  void everyResourceIsPartOfTheApi() throws IOException {
    try (Stream<java.nio.file.Path> sources =
        Files.list(java.nio.file.Path.of("src/main/java/org/slipway/api"))) {
      List<String> resources =
          sources
              .map(p -> p.getFileName().toString())
              .filter(name -> name.endsWith("Resource.java"))
              .map(name -> name.replace(".java", ""))
              .toList();
      assertThat(RestApplication.RESOURCES.stream().map(Class::getSimpleName))
          .containsExactlyInAnyOrderElementsOf(resources);
      assertThat(RestApplication.RESOURCES).allMatch(c -> c.isAnnotationPresent(Path.class));
    }
  }

  private static Stream<Method> resourceMethods() {
    return RestApplication.RESOURCES.stream()
        .flatMap(c -> Arrays.stream(c.getDeclaredMethods()))
        .filter(m ->
            Arrays.stream(m.getAnnotations())
                .anyMatch(a -> a.annotationType().isAnnotationPresent(HttpMethod.class)));
  }
}
