package org.slipway.web;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slipway.accounts.Account;
import org.slipway.accounts.OpenSession;
import org.slipway.portal.MovableClock;
import org.slipway.portal.PortalParts;

/** How long a browser stays signed in. */
class WebSessionTest {
  @TempDir Path folder;
  private final MovableClock clock = new MovableClock();
  private final Map<String, Object> attributes = new HashMap<>();
  private PortalParts portal;
  private Account ann;

  @BeforeEach
  void open() {
    portal =
        PortalParts.open(
            folder,
            clock,
            Map.of("slipway.session.idle", "10m", "slipway.session.lifetime", "25m"));
    ann = portal.user("ann", "a long password", Optional.empty());
  }

  @AfterEach
  void close() {
    portal.close();
  }

  /** As much of a browser's request as a sign-in looks at. */
  private HttpServletRequest request() {
    HttpSession session =
        proxy(
            HttpSession.class,
            (name, arguments) ->
                switch (name) {
                  case "setAttribute" -> attributes.put((String) arguments[0], arguments[1]);
                  case "getAttribute" -> attributes.get(arguments[0]);
                  default -> null;
                });
    return proxy(
        HttpServletRequest.class,
        (name, arguments) ->
            switch (name) {
              case "getSession" -> session;
              case "isSecure" -> true;
              case "getHeader" -> "Mozilla/5.0 (X11; Linux) Firefox/140.0";
              default -> null;
            });
  }

  private interface Answers {
    Object to(String method, Object[] arguments);
  }

  private static <T> T proxy(Class<T> type, Answers answers) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (self, method, arguments) -> answers.to(method.getName(), arguments)));
  }

  private WebSession begin() {
    HttpServletRequest request = request();
    WebSession.begin(
        request,
        ann,
        "192.0.2.1",
        new WebSession.Register(portal.sessions, portal.settings, clock));
    return WebSession.of(request).orElseThrow();
  }

  private boolean isOpen(WebSession session) {
    portal.sessions.reviewAll();
    return portal.sessions.of(ann.id()).contains(session);
  }

  @Test
  void itEndsWhenIdleAndAtTheEndOfItsLife() {
    WebSession idle = begin();
    clock.advance(Duration.ofMinutes(9));
    idle.touch();
    clock.advance(Duration.ofMinutes(9));
    assertThat(isOpen(idle)).isTrue();
    clock.advance(Duration.ofMinutes(1));
    assertThat(isOpen(idle)).isFalse();

    WebSession busy = begin();
    for (int i = 0; i < 5; i++) {
      assertThat(isOpen(busy)).isTrue();
      clock.advance(Duration.ofMinutes(5));
      busy.touch();
    }
    assertThat(isOpen(busy)).isFalse();
  }

  @Test
  void itIsListedWithAddressAndBrowserUnderAnIdOfItsOwn() {
    begin();
    begin();
    assertThat(portal.sessions.opened(ann.id()))
        .hasSize(2)
        .allSatisfy(open -> {
          assertThat(open.session().client()).contains("Firefox · Linux");
          assertThat(open.session().address()).isEqualTo("192.0.2.1");
          assertThat(open.since()).isEqualTo(clock.instant());
        })
        .extracting(OpenSession::id)
        .doesNotHaveDuplicates()
        .allMatch(id -> id.length() == 36);
  }
}
