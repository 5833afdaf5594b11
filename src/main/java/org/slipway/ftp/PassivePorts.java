package org.slipway.ftp;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedTransferQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TransferQueue;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.random.RandomGenerator;
import org.slipway.settings.FtpSettings;
import org.slipway.settings.PortRange;
import org.slipway.settings.Settings;

/**
 * Hands out ports of {@code slipway.ftp.passive-ports}, at random so that the next one cannot be
 * guessed (RFC 2577 section 4).
 */
final class PassivePorts {
  /** Connections that may wait at one port. */
  static final int BACKLOG = 8;

  private static final Duration PATIENCE = Duration.ofSeconds(1);
  private static final int MOST_TRIED = 2000;

  private final Settings settings;
  private final RandomGenerator random;
  private final Set<PassiveListener> open = ConcurrentHashMap.newKeySet();

  /** Ports go through it to whoever waits for one; nothing stays in it. */
  private final TransferQueue<Integer> released = new LinkedTransferQueue<>();

  /**
   * A port that is tried is not taken for taken: who tries waits for who opens, and the reverse.
   */
  private final ReadWriteLock trying = new ReentrantReadWriteLock();

  PassivePorts(Settings settings) {
    this(settings, new SecureRandom());
  }

  PassivePorts(Settings settings, RandomGenerator random) {
    this.settings = settings;
    this.random = random;
  }

  /**
   * Listens on a free port. When none is free it waits a little: most are needed for no longer than
   * a data connection takes to come. It looks once more before it gives up: nobody tells of a port
   * that became free just before it waited, or that another program had.
   *
   * @throws IOException if none becomes free
   */
  PassiveListener open(InetAddress local) throws IOException {
    Optional<PassiveListener> listener = openNow(local);
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (listener.isEmpty()) {
      Integer port = awaitReleased(end - System.nanoTime());
      if (port == null) {
        return openNow(local).orElseThrow(this::allTaken);
      }
      listener = listen(local, port);
    }
    return listener.get();
  }

  private BindException allTaken() {
    return new BindException(
        "All passive ports " + settings.get(FtpSettings.PASSIVE_PORTS) + " are taken");
  }

  private Optional<PassiveListener> openNow(InetAddress local) throws IOException {
    PortRange range = settings.get(FtpSettings.PASSIVE_PORTS);
    int start = random.nextInt(range.size());
    for (int i = 0; i < range.size(); i++) {
      Optional<PassiveListener> listener =
          listen(local, range.first() + (start + i) % range.size());
      if (listener.isPresent()) {
        return listener;
      }
    }
    return takeOver(local);
  }

  /** Null when the time is over. */
  private Integer awaitReleased(long nanos) throws InterruptedIOException {
    try {
      return released.poll(nanos, TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("the server stops");
    }
  }

  private void release(PassiveListener listener) {
    open.remove(listener);
    released.tryTransfer(listener.port());
  }

  /** The port of a session that has kept it and does not need it now. */
  private Optional<PassiveListener> takeOver(InetAddress local) throws IOException {
    for (PassiveListener kept : open) {
      if (kept.giveUp()) {
        Optional<PassiveListener> listener = listen(local, kept.port());
        if (listener.isPresent()) {
          return listener;
        }
      }
    }
    return Optional.empty();
  }

  /** How many are open. */
  int inUse() {
    return open.size();
  }

  private Optional<PassiveListener> listen(InetAddress local, int port) throws IOException {
    ServerSocketChannel channel = ServerSocketChannel.open();
    trying.readLock().lock();
    try {
      channel.bind(new InetSocketAddress(local, port), BACKLOG);
      PassiveListener listener = new PassiveListener(channel, port, this::release);
      open.add(listener);
      return Optional.of(listener);
    } catch (BindException e) {
      channel.close();
      return Optional.empty();
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    } finally {
      trying.readLock().unlock();
    }
  }

  /**
   * What became of the ports of the range that were tried.
   *
   * @param own in use by sessions
   * @param taken in use by other programs
   * @param forbidden how many need a privilege that the process does not have
   */
  record Trial(PortRange range, int tried, int own, List<Integer> taken, int forbidden) {
    boolean isHopeless() {
      return taken.size() + forbidden == tried;
    }
  }

  /** Tries whether the ports can be had; of a large range some, evenly spread. */
  Trial tryOut(InetAddress local) throws IOException {
    PortRange range = settings.get(FtpSettings.PASSIVE_PORTS);
    int tried = Math.min(range.size(), MOST_TRIED);
    int own = 0;
    int forbidden = 0;
    List<Integer> taken = new ArrayList<>();
    for (int i = 0; i < tried; i++) {
      int port = range.first() + (int) ((long) i * range.size() / tried);
      switch (tryOut(local, port)) {
        case FREE -> {}
        case OWN -> own++;
        case TAKEN -> taken.add(port);
        case FORBIDDEN -> forbidden++;
      }
    }
    return new Trial(range, tried, own, List.copyOf(taken), forbidden);
  }

  private enum Availability {
    FREE,
    OWN,
    TAKEN,
    FORBIDDEN
  }

  /** Bound but not listening: nobody can come to it. */
  private Availability tryOut(InetAddress local, int port) throws IOException {
    trying.writeLock().lock();
    try (SocketChannel channel = SocketChannel.open()) {
      channel.setOption(StandardSocketOptions.SO_REUSEADDR, true);
      channel.bind(new InetSocketAddress(local, port));
      return Availability.FREE;
    } catch (BindException e) {
      if (open.stream().anyMatch(listener -> listener.port() == port)) {
        return Availability.OWN;
      }
      return String.valueOf(e.getMessage()).contains("Permission denied")
          ? Availability.FORBIDDEN
          : Availability.TAKEN;
    } finally {
      trying.writeLock().unlock();
    }
  }

  /** Whether so many are open that nobody should keep one for later. */
  boolean areScarce() {
    return open.size() > settings.get(FtpSettings.PASSIVE_PORTS).size() / 2;
  }
}
