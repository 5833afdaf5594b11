package org.slipway.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DestinationTest {
  @TempDir private Path scratch;
  private Path folder;
  private Destination destination;

  @BeforeEach
  void make() {
    folder = scratch.resolve("into/here");
    destination = Destination.at(folder);
  }

  private void put(String name, String content) throws IOException {
    try (PartialFile file = destination.create(new RemoteName(name))) {
      file.write(content.getBytes(StandardCharsets.UTF_8));
      file.publish();
    }
  }

  private static List<String> names(Path folder) throws IOException {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.map(p -> p.getFileName().toString()).toList();
    }
  }

  @Test
  void makesFoldersAndReplacesFiles() throws IOException {
    put("a/b/c", "old");
    put("a/b/c", "new");
    assertThat(folder.resolve("a/b/c")).hasContent("new");
    assertThat(names(folder.resolve("a/b"))).containsExactly("c");
  }

  @Test
  void anUnfinishedFileIsHiddenAndDoesNotStay() throws IOException {
    put("c", "old");
    try (PartialFile file = destination.create(new RemoteName("c"))) {
      file.write(1);
      assertThat(names(folder)).hasSize(2).anyMatch(name -> name.startsWith("."));
    }
    assertThat(names(folder)).containsExactly("c");
    assertThat(folder.resolve("c")).hasContent("old");
  }

  @Test
  void doesNotFollowALinkOutOfTheFolder() throws IOException {
    Path outside = Files.createDirectory(scratch.resolve("outside"));
    Files.createSymbolicLink(folder.resolve("link"), outside);
    assertThatThrownBy(() -> put("link/evil", "x")).isInstanceOf(IOException.class);
    assertThat(outside).isEmptyDirectory();
  }

  @Test
  void replacesALinkInsteadOfWritingThroughIt() throws IOException {
    Path outside = Files.writeString(scratch.resolve("outside"), "mine");
    Files.createSymbolicLink(folder.resolve("link"), outside);
    put("link", "theirs");
    assertThat(outside).hasContent("mine");
    assertThat(folder.resolve("link")).isRegularFile().hasContent("theirs");
  }

  @Test
  void aFolderOfThatNameIsNotReplaced() throws IOException {
    put("a/b", "x");
    assertThatThrownBy(() -> put("a", "x")).hasMessageContaining("folder");
    assertThatThrownBy(() -> put("a/b/c", "x")).hasMessageContaining("not a folder");
  }
}
