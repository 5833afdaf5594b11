package org.slipway.ftp;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Listings of large folders go out while the folder is read. */
class FtpListingTest {
  private static final int FILES = 5_000;
  @TempDir Path folder;

  @Test
  void largeFoldersAreListedWholeAndCanBeBrokenOff() throws Exception {
    try (TestPortal portal = new TestPortal(folder)) {
      Path home = portal.home(portal.account("ann"));
      Files.createDirectories(home);
      for (int i = 0; i < FILES; i++) {
        Files.createFile(home.resolve("a rather long name, so that it takes its time " + i));
      }
      try (RawClient client = RawClient.loggedIn(portal, "ann")) {
        String text = new String(client.fetch("NLST"), StandardCharsets.UTF_8);
        Set<String> names = text.lines().collect(Collectors.toSet());
        assertThat(names).hasSize(FILES);
        assertThat(new String(client.fetch("MLSD"), StandardCharsets.UTF_8).lines()).hasSize(FILES);
        try (Socket data = client.data()) {
          client.command("LIST");
          data.getInputStream().read();
          RawClient.reset(data);
        }
        assertThat(client.reply()).matches("(426|226) .*");
        assertThat(client.command("NOOP")).startsWith("200 ");
      }
    }
  }
}
