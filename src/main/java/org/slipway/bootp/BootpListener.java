package org.slipway.bootp;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.slipway.listeners.ListenerThreads;
import org.slipway.listeners.ProtocolListener;
import org.slipway.provisioning.BootAssignments;
import org.slipway.settings.DhcpSettings;
import org.slipway.settings.PortalSettings;
import org.slipway.settings.Settings;

/**
 * The BOOTP server: one socket, one blocking loop. A loop, not a thread per packet, because a
 * request costs microseconds; whatever would block is handed over.
 */
@Singleton
public final class BootpListener implements ProtocolListener {
  private static final Logger LOG = Logger.getLogger(BootpListener.class.getName());
  private static final int LARGEST_DATAGRAM = 65_535;
  private static final int FAULTS_IN_A_ROW = 100;
  private static final long LOG_PAUSE = TimeUnit.SECONDS.toNanos(10);

  private final Settings settings;
  private final ServerAddress serverAddress;
  private final BootAssignments assignments;
  private final BootpPool pool;
  private final DhcpMessages dhcp;
  private final PacketJournal journal;
  private final ListenerThreads threads;
  private final BootpCounters counters = new BootpCounters();
  private volatile BootpSocket socket;
  private long nextLog = System.nanoTime();

  @Inject
  public BootpListener(
      Settings settings,
      ServerAddress serverAddress,
      BootAssignments assignments,
      NetworkPools pools,
      DhcpMessages dhcp,
      PacketJournal journal,
      ListenerThreads threads) {
    this(settings, serverAddress, assignments, (BootpPool) pools, dhcp, journal, threads);
  }

  /** BOOTP alone, with entered addresses alone. */
  public BootpListener(
      Settings settings,
      ServerAddress serverAddress,
      BootAssignments assignments,
      ListenerThreads threads) {
    this(
        settings,
        serverAddress,
        assignments,
        BootpPool.NONE,
        DhcpMessages.NOBODY,
        new PacketJournal(device -> true, Clock.systemUTC()),
        threads);
  }

  private BootpListener(
      Settings settings,
      ServerAddress serverAddress,
      BootAssignments assignments,
      BootpPool pool,
      DhcpMessages dhcp,
      PacketJournal journal,
      ListenerThreads threads) {
    this.settings = settings;
    this.serverAddress = serverAddress;
    this.assignments = assignments;
    this.pool = pool;
    this.dhcp = dhcp;
    this.journal = journal;
    this.threads = threads;
  }

  @Override
  public String protocol() {
    return "bootp";
  }

  @Override
  public boolean enabled() {
    return settings.get(PortalSettings.BOOTP_ENABLED);
  }

  @Override
  public int configuredPort() {
    return settings.get(PortalSettings.BOOTP_PORT);
  }

  @Override
  public Optional<String> warning() {
    return switch (settings.get(DhcpSettings.MODE)) {
      case OFF -> Optional.empty();
      case SERVER ->
          Optional.of(
              "DHCP is switched on (slipway.dhcp.mode=server): this portal leases addresses. Another"
                  + " DHCP server in the same network would give away addresses of its own.");
      case PROXY ->
          Optional.of(
              "DHCP is switched on (slipway.dhcp.mode=proxy): this portal names boot files to PXE"
                  + " clients, beside the DHCP server that gives them their addresses.");
    };
  }

  public BootpCounters counters() {
    return counters;
  }

  @Override
  public InetSocketAddress bind() throws IOException {
    InetAddress address = bindAddress();
    BootpSocket bound = BootpSocket.open(address, configuredPort());
    if (!address.isAnyLocalAddress() && !address.isLoopbackAddress()) {
      LOG.log(
          Level.WARNING,
          "BOOTP bound to {0} hears relays and unicast requests only: broadcasts of devices without"
              + " an address reach a socket that is bound to all addresses",
          address.getHostAddress());
    }
    socket = bound;
    warning().ifPresent(LOG::warning);
    return bound.localAddress();
  }

  /** BOOTP has no IPv6: all IPv6 addresses mean all of IPv4, one of them means none. */
  private InetAddress bindAddress() throws IOException {
    Optional<InetAddress> configured = settings.get(PortalSettings.BIND_ADDRESS);
    if (configured.isEmpty() || configured.get().isAnyLocalAddress()) {
      return InetAddress.ofLiteral("0.0.0.0");
    }
    if (configured.get() instanceof Inet4Address address) {
      return address;
    }
    if (configured.get().isLoopbackAddress()) {
      return InetAddress.ofLiteral("127.0.0.1");
    }
    throw new SocketException("BOOTP needs an IPv4 address in slipway.bind.address");
  }

  @Override
  public void serve() throws IOException {
    BootpSocket serving = socket;
    if (serving == null) {
      return;
    }
    BootpService service =
        new BootpService(
            settings,
            serverAddress,
            assignments,
            pool,
            dhcp,
            journal,
            threads,
            counters,
            System::nanoTime,
            serving);
    ByteBuffer datagram = ByteBuffer.allocateDirect(LARGEST_DATAGRAM);
    int faultsInARow = 0;
    while (faultsInARow < FAULTS_IN_A_ROW) {
      try {
        BootpSocket.Arrival arrival = serving.receive(datagram);
        faultsInARow = 0;
        service.handle(datagram, arrival);
      } catch (ClosedChannelException e) {
        if (serving.isClosed()) {
          return;
        }
        throw e;
      } catch (IOException | RuntimeException | Error e) {
        faultsInARow++;
        fault(e);
      }
    }
    throw new SocketException("The BOOTP socket fails again and again");
  }

  /** One bad packet must not end the loop, nor fill the disk with what it caused. */
  private void fault(Throwable fault) {
    counters.faults.increment();
    long now = System.nanoTime();
    if (now - nextLog >= 0) {
      nextLog = now + LOG_PAUSE;
      LOG.log(
          Level.SEVERE,
          "A BOOTP datagram was not answered; faults so far: " + counters.faults(),
          fault);
    }
  }

  @Override
  public void stop() {
    BootpSocket open = socket;
    socket = null;
    if (open == null) {
      return;
    }
    try {
      open.close();
    } catch (IOException e) {
      LOG.log(Level.WARNING, "The BOOTP socket did not close cleanly", e);
    }
  }
}
