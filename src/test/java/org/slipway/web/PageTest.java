package org.slipway.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The table of pages and the files say the same. */
class PageTest {
  private static final Path WEBAPP = Path.of("webapp");

  @Test
  void everyPageIsInTheTableAndTheTableHoldsNoOther() throws IOException {
    Set<String> inTable =
        Stream.of(Page.values()).map(Page::getPath).collect(Collectors.toCollection(TreeSet::new));
    assertThat(inTable).isEqualTo(files());
  }

  private static Set<String> files() throws IOException {
    try (Stream<Path> files = Files.walk(WEBAPP)) {
      return files
          .filter(f -> f.toString().endsWith(".xhtml"))
          .filter(f -> !f.startsWith(WEBAPP.resolve("WEB-INF")))
          .map(f -> "/" + WEBAPP.relativize(f).toString().replace('\\', '/'))
          .collect(Collectors.toCollection(TreeSet::new));
    }
  }

  @Test
  void onlyTheseAreOpenToAnyone() {
    assertThat(Page.values())
        .filteredOn(page -> page.needed().isEmpty())
        .containsExactlyInAnyOrder(
            Page.SIGN_IN,
            Page.REGISTER,
            Page.REGISTRATION,
            Page.FORGOTTEN,
            Page.RESET,
            Page.UNLOCK,
            Page.SETUP,
            Page.ERROR);
  }

  @Test
  void aPathIsFoundOnlyAsItIsWritten() {
    assertThat(Page.of("/accounts/accounts.xhtml")).contains(Page.ACCOUNTS);
    assertThat(
            Stream.of(
                "/Accounts/accounts.xhtml",
                "//accounts/accounts.xhtml",
                "/accounts/../accounts/accounts.xhtml",
                "/accounts/accounts.xhtml/",
                "/WEB-INF/templates/console.xhtml",
                ""))
        .allSatisfy(path -> assertThat(Page.of(path)).isEmpty());
  }

  @Test
  void aDetailPageIsMarkedWithItsList() {
    assertThat(Page.DEVICES.covers("/devices/device.xhtml")).isTrue();
    assertThat(Page.DEVICES.covers("/home.xhtml")).isFalse();
  }
}
