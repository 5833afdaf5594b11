package org.slipway.ftp;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Another process of the machine, which makes the folder {@code d} of a home a symbolic link to a
 * folder outside and back again, without a pause.
 */
final class SwappedFolder implements AutoCloseable {
  static final byte[] INSIDE = "inside".getBytes();
  static final byte[] OUTSIDE = "outside".getBytes();
  static final String PRIVATE = "name-outside";

  /** When what is outside was changed last. */
  static final FileTime THEN = FileTime.from(Instant.parse("2001-02-03T04:05:06Z"));

  private final Path folder;
  private final Path parked;
  private final Path outside;
  private final AtomicLong swaps = new AtomicLong();
  private final Thread swapper;
  private volatile boolean over;
  private volatile RuntimeException failure;

  SwappedFolder(Path home, Path outside) throws IOException {
    this.folder = Files.createDirectories(home.resolve("d"));
    this.parked = home.resolve("parked");
    this.outside = Files.createDirectories(outside);
    Files.write(folder.resolve("f"), INSIDE);
    restore();
    swapper = Thread.ofPlatform().daemon().start(this::swapAll);
  }

  private void swapAll() {
    try {
      while (!over) {
        Files.move(folder, parked);
        tidy();
        Files.createSymbolicLink(folder, outside);
        stay();
        Files.delete(folder);
        Files.move(parked, folder);
        swaps.incrementAndGet();
        stay();
      }
    } catch (IOException e) {
      failure = new UncheckedIOException(e);
    }
  }

  /** For some microseconds, without giving the processor away. */
  static void stay() {
    for (int i = 0; i < 2000; i++) {
      Thread.onSpinWait();
    }
  }

  /** What was deleted or came in is as before, so that it can be tried again. */
  private void tidy() throws IOException {
    if (!Files.exists(parked.resolve("f"))) {
      Files.write(parked.resolve("f"), INSIDE);
    }
    Files.deleteIfExists(parked.resolve("moved"));
  }

  private void restore() throws IOException {
    Files.write(outside.resolve("f"), OUTSIDE);
    Files.setLastModifiedTime(outside.resolve("f"), THEN);
    Files.write(outside.resolve(PRIVATE), OUTSIDE);
    Files.deleteIfExists(outside.resolve("new"));
    Files.deleteIfExists(outside.resolve("moved"));
  }

  /** Whether something has happened outside since the last time. */
  boolean isOutsideTouched() throws IOException {
    if (failure != null) {
      throw failure;
    }
    Path file = outside.resolve("f");
    boolean touched =
        !Files.exists(file)
            || !Files.getLastModifiedTime(file).equals(THEN)
            || Files.exists(outside.resolve("new"))
            || Files.exists(outside.resolve("moved"));
    if (touched) {
      restore();
    }
    return touched;
  }

  long swaps() {
    return swaps.get();
  }

  @Override
  public void close() {
    over = true;
    try {
      swapper.join();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
