package org.slipway.accounts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slipway.audit.Who;
import org.slipway.portal.PortalParts;

/** How the first administrator comes to be, and how nobody else does. */
class FirstAdministratorTest {
  @TempDir Path folder;

  @Test
  void theLinkWorksOnce() {
    try (PortalParts portal = PortalParts.open(folder)) {
      FirstAdministrator first = portal.firstAdministrator;
      String token = first.prepare().orElseThrow();
      assertThat(first.opens(token)).isTrue();
      assertThat(first.opens(token + "x")).isFalse();
      assertThat(first.opens("")).isFalse();
      assertThat(first.opens(null)).isFalse();
      refused(first, "guessed");
      Account root = first.create(token, "root", "a long password", Optional.empty(), Who.SYSTEM);
      assertThat(root.isAdministrator()).isTrue();
      assertThat(first.opens(token)).isFalse();
      refused(first, token);
    }
    try (PortalParts again = PortalParts.open(folder)) {
      assertThat(again.firstAdministrator.prepare()).isEmpty();
    }
  }

  @Test
  void aBadFieldDoesNotUseTheLinkUp() {
    try (PortalParts portal = PortalParts.open(folder)) {
      FirstAdministrator first = portal.firstAdministrator;
      String token = first.prepare().orElseThrow();
      assertThatThrownBy(() -> first.create(token, "root", "short", Optional.empty(), Who.SYSTEM))
          .isInstanceOf(InvalidInputException.class);
      assertThat(first.opens(token)).isTrue();
    }
  }

  @Test
  void theSettingsMayNameIt() {
    Map<String, String> named =
        Map.of("slipway.admin.username", "root", "slipway.admin.password", "a long password");
    try (PortalParts portal = PortalParts.open(folder, Clock.systemUTC(), named)) {
      assertThat(portal.firstAdministrator.prepare()).isEmpty();
      assertThat(portal.directory.byUsername("root").orElseThrow().isAdministrator()).isTrue();
      assertThat(portal.firstAdministrator.isMissing()).isFalse();
    }
  }

  private static void refused(FirstAdministrator first, String token) {
    assertThatThrownBy(
            () -> first.create(token, "evil", "a long password", Optional.empty(), Who.SYSTEM))
        .isInstanceOf(RefusedException.class);
  }
}
