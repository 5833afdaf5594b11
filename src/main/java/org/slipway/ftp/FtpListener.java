package org.slipway.ftp;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.SocketChannel;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.slipway.accounts.AccountSessions;
import org.slipway.accounts.Authorization;
import org.slipway.accounts.TrafficLedger;
import org.slipway.audit.AuditTrail;
import org.slipway.certificates.ServerTls;
import org.slipway.ftp.wire.Reply;
import org.slipway.listeners.ConnectionLimit;
import org.slipway.listeners.ListenerThreads;
import org.slipway.listeners.ProtocolListener;
import org.slipway.settings.FtpSettings;
import org.slipway.settings.Settings;
import org.slipway.signin.Login;
import org.slipway.storage.FileAreas;
import org.slipway.transfers.Transfers;

/** The FTP ports: takes control connections and gives each its session. */
@Singleton
public final class FtpListener implements ProtocolListener {
  private static final Logger LOG = Logger.getLogger(FtpListener.class.getName());
  private static final Duration DATA_PATIENCE = Duration.ofSeconds(20);
  private static final Duration LOGIN_PATIENCE = Duration.ofMinutes(1);
  private static final Duration WATCH = Duration.ofMillis(200);
  private static final Duration LET_GO = Duration.ofSeconds(1);
  private static final Reply TOO_MANY =
      new Reply(421, "Too many connections to this server; try again later.");
  private static final Reply TOO_MANY_OF_ADDRESS =
      new Reply(421, "Too many connections from your address; close one, or try again later.");
  private static final Reply STOPPING = new Reply(421, "The server is stopping.");

  private final FtpServices services;
  private final ConnectionLimit limit = new ConnectionLimit();
  private final Set<FtpSession> sessions = ConcurrentHashMap.newKeySet();
  private volatile ControlPorts ports;
  private volatile CountDownLatch accepting = new CountDownLatch(0);

  @Inject
  public FtpListener(
      Settings settings,
      ListenerThreads threads,
      Login login,
      AccountSessions accountSessions,
      Authorization authorization,
      FileAreas files,
      Transfers transfers,
      TrafficLedger traffic,
      AuditTrail audit,
      Clock clock,
      ServerTls tls) {
    this(
        new FtpServices(
            settings,
            threads,
            login,
            accountSessions,
            authorization,
            files,
            transfers,
            traffic,
            audit,
            clock,
            new PassivePorts(settings),
            DATA_PATIENCE,
            tls,
            LOGIN_PATIENCE));
  }

  FtpListener(FtpServices services) {
    this.services = services;
  }

  @Override
  public String protocol() {
    return "ftp";
  }

  @Override
  public boolean enabled() {
    return services.settings().get(FtpSettings.ENABLED);
  }

  @Override
  public int configuredPort() {
    return services.settings().get(FtpSettings.PORT);
  }

  @Override
  public Optional<Integer> implicitTlsPort() {
    ControlPorts open = ports;
    return open != null
        ? open.implicitTlsPort()
        : services.settings().get(FtpSettings.TLS_IMPLICIT_PORT);
  }

  @Override
  public InetSocketAddress bind() throws IOException {
    FtpSettings.checkImplicitPort(services.settings());
    ControlPorts bound = ControlPorts.open(services.settings());
    ports = bound;
    return bound.address();
  }

  @Override
  public void serve() throws IOException {
    ControlPorts open = ports;
    if (open == null) {
      return;
    }
    Future<?> watch = services.threads().every("ftp-watch", WATCH, this::watch);
    CountDownLatch end = new CountDownLatch(1);
    accepting = end;
    try {
      open.serve(this::admit);
    } finally {
      watch.cancel(true);
      end.countDown();
    }
  }

  private void admit(SocketChannel socket, boolean implicitTls) throws IOException {
    ConnectionLimit.Permit permit = null;
    try {
      ControlConnection control = new ControlConnection(socket);
      Settings settings = services.settings();
      permit =
          limit
              .admit(
                  control.peerAddress(),
                  settings.get(FtpSettings.MAX_SESSIONS),
                  settings.get(FtpSettings.MAX_SESSIONS_PER_ADDRESS))
              .orElse(null);
      if (permit == null) {
        refuse(control, implicitTls);
        return;
      }
      start(control, implicitTls, permit);
    } catch (IOException | RejectedExecutionException e) {
      LOG.log(Level.FINE, "A connection was lost before its session", e);
      socket.close();
      if (permit != null) {
        permit.close();
      }
    }
  }

  /** Who expects a handshake could not read the reply; to shake hands would cost what is short. */
  private void refuse(ControlConnection control, boolean implicitTls) throws IOException {
    if (!implicitTls) {
      boolean full = limit.total() >= services.settings().get(FtpSettings.MAX_SESSIONS);
      control.send(full ? TOO_MANY : TOO_MANY_OF_ADDRESS);
    }
    control.close();
  }

  private void start(
      ControlConnection control, boolean implicitTls, ConnectionLimit.Permit permit) {
    FtpSession[] self = new FtpSession[1];
    self[0] =
        new FtpSession(
            services,
            control,
            implicitTls,
            () -> {
              sessions.remove(self[0]);
              permit.close();
            });
    sessions.add(self[0]);
    try {
      services.threads().session("ftp", self[0]);
    } catch (RejectedExecutionException e) {
      sessions.remove(self[0]);
      throw e;
    }
  }

  private void watch() {
    Duration idle = services.settings().get(FtpSettings.IDLE);
    sessions.forEach(session -> session.watch(idle));
  }

  /** A connection that has just been taken belongs to the sessions that end. */
  private void awaitLastAccept() {
    try {
      accepting.await(LET_GO.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  FtpServices services() {
    return services;
  }

  /** What is bound, while it listens. */
  Optional<InetSocketAddress> boundAddress() throws IOException {
    ControlPorts open = ports;
    return open == null ? Optional.empty() : Optional.of(open.address());
  }

  /** How many control connections are open. */
  int sessionCount() {
    return sessions.size();
  }

  @Override
  public void stop() {
    ControlPorts open = ports;
    ports = null;
    if (open != null) {
      try {
        open.close();
      } catch (IOException e) {
        LOG.log(Level.WARNING, "An FTP port could not be closed", e);
      }
      awaitLastAccept();
    }
    sessions.forEach(session -> session.end(STOPPING));
  }
}
