package org.slipway.tftp;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.invoke.MethodHandle;
import java.nio.channels.DatagramChannel;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.slipway.listeners.SocketDescriptor;

/**
 * UDP segmentation offload of Linux: one system call sends many datagrams of equal length. Plain
 * Java has no such option, so it is set by a native call, where the JVM was started so that this is
 * allowed; elsewhere every datagram is a call of its own.
 */
final class Segmentation {
  private static final Logger LOG = Logger.getLogger(Segmentation.class.getName());

  /** From linux/udp.h. */
  private static final int SOL_UDP = 17;

  private static final int UDP_SEGMENT = 103;

  /** UDP_MAX_SEGMENTS of the oldest kernels that have it. */
  private static final int MOST_SEGMENTS = 64;

  /** What fits into one UDP datagram over IPv4, rounded down. */
  private static final int MOST_BYTES = 65_000;

  /** Below, an OACK or ERROR could be longer than a block, and would be cut. */
  private static final int LEAST_LENGTH = 512;

  private static final Optional<Segmentation> AVAILABLE = find();

  private final MethodHandle setsockopt;

  private Segmentation(MethodHandle setsockopt) {
    this.setsockopt = setsockopt;
  }

  private static Optional<Segmentation> find() {
    if (!SocketDescriptor.isAvailable()) {
      return Optional.empty();
    }
    try {
      Linker linker = Linker.nativeLinker();
      FunctionDescriptor signature =
          FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT);
      return Optional.of(
          new Segmentation(
              linker.downcallHandle(
                  linker.defaultLookup().find("setsockopt").orElseThrow(), signature)));
    } catch (RuntimeException e) {
      LOG.log(Level.FINE, "TFTP windows are sent block by block", e);
      return Optional.empty();
    }
  }

  /** Whether this JVM and system can do it. */
  static boolean isAvailable() {
    return AVAILABLE.isPresent();
  }

  /**
   * Makes what is written to a channel go out in datagrams of a length.
   *
   * @return how many of them one write may hold; 1 if it cannot be done
   */
  static int enable(DatagramChannel channel, int length) {
    boolean enabled =
        length >= LEAST_LENGTH && AVAILABLE.map(s -> s.set(channel, length)).orElse(false);
    return enabled ? Math.max(1, Math.min(MOST_SEGMENTS, MOST_BYTES / length)) : 1;
  }

  /** Makes every write one datagram again. */
  static void disable(DatagramChannel channel) {
    AVAILABLE.ifPresent(s -> s.set(channel, 0));
  }

  private boolean set(DatagramChannel channel, int length) {
    try (Arena arena = Arena.ofConfined()) {
      int fd = SocketDescriptor.of(channel);
      return (int)
              setsockopt.invoke(
                  fd, SOL_UDP, UDP_SEGMENT, arena.allocateFrom(JAVA_INT, length), Integer.BYTES)
          == 0;
    } catch (Throwable e) {
      LOG.log(Level.FINE, "UDP_SEGMENT could not be set", e);
      return false;
    }
  }
}
