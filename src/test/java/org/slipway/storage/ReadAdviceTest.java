package org.slipway.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whether Linux fetches from the disk what it is told is read next. */
class ReadAdviceTest {
  private static final int MEBI = 1 << 20;
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  @TempDir Path folder;

  @Test
  void whatIsReadNextIsFetchedFromTheDisk() throws Exception {
    assertThat(ReadAdvice.isAvailable()).as("the tests run with native access").isTrue();
    Path file = Files.write(folder.resolve("file"), new byte[8 * MEBI]);
    try (FileChannel channel = FileChannel.open(file)) {
      forgetPagesOf(file);
      MappedByteBuffer stretch = channel.map(MapMode.READ_ONLY, 4 * MEBI, MEBI);
      assumeTrue(!stretch.isLoaded(), "the temporary folder lies in memory, not on a disk");
      ReadAdvice.willNeed(channel, 4 * MEBI, MEBI);
      long end = System.nanoTime() + PATIENCE.toNanos();
      while (!stretch.isLoaded() && System.nanoTime() < end) {
        Thread.onSpinWait();
      }
      assertThat(stretch.isLoaded()).isTrue();
      assertThat(channel.map(MapMode.READ_ONLY, 6 * MEBI, MEBI).isLoaded()).isFalse();
    }
  }

  /** {@code dd} with no block to copy tells the system that the file is not needed any more. */
  private static void forgetPagesOf(Path file) throws Exception {
    try (FileChannel channel = FileChannel.open(file, java.nio.file.StandardOpenOption.WRITE)) {
      channel.force(true);
    }
    Process dd =
        new ProcessBuilder("dd", "if=" + file, "iflag=nocache", "count=0")
            .redirectErrorStream(true)
            .start();
    assertThat(dd.waitFor(20, TimeUnit.SECONDS)).isTrue();
    assertThat(dd.exitValue()).isZero();
  }

  @Test
  void aFileThatIsClosedIsNoFault() throws Exception {
    FileChannel channel = FileChannel.open(Files.write(folder.resolve("closed"), new byte[10]));
    channel.close();
    ReadAdvice.willNeed(channel, 0, 10);
    assertThat(channel.isOpen()).isFalse();
  }
}
