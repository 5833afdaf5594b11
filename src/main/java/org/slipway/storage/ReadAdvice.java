package org.slipway.storage;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.io.FileDescriptor;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.nio.channels.FileChannel;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Tells Linux which stretch of a file is read next (POSIX posix_fadvise with POSIX_FADV_WILLNEED),
 * so that the disk works while something else does. Plain Java cannot; where the JVM was started
 * without native access or without {@code sun.nio.ch} opened, nothing is told, and Linux reads
 * ahead as far as it does by itself, usually 128 KiB.
 */
final class ReadAdvice {
  private static final Logger LOG = Logger.getLogger(ReadAdvice.class.getName());

  /** From fcntl.h of Linux. */
  private static final int POSIX_FADV_WILLNEED = 3;

  private static final Optional<ReadAdvice> AVAILABLE = find();

  /** Of a {@code FileChannelImpl} its descriptor, as a number. */
  private final MethodHandle descriptor;

  private final MethodHandle posixFadvise;

  private ReadAdvice(MethodHandle descriptor, MethodHandle posixFadvise) {
    this.descriptor = descriptor;
    this.posixFadvise = posixFadvise;
  }

  private static Optional<ReadAdvice> find() {
    if (!System.getProperty("os.name").equals("Linux")
        || !ReadAdvice.class.getModule().isNativeAccessEnabled()) {
      return Optional.empty();
    }
    try {
      Field field = Class.forName("sun.nio.ch.FileChannelImpl").getDeclaredField("fd");
      field.setAccessible(true);
      Method number =
          Class.forName("sun.nio.ch.IOUtil").getDeclaredMethod("fdVal", FileDescriptor.class);
      number.setAccessible(true);
      MethodHandles.Lookup lookup = MethodHandles.lookup();
      Linker linker = Linker.nativeLinker();
      return Optional.of(
          new ReadAdvice(
              MethodHandles.filterReturnValue(
                  lookup.unreflectGetter(field), lookup.unreflect(number)),
              linker.downcallHandle(
                  linker.defaultLookup().find("posix_fadvise").orElseThrow(),
                  FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_INT))));
    } catch (ReflectiveOperationException | RuntimeException e) {
      LOG.log(Level.FINE, "Linux is not told what of a file is read next", e);
      return Optional.empty();
    }
  }

  /** Whether this JVM and system can do it. */
  static boolean isAvailable() {
    return AVAILABLE.isPresent();
  }

  /**
   * Does not wait for the disk.
   *
   * @param position in bytes
   * @param length in bytes
   */
  static void willNeed(FileChannel file, long position, long length) {
    AVAILABLE.ifPresent(advice -> advice.give(file, position, length));
  }

  private void give(FileChannel file, long position, long length) {
    try {
      int fd = (int) descriptor.invoke(file);
      int ignored = (int) posixFadvise.invokeExact(fd, position, length, POSIX_FADV_WILLNEED);
    } catch (Throwable e) {
      LOG.log(Level.FINE, "An advice could not be given", e);
    }
  }
}
