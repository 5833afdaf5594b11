package org.slipway.ftp;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.random.RandomGenerator;
import org.slipway.settings.FtpSettings;
import org.slipway.settings.PortRange;
import org.slipway.settings.Settings;

/**
 * Hands out ports of {@code slipway.ftp.passive-ports}, at random so that the next one cannot be
 * guessed (RFC 2577 section 4).
 */
final class PassivePorts {
  private static final int BACKLOG = 8;

  private final Settings settings;
  private final RandomGenerator random;
  private final Set<PassiveListener> open = ConcurrentHashMap.newKeySet();

  PassivePorts(Settings settings) {
    this(settings, new SecureRandom());
  }

  PassivePorts(Settings settings, RandomGenerator random) {
    this.settings = settings;
    this.random = random;
  }

  /**
   * Listens on a free port.
   *
   * @throws IOException if none is free
   */
  PassiveListener open(InetAddress local) throws IOException {
    PortRange range = settings.get(FtpSettings.PASSIVE_PORTS);
    int start = random.nextInt(range.size());
    for (int i = 0; i < range.size(); i++) {
      Optional<PassiveListener> listener = listen(local, range.first() + (start + i) % range.size());
      if (listener.isPresent()) {
        return listener.get();
      }
    }
    return takeOver(local)
        .orElseThrow(() -> new BindException("All passive ports " + range + " are taken"));
  }

  private Optional<PassiveListener> listen(InetAddress local, int port) throws IOException {
    ServerSocketChannel channel = ServerSocketChannel.open();
    try {
      channel.bind(new InetSocketAddress(local, port), BACKLOG);
    } catch (BindException e) {
      channel.close();
      return Optional.empty();
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
    PassiveListener listener = new PassiveListener(channel, port, open::remove);
    open.add(listener);
    return Optional.of(listener);
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

  /** Whether so many are open that nobody should keep one for later. */
  boolean areScarce() {
    return open.size() > settings.get(FtpSettings.PASSIVE_PORTS).size() / 2;
  }
}
