package org.slipway.ftp;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * Another process of the machine, which puts by turns a file and a symbolic link to one outside in
 * the place of {@code f}, so that the name is never missing.
 */
final class SwappedFile implements AutoCloseable {
  private final Path file;
  private final Path made;
  private final Path outside;
  private final Thread swapper;
  private volatile boolean over;
  private volatile RuntimeException failure;

  SwappedFile(Path home, Path outside) throws IOException {
    this.file = home.resolve("f");
    this.made = Files.createDirectories(outside.resolve("made")).resolve("next");
    this.outside = Files.write(outside.resolve("f"), SwappedFolder.OUTSIDE);
    Files.setLastModifiedTime(this.outside, SwappedFolder.THEN);
    swapper = Thread.ofPlatform().daemon().start(this::swapAll);
  }

  private void swapAll() {
    try {
      while (!over) {
        Files.write(made, SwappedFolder.INSIDE);
        Files.move(made, file, StandardCopyOption.ATOMIC_MOVE);
        SwappedFolder.stay();
        Files.createSymbolicLink(made, outside);
        Files.move(made, file, StandardCopyOption.ATOMIC_MOVE);
        SwappedFolder.stay();
      }
    } catch (IOException e) {
      failure = new UncheckedIOException(e);
    }
  }

  /** Whether what the link leads to was changed in any way. */
  boolean isOutsideTouched() throws IOException {
    if (failure != null) {
      throw failure;
    }
    return !Files.getLastModifiedTime(outside).equals(SwappedFolder.THEN)
        || !Files.readString(outside).equals("outside");
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
