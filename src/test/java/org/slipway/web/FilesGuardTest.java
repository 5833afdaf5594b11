package org.slipway.web;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.http.HttpServletRequest;
import java.lang.reflect.Proxy;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which addresses the browser's own files have, and which requests come from our own pages. */
class FilesGuardTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/my/files",
        "/my/files/",
        "/my/files/a/b",
        "/my/files/a%3Bb",
        "/my/uploads/x",
        "/my/trash"
      })
  void thesePlacesThereAre(String raw) {
    assertThat(FilesGuard.isPlace(raw, "")).isTrue();
    assertThat(FilesGuard.isPlace("/app" + raw, "/app")).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/my",
        "/my/",
        "/my/accounts",
        "/my/Files/a",
        "/my/files;x/a",
        "/my;x/files/a",
        "//my/files/a",
        "/my//files/a",
        "/my/files//a",
        "/my/%66iles/a",
        "/my%2Ffiles/a",
        "/my/./files/a",
        "/my/../my/files/a",
        "/my/files../a",
        "/my/filesx",
        "/x/../my/files/a"
      })
  void andNoOther(String raw) {
    assertThat(FilesGuard.isPlace(raw, "")).isFalse();
  }

  @Test
  void aChangeNeedsTheTokenOfTheSession() {
    assertThat(fromOurs(Map.of("X-CSRF-Token", "right"))).isTrue();
    assertThat(fromOurs(Map.of("X-CSRF-Token", "right", "Sec-Fetch-Site", "same-origin"))).isTrue();
    assertThat(fromOurs(Map.of())).isFalse();
    assertThat(fromOurs(Map.of("X-CSRF-Token", ""))).isFalse();
    assertThat(fromOurs(Map.of("X-CSRF-Token", "wrong"))).isFalse();
    assertThat(fromOurs(Map.of("X-CSRF-Token", "right", "Sec-Fetch-Site", "cross-site"))).isFalse();
    assertThat(fromOurs(Map.of("X-CSRF-Token", "right", "Sec-Fetch-Site", "same-site"))).isFalse();
    assertThat(fromOurs(Map.of("X-CSRF-Token", "right", "Sec-Fetch-Site", "none"))).isFalse();
  }

  private static boolean fromOurs(Map<String, String> headers) {
    HttpServletRequest request =
        (HttpServletRequest)
            Proxy.newProxyInstance(
                FilesGuardTest.class.getClassLoader(),
                new Class<?>[] {HttpServletRequest.class},
                (proxy, method, arguments) -> headers.get(arguments[0]));
    return FilesGuard.isFromOurPage(request, "right");
  }
}
