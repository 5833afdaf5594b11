package org.slipway.ftp;

import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.slipway.accounts.EffectivePolicy;
import org.slipway.settings.FtpSettings.TlsDataSession;

/** How the data connection of one transfer is opened, and with whom; it can be aborted any time. */
final class DataConnection {
  private static final Logger LOG = Logger.getLogger(DataConnection.class.getName());

  /** An upload of so many bytes may be done on the spot, and a client has so long for it. */
  private static final int MOST_AT_ONCE = 16 * 1024;

  private static final Duration MOMENT = Duration.ofMillis(20);

  /** How much later the end of a control connection may come than that of its data connection. */
  private static final Duration NEWS_FROM_HERE = Duration.ofMillis(1);

  private static final Duration NEWS_FROM_AFAR = Duration.ofMillis(5);

  private final LoggedIn owner;
  private final DataEndpoint endpoint;
  private PlainDataChannel early;
  private boolean controlLookedAt;
  private volatile long handshakeUntil;
  private DataChannel channel;
  private boolean aborted;

  DataConnection(LoggedIn owner, DataEndpoint endpoint) {
    this.owner = owner;
    this.endpoint = endpoint;
  }

  /** Opens it, protected if that was agreed on; blocks. */
  DataChannel open() throws IOException {
    FtpServices services = owner.session().services();
    PlainDataChannel socket =
        early != null
            ? early
            : opened(endpoint.connect(owner.session().peer(), services.dataPatience()));
    DataChannel open =
        owner.session().security().isDataProtected() ? protect(socket) : unrivalled(socket);
    if (services.passivePorts().areScarce()) {
      endpoint.close();
    }
    return open;
  }

  private PlainDataChannel opened(SocketChannel connection) throws IOException {
    PlainDataChannel socket = new PlainDataChannel(connection);
    synchronized (this) {
      channel = socket;
      if (aborted) {
        socket.abort();
        throw new ClosedChannelException();
      }
    }
    return socket;
  }

  /** Whether it is there already; waits for nothing. */
  boolean hasCome() {
    try {
      Optional<SocketChannel> connection = endpoint.connected(owner.session().peer());
      if (connection.isPresent()) {
        early = opened(connection.get());
      }
      return connection.isPresent();
    } catch (IOException e) {
      LOG.log(Level.FINE, "A data connection could not be taken at once", e);
      return false;
    }
  }

  /**
   * The end of the file is the end of the connection, which looks the same when the client has
   * died. Its control connection ends then too, at the same moment, or its ABOR is on the way.
   */
  private boolean isClientStillThere() throws IOException {
    if (owner.session().news() != ControlConnection.News.NONE) {
      return false;
    }
    LockSupport.parkNanos(
        (owner.session().peer().isLoopbackAddress() ? NEWS_FROM_HERE : NEWS_FROM_AFAR).toNanos());
    controlLookedAt = owner.session().news() == ControlConnection.News.NONE;
    return controlLookedAt;
  }

  /**
   * Whether all that the client sends, and the end of it, has come within a moment, and the client
   * is still there.
   */
  boolean hasEndedAtOnce() {
    try {
      return early.readFirst(MOST_AT_ONCE, MOMENT) && isClientStillThere();
    } catch (IOException e) {
      LOG.log(Level.FINE, "A data connection broke at once", e);
      return false;
    }
  }

  /** Whether it is known that the client has neither gone nor spoken since the data ended. */
  boolean isControlLookedAt() {
    return controlLookedAt;
  }

  /** In the clear nothing tells the client from whoever else came from its address. */
  private DataChannel unrivalled(PlainDataChannel socket) throws IOException {
    try {
      if (!endpoint.cameAnother(owner.session().peer())) {
        return socket;
      }
    } catch (IOException e) {
      socket.abort();
      throw e;
    }
    socket.abort();
    owner.dataConnectionSuspected("SECOND_DATA_CONNECTION");
    throw new NoDataConnectionException(
        "Two data connections came from your address, of which one is somebody else's; neither"
            + " was served.");
  }

  /**
   * Whoever does not shake hands in time, or is not who holds the control connection, is cut off.
   */
  private DataChannel protect(PlainDataChannel socket) throws IOException {
    SessionSecurity security = owner.session().security();
    TlsConnection tls = security.dataConnection(socket.socket());
    handshakeUntil = System.nanoTime() + owner.session().services().dataPatience().toNanos();
    try {
      tls.handshake();
    } catch (IOException e) {
      LOG.log(Level.FINE, "A data connection has not shaken hands", e);
      socket.abort();
      if (!isAborted()) {
        owner.dataConnectionSuspected("TLS_HANDSHAKE_FAILED");
      }
      throw new NoDataConnectionException("The TLS handshake of the data connection failed.");
    } finally {
      handshakeUntil = 0;
    }
    TlsDataChannel data = new TlsDataChannel(tls, socket);
    EffectivePolicy.Said<TlsDataSession> reuse = security.sessionReuse(owner.policy());
    if (reuse.value() != TlsDataSession.OFF && !security.isResumed(tls)) {
      owner.tlsSessionNotResumed();
      if (reuse.value() == TlsDataSession.REQUIRE) {
        socket.abort();
        throw new NoDataConnectionException(
            522,
            "The data connection must resume the TLS session of the control connection (says "
                + reuse.source()
                + ").");
      }
    }
    return data;
  }

  private synchronized boolean isAborted() {
    return aborted;
  }

  /** Gives it up, from any thread, also while it is being opened. */
  synchronized void abort() {
    aborted = true;
    if (channel != null) {
      channel.abort();
    } else {
      endpoint.close();
    }
  }

  /** Lets the peer see that it was cut off, if it is open. */
  synchronized void breakOff() {
    if (channel != null) {
      channel.abort();
    }
  }

  /** Called now and then. */
  void watch() {
    long until = handshakeUntil;
    if (until != 0 && System.nanoTime() - until > 0) {
      breakOff();
    }
  }
}
