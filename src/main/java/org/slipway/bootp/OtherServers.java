package org.slipway.bootp;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.slipway.bootp.wire.BootpCodec;
import org.slipway.bootp.wire.BootpPacket;
import org.slipway.bootp.wire.Leniency;
import org.slipway.bootp.wire.MalformedBootpException;
import org.slipway.bootp.wire.VendorArea;
import org.slipway.bootp.wire.VendorTag;
import org.slipway.provisioning.HardwareAddress;
import org.slipway.provisioning.SilenceReason;
import org.slipway.settings.DhcpSettings;
import org.slipway.settings.DhcpSettings.DhcpMode;
import org.slipway.settings.Settings;

/**
 * The BOOTP and DHCP servers beside us, as they show themselves since the start: by an answer to
 * our search, by a reply that came to our port, or by a client that prefers them. Anybody can claim
 * to be one, so that there is room for a few only, and the log says little.
 */
@Singleton
public final class OtherServers {
  static final int MOST = 64;

  private static final Logger LOG = Logger.getLogger(OtherServers.class.getName());
  private static final Duration LOG_PAUSE = Duration.ofSeconds(10);
  private static final int BOOTREPLY = 2;
  private static final int HLEN = 2;
  private static final int CHADDR = 28;

  private final Settings settings;
  private final ServerAddress serverAddress;
  private final Clock clock;
  private final Map<Inet4Address, OtherServer> seen =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Inet4Address, OtherServer> eldest) {
          return size() > MOST;
        }
      };
  private Instant nextLog = Instant.MIN;
  private volatile byte[] searchingAs = {};

  @Inject
  public OtherServers(Settings settings, ServerAddress serverAddress, Clock clock) {
    this.settings = settings;
    this.serverAddress = serverAddress;
    this.clock = clock;
  }

  /** How a server showed itself. */
  public enum Evidence {
    /** It answered our search. */
    ANSWERED,
    /** A reply of it came to the server's port. */
    REPLIED,
    /** A client asked it, not us, for the address that both have offered. */
    CHOSEN
  }

  /**
   * A server.
   *
   * @param device the client that it was seen with last; empty if that was our search
   * @param times how often it was seen
   */
  public record OtherServer(
      Inet4Address address,
      Evidence evidence,
      Optional<HardwareAddress> device,
      Instant first,
      Instant last,
      long times) {}

  /** The one that was seen last comes first. */
  public synchronized List<OtherServer> all() {
    return List.copyOf(seen.values()).reversed();
  }

  /** Our search is no client: who hears it here looks away. */
  void searching(byte[] hardwareAddress) {
    searchingAs = hardwareAddress;
  }

  boolean isOurSearch(ByteBuffer datagram) {
    byte[] ours = searchingAs;
    if (ours.length == 0
        || datagram.limit() < CHADDR + ours.length
        || datagram.get(HLEN) != ours.length) {
      return false;
    }
    byte[] hardware = new byte[ours.length];
    datagram.get(CHADDR, hardware);
    return Arrays.equals(hardware, ours);
  }

  /** A datagram that came to the server's port from another machine, if it is a reply. */
  void heard(ByteBuffer datagram, InetAddress from) {
    if (datagram.limit() == 0 || datagram.get(0) != BOOTREPLY) {
      return;
    }
    try {
      BootpPacket reply = BootpCodec.decode(datagram.duplicate(), Leniency.ALL);
      named(reply.vend())
          .or(() -> v4(from))
          .ifPresent(a ->
              saw(a, Evidence.REPLIED, Optional.of(HardwareAddress.of(reply.hardware().octets()))));
    } catch (MalformedBootpException e) {
      LOG.log(Level.FINE, "Not a reply of a server", e);
    }
  }

  /**
   * A client that may have asked another server for its address. Only where we lease addresses that
   * is worth a word: beside a proxy there is always one.
   */
  void notAsked(DhcpMessage request, SilenceReason why) {
    if (why == SilenceReason.OTHER_SERVER && settings.get(DhcpSettings.MODE) == DhcpMode.SERVER) {
      named(request.packet().vend())
          .ifPresent(a -> saw(a, Evidence.CHOSEN, Optional.of(request.hardwareAddress())));
    }
  }

  /**
   * An answer to our search.
   *
   * @return the server; empty if it is this one
   */
  Optional<Inet4Address> answered(BootpPacket offer, InetAddress from) {
    Optional<Inet4Address> server = named(offer.vend()).or(() -> v4(from)).filter(this::isAnother);
    server.ifPresent(a -> saw(a, Evidence.ANSWERED, Optional.empty()));
    return server;
  }

  private boolean isAnother(Inet4Address server) {
    return !server.isAnyLocalAddress() && !serverAddress.isLocal(server);
  }

  private void saw(Inet4Address server, Evidence evidence, Optional<HardwareAddress> device) {
    if (!isAnother(server)) {
      return;
    }
    Instant now = clock.instant();
    boolean tell;
    synchronized (this) {
      OtherServer before = seen.get(server);
      Instant first = before == null ? now : before.first();
      long times = before == null ? 1 : before.times() + 1;
      seen.put(server, new OtherServer(server, evidence, device, first, now, times));
      tell = before == null && !now.isBefore(nextLog);
      nextLog = tell ? now.plus(LOG_PAUSE) : nextLog;
    }
    if (tell && evidence != Evidence.ANSWERED) {
      LOG.log(
          Level.WARNING,
          "Another BOOTP or DHCP server, {0}, answers a device of this network: {1}",
          new Object[] {server.getHostAddress(), device.map(Object::toString).orElse("")});
    }
  }

  private static Optional<Inet4Address> named(VendorArea vend) {
    return vend.joined(VendorTag.SERVER_IDENTIFIER)
        .filter(o -> o.length == 4)
        .map(o -> BootpPacket.address(ByteBuffer.wrap(o).getInt()));
  }

  private static Optional<Inet4Address> v4(InetAddress address) {
    return address instanceof Inet4Address a ? Optional.of(a) : Optional.empty();
  }
}
