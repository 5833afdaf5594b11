package org.slipway.accounts;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slipway.audit.Who;
import org.slipway.portal.PortalParts;

/** A folder takes what is in it along, past rules that know only places. */
class FolderMoveTest {
  private static final Set<Permission> ALL = EnumSet.allOf(Permission.class);
  private static final Set<Permission> FEW =
      EnumSet.of(Permission.RENAME, Permission.WRITE, Permission.MAKE_FOLDER);

  @TempDir Path folder;
  private PortalParts portal;
  private Account ann;

  @BeforeEach
  void open() {
    portal = PortalParts.open(folder);
    ann = portal.user("ann", "a long password", Optional.empty());
  }

  @AfterEach
  void close() {
    portal.close();
  }

  private void rules(FolderRule... rules) {
    AccessPolicy policy =
        new AccessPolicy(
            Optional.empty(),
            List.of(rules),
            Optional.empty(),
            List.of(),
            List.of(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());
    portal.accounts.change(
        "ann",
        OptionalLong.empty(),
        a -> AccountEdit.of(a).access(List.of(), policy).account(),
        Who.SYSTEM);
  }

  private static FolderRule rule(String path, Set<Permission> permissions) {
    return new FolderRule(path, permissions, Set.of());
  }

  private boolean mayMove(String from, String to) {
    return portal.authorization.checkMove(ann.id(), Channel.FTP, from, to, true).isEmpty();
  }

  @Test
  void itTakesNothingOutOfItsRules() {
    rules(rule("/a/sealed", FEW));
    assertThat(mayMove("/a", "/b")).as("/b/sealed could be read").isFalse();
    assertThat(mayMove("/c", "/b")).isTrue();
    assertThat(mayMove("/a/sealed/x", "/a/sealed/y")).isTrue();
  }

  @Test
  void itBringsNothingUnderOtherRules() {
    rules(
        rule("/", FEW),
        rule("/b/open", ALL),
        rule("/c/closed", EnumSet.of(Permission.RENAME)),
        rule("/d", EnumSet.of(Permission.RENAME, Permission.MAKE_FOLDER)));
    assertThat(mayMove("/a", "/b")).as("/a/open could be read there").isFalse();
    assertThat(mayMove("/a", "/c")).as("nothing may be stored there").isFalse();
    assertThat(mayMove("/a", "/d/a")).as("files may not be stored there").isFalse();
    assertThat(mayMove("/a", "/e")).isTrue();
  }

  @Test
  void itShowsNoNamesThatWereHidden() {
    rules(rule("/dark", EnumSet.complementOf(EnumSet.of(Permission.LIST))));
    assertThat(mayMove("/dark/x", "/x")).isFalse();
    assertThat(mayMove("/dark/x", "/dark/y")).isTrue();
  }
}
