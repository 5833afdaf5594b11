package org.slipway.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeyFileTest {
  @TempDir Path folder;

  @Test
  void itIsMadeOnceWhoeverComesFirst() throws Exception {
    Path file = folder.resolve("some.key");
    try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
      Callable<byte[]> read = () -> KeyFile.readOrMake(file);
      for (var key : threads.invokeAll(IntStream.range(0, 8).mapToObj(i -> read).toList())) {
        assertThat(key.get()).hasSize(32).isEqualTo(Files.readAllBytes(file));
      }
    }
    assertThat(folder).isDirectoryContaining(file::equals);
    assertThat(folder.toFile().list()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 16, 31, 33})
  void whatIsNoKeyIsNamedAndLeftAsItIs(int length) throws Exception {
    Path file = Files.write(folder.resolve("some.key"), new byte[length]);
    assertThatThrownBy(() -> KeyFile.readOrMake(file))
        .isInstanceOf(BadSettingException.class)
        .hasMessageContaining(file.toString())
        .hasMessageContaining("32 bytes");
    assertThat(file).hasSize(length);
  }

  @Test
  void aFolderThatCannotBeUsedIsNamed() throws Exception {
    Path file = Files.writeString(folder.resolve("file"), "").resolve("some.key");
    assertThatThrownBy(() -> KeyFile.readOrMake(file))
        .isInstanceOf(BadSettingException.class)
        .hasMessageContaining(file.toString());
    assertThat(folder.toFile().list()).hasSize(1);
  }
}
