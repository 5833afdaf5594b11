package org.slipway.ftp;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.security.SecureRandom;
import java.util.concurrent.atomic.AtomicInteger;
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

  private final Settings settings;
  private final RandomGenerator random;
  private final AtomicInteger open = new AtomicInteger();

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
      int port = range.first() + (start + i) % range.size();
      ServerSocketChannel channel = ServerSocketChannel.open();
      try {
        channel.bind(new InetSocketAddress(local, port), BACKLOG);
        open.incrementAndGet();
        return new PassiveListener(channel, port, open::decrementAndGet);
      } catch (BindException e) {
        channel.close();
      } catch (IOException | RuntimeException e) {
        channel.close();
        throw e;
      }
    }
    throw new BindException("All passive ports " + range + " are taken");
  }

  /** Whether so many are open that nobody should keep one for later. */
  boolean areScarce() {
    return open.get() > settings.get(FtpSettings.PASSIVE_PORTS).size() / 2;
  }
}
