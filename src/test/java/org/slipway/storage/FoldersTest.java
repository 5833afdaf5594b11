package org.slipway.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slipway.accounts.RefusedException;

class FoldersTest {
  private static final int TRIES = 50;

  @TempDir Path root;

  private long openFiles() throws IOException {
    try (Stream<Path> open = Files.list(Path.of("/proc/self/fd"))) {
      return open.filter(this::isBelowRoot).count();
    }
  }

  private boolean isBelowRoot(Path descriptor) {
    try {
      return Files.readSymbolicLink(descriptor).startsWith(root);
    } catch (IOException e) {
      return false;
    }
  }

  /** The platform itself loses a descriptor with each of them. */
  @Test
  void aPathThroughAFileLeavesNothingOpen() throws IOException {
    Files.writeString(root.resolve("file"), "x");
    Folders folders = new Folders(root, VirtualPath.ROOT, root.resolve("staging"));
    for (int i = 0; i < TRIES; i++) {
      assertThatThrownBy(() -> folders.in(VirtualPath.parse("file"), f -> null))
          .isInstanceOf(RefusedException.class);
    }
    assertThat(openFiles()).isZero();
  }
}
