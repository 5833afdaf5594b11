package org.slipway.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slipway.accounts.Account;
import org.slipway.accounts.InvalidInputException;
import org.slipway.accounts.OnConflict;
import org.slipway.accounts.RefusedException;
import org.slipway.portal.PortalParts;

/** Whatever a path says: it names a place in the home, or nothing. */
class PathPropertiesTest {
  @TempDir Path folder;

  @Test
  void aPathIsInTheHomeOrRefused() throws Exception {
    long seed = NastyPaths.seed();
    System.out.println("PathPropertiesTest seed " + seed);
    try (PortalParts portal = PortalParts.open(folder)) {
      Account account = portal.user("ann", "a long password", Optional.empty());
      FileArea home = portal.areas.home(account.id());
      Path root = folder.resolve("homes").resolve(account.id().toString());
      home.list(VirtualPath.ROOT, entry -> {});
      Set<String> outside = outside(root);
      int stored = 0;
      for (String text : NastyPaths.of(seed, NastyPaths.count(400))) {
        Optional<VirtualPath> path = parsed(text);
        if (path.isEmpty()) {
          continue;
        }
        assertThat(VirtualPath.parse(path.get().toString())).as(text).isEqualTo(path.get());
        if (stored(home, path.get())) {
          stored++;
          Path place = root.resolve(path.get().relative());
          assertThat(place.normalize()).as(seed + " " + text).startsWith(root).isEqualTo(place);
          assertThat(place).as(seed + " " + text).hasContent("x");
          home.deleteFile(path.get());
        }
      }
      assertThat(stored).as("seed " + seed).isGreaterThan(10);
      assertThat(outside(root)).as("seed " + seed).isEqualTo(outside);
    }
  }

  private static Optional<VirtualPath> parsed(String text) {
    try {
      return Optional.of(VirtualPath.parse(text));
    } catch (RefusedException e) {
      return Optional.empty();
    }
  }

  private static boolean stored(FileArea home, VirtualPath path) {
    try (Upload upload = home.upload(path, OnConflict.REJECT, Optional.empty(), true)) {
      upload.write(ByteBuffer.wrap(new byte[] {'x'}));
      upload.publish();
      return true;
    } catch (RefusedException e) {
      return false;
    }
  }

  /** Everything in the data directory that is neither in this home nor of the database. */
  private Set<String> outside(Path root) throws Exception {
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(f -> !f.startsWith(root))
          .map(f -> folder.relativize(f).toString())
          .filter(name -> !name.contains(".db"))
          .collect(Collectors.toCollection(TreeSet::new));
    }
  }

  @Test
  void aNameThatIsAPathIsNoAccount() throws Exception {
    try (PortalParts portal = PortalParts.open(folder)) {
      for (String username :
          List.of(
              "..",
              ".",
              "../x",
              "/etc",
              "a/b",
              "a\\b",
              "%2e%2e",
              "con/x",
              ".slipway-x",
              "a\0b",
              "a\nb",
              "\u202eann",
              "\u0430nn",
              "Ann",
              " ann",
              "ann ",
              "#{7*7}",
              "'; --",
              "~")) {
        assertThatThrownBy(() -> portal.user(username, "a long password", Optional.empty()))
            .as(username)
            .isInstanceOf(InvalidInputException.class);
        assertThat(portal.directory.byUsername(username)).isEmpty();
      }
    }
  }

  @Test
  void aHomeIsNamedByItsIdAndByNothingElse() throws Exception {
    try (PortalParts portal = PortalParts.open(folder)) {
      Account account = portal.user("a..b", "a long password", Optional.empty());
      stored(portal.areas.home(account.id()), VirtualPath.parse("/f"));
      try (Stream<Path> homes = Files.list(folder.resolve("homes"))) {
        assertThat(homes.map(h -> h.getFileName().toString()).filter(n -> !n.startsWith(".")))
            .containsExactly(account.id().toString());
      }
    }
  }
}
