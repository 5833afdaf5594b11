package org.slipway.portal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class DataDirectoryIT {
  private final RunningPortal portal = RunningPortal.shared();

  /** The tests start the portal under the usual mask, by which everybody could read new files. */
  @Test
  void whatIsKeptIsForItsOwnerAlone() throws IOException {
    Path control = Files.createFile(Files.createTempDirectory("mask").resolve("control"));
    boolean open = rights(control).endsWith("r--");
    assumeTrue(open || System.getenv("CI") != null, "the mask of this shell hides every new file");
    assertThat(open).as("the mask of the tests lets everybody read").isTrue();
    Rest admin = Rest.administrator(portal);
    admin.upload("/boot-files/owned/kernel.bin", new byte[10]);
    admin.upload("/files/owned/notes.txt", new byte[10]);
    List<Path> kept;
    try (Stream<Path> files = Files.walk(portal.dataDirectory())) {
      kept = files.toList();
    }
    assertThat(kept)
        .anyMatch(file -> file.endsWith("kernel.bin"))
        .anyMatch(file -> file.endsWith("notes.txt"))
        .anyMatch(file -> file.endsWith("keys/console.pem"))
        .anyMatch(file -> file.endsWith("instance-id"))
        .anyMatch(file -> file.toString().endsWith(".mv.db"))
        .allSatisfy(file -> assertThat(rights(file)).as(file.toString()).endsWith("------"));
  }

  private static String rights(Path file) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
  }
}
