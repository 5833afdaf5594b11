package org.slipway.provisioning;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slipway.portal.MovableClock;
import org.slipway.portal.PortalParts;
import org.slipway.storage.VirtualPath;

/** With a clock that the test moves. */
class IgnoredCaseTest {
  @TempDir Path folder;
  private final MovableClock clock = new MovableClock();
  private PortalParts portal;
  private IgnoredCase ignoredCase;

  @BeforeEach
  void open() {
    portal = PortalParts.open(folder, clock, Map.of());
    ignoredCase = new IgnoredCase(portal.areas.bootFiles(), clock);
  }

  @AfterEach
  void close() {
    portal.close();
  }

  private void file(String name) throws IOException {
    Path path = portal.settings.bootDirectory().resolve(name);
    Files.createDirectories(path.getParent());
    Files.write(path, new byte[1]);
  }

  private String match(String asked) {
    return ignoredCase.onlyMatch(VirtualPath.parse(asked)).map(VirtualPath::relative).orElse("");
  }

  @Test
  void onlyOneCandidateIsAMatch() throws IOException {
    file("Boot/BCD");
    file("boot/bcd2");
    file("BOOT/Bcd2");
    assertThat(match("boot/bcd")).isEqualTo("Boot/BCD");
    assertThat(match("boot/BCD2")).isEmpty();
    assertThat(match("boot/none")).isEmpty();
    assertThat(match("boot/bcd/deeper")).isEmpty();
    assertThat(match(".Slipway-staging")).isEmpty();
  }

  @Test
  void aFolderIsReadOnceASecond() throws IOException {
    assertThat(match("A.bin")).isEmpty();
    file("a.bin");
    assertThat(match("A.bin")).isEmpty();
    clock.advance(Duration.ofSeconds(1));
    assertThat(match("A.bin")).isEqualTo("a.bin");
  }

  @Test
  void soManyFoldersASecondAreRead() throws IOException {
    for (int i = 0; i < 20; i++) {
      file("folder-" + i + "/a");
    }
    int found = 0;
    for (int i = 0; i < 20; i++) {
      found += match("folder-" + i + "/A").isEmpty() ? 0 : 1;
    }
    assertThat(found).isBetween(10, 16);
    clock.advance(Duration.ofSeconds(1));
    assertThat(match("folder-19/A")).isEqualTo("folder-19/a");
  }

  @Test
  void aVeryLargeFolderIsNotSearched() throws IOException {
    file("many/a");
    assertThat(match("many/A")).isEqualTo("many/a");
    for (int i = 0; i < IgnoredCase.MOST_ENTRIES; i++) {
      Files.createFile(portal.settings.bootDirectory().resolve("many/" + i));
    }
    clock.advance(Duration.ofSeconds(1));
    assertThat(match("many/A")).isEmpty();
  }
}
