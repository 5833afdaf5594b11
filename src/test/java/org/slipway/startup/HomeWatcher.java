package org.slipway.startup;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.slipway.portal.RunningPortal;

/**
 * Looks at what a home holds while a portal works in it. Files move while one counts, so the portal
 * is stopped for each look ({@code SIGSTOP}): what is counted was there at one moment.
 */
final class HomeWatcher {
  private static final long PAUSE_NANOS = 30_000_000;

  private final RunningPortal portal;
  private final Path home;
  private final long mostBytes;
  private final long mostFiles;
  private volatile Content fullest = new Content(0, 0);
  private volatile int looks;

  record Content(long bytes, long files) {}

  HomeWatcher(RunningPortal portal, Path home, long mostBytes, long mostFiles) {
    this.portal = portal;
    this.home = home;
    this.mostBytes = mostBytes;
    this.mostFiles = mostFiles;
  }

  void watchUntil(BooleanSupplier over) throws Exception {
    long pid = portal.pid();
    while (!over.getAsBoolean()) {
      signal("-STOP", pid);
      try {
        if (awaitStopped(pid)) {
          look();
        }
      } finally {
        signal("-CONT", pid);
      }
      LockSupport.parkNanos(PAUSE_NANOS);
    }
  }

  /** Lets so much time go by. */
  void watchFor(int millis) {
    long end = System.nanoTime() + millis * 1_000_000L;
    while (System.nanoTime() < end) {
      LockSupport.parkNanos(end - System.nanoTime());
    }
  }

  /** A look while nothing works in the home. */
  Content lookAtRest() {
    return look();
  }

  private Content look() {
    Content content = count();
    assertThat(content.bytes()).isLessThanOrEqualTo(mostBytes);
    assertThat(content.files()).isLessThanOrEqualTo(mostFiles);
    if (content.bytes() > fullest.bytes()) {
      fullest = content;
    }
    looks++;
    return content;
  }

  int looks() {
    return looks;
  }

  Content fullest() {
    return fullest;
  }

  List<Path> staged() {
    try (Stream<Path> files = Files.list(home.resolveSibling(".slipway-staging"))) {
      return files.toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Content count() {
    if (!Files.isDirectory(home)) {
      return new Content(0, 0);
    }
    try (Stream<Path> all = Files.walk(home)) {
      List<Path> files = all.filter(Files::isRegularFile).toList();
      return new Content(files.stream().mapToLong(f -> f.toFile().length()).sum(), files.size());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void signal(String signal, long pid) throws Exception {
    new ProcessBuilder("kill", signal, String.valueOf(pid))
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start()
        .waitFor();
  }

  /** Each thread of it stands still; false if the process has ended. */
  private static boolean awaitStopped(long pid) {
    Path tasks = Path.of("/proc", String.valueOf(pid), "task");
    while (true) {
      try (Stream<Path> threads = Files.list(tasks)) {
        if (threads.allMatch(HomeWatcher::isStopped)) {
          return true;
        }
      } catch (IOException | UncheckedIOException ended) {
        if (!Files.isDirectory(tasks)) {
          return false;
        }
      }
    }
  }

  private static boolean isStopped(Path thread) {
    try {
      String stat = Files.readString(thread.resolve("stat"));
      char state = stat.charAt(stat.lastIndexOf(')') + 2);
      return state == 'T' || state == 'Z' || state == 'X';
    } catch (IOException ended) {
      return true;
    }
  }
}
