package org.slipway.listeners;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.Method;
import java.nio.channels.SelectableChannel;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * The file descriptor of a channel, for the few things that Linux can do with a socket and plain
 * Java cannot. It exists only where the JVM was started with native access and with {@code
 * sun.nio.ch} opened, as the manifest of Payara Micro does; who asks for it has another way.
 */
public final class SocketDescriptor {
  private static final Logger LOG = Logger.getLogger(SocketDescriptor.class.getName());
  private static final Optional<MethodHandle> GETTER = find();

  private SocketDescriptor() {}

  /** Whether descriptors can be had, on this system and in this JVM. */
  public static boolean isAvailable() {
    return GETTER.isPresent();
  }

  /**
   * @throws IllegalStateException where {@link #isAvailable} says no
   */
  public static int of(SelectableChannel channel) {
    try {
      return (int) GETTER.orElseThrow(IllegalStateException::new).invoke(channel);
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }

  private static Optional<MethodHandle> find() {
    if (!System.getProperty("os.name").equals("Linux")
        || !SocketDescriptor.class.getModule().isNativeAccessEnabled()) {
      return Optional.empty();
    }
    try {
      Method getter = Class.forName("sun.nio.ch.SelChImpl").getMethod("getFDVal");
      getter.setAccessible(true);
      return Optional.of(MethodHandles.lookup().unreflect(getter));
    } catch (ReflectiveOperationException | RuntimeException e) {
      LOG.log(Level.FINE, "Sockets have no descriptor here", e);
      return Optional.empty();
    }
  }
}
