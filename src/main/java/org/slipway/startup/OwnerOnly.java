package org.slipway.startup;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.io.IOException;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.invoke.MethodHandle;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;

/**
 * Keeps what the portal stores from everybody but its owner, whatever mask the process was started
 * with: the database makes its files by itself and asks nobody about their rights.
 */
final class OwnerOnly {
  private static final Logger LOG = Logger.getLogger(OwnerOnly.class.getName());
  private static final int NOTHING_FOR_OTHERS = 0077;
  private static final Set<PosixFilePermission> OWNER =
      PosixFilePermissions.fromString("rwx------");

  private OwnerOnly() {}

  /** Sets the process's own mask ({@code umask} of POSIX). */
  static void fromNowOn() {
    Linker linker = Linker.nativeLinker();
    linker
        .defaultLookup()
        .find("umask")
        .ifPresent(address ->
            set(linker.downcallHandle(address, FunctionDescriptor.of(JAVA_INT, JAVA_INT))));
  }

  private static void set(MethodHandle umask) {
    try {
      int before = (int) umask.invokeExact(NOTHING_FOR_OTHERS);
      LOG.fine(() -> "umask was " + Integer.toOctalString(before));
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }

  /** Takes the rights of others from a folder and what lies directly in it. */
  static void tighten(Path folder) throws IOException {
    tightenOne(folder);
    try (Stream<Path> entries = Files.list(folder)) {
      for (Path entry : entries.toList()) {
        tightenOne(entry);
      }
    }
  }

  private static void tightenOne(Path path) throws IOException {
    if (Files.isSymbolicLink(path)
        || !Files.getFileStore(path).supportsFileAttributeView("posix")) {
      return;
    }
    Set<PosixFilePermission> rights =
        Files.getPosixFilePermissions(path, LinkOption.NOFOLLOW_LINKS);
    if (rights.retainAll(OWNER)) {
      try {
        Files.setPosixFilePermissions(path, rights);
      } catch (IOException e) {
        LOG.log(Level.WARNING, "Others than its owner may use {0}: {1}", new Object[] {path, e});
      }
    }
  }
}
