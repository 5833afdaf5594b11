package org.slipway.ftp;

import java.io.EOFException;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.slipway.accounts.EffectivePolicy;
import org.slipway.accounts.RefusedException;
import org.slipway.accounts.TrafficLedger;
import org.slipway.ftp.wire.Reply;
import org.slipway.settings.FtpSettings.TlsDataSession;
import org.slipway.transfers.ActiveTransfer;
import org.slipway.transfers.TransferOutcome;

/**
 * One data connection at work, beside its control connection, so that ABOR and STAT are heard. It
 * ends in exactly one reply.
 */
final class DataTransfer implements Ongoing, Runnable {
  private static final Logger LOG = Logger.getLogger(DataTransfer.class.getName());

  /** An upload of so many bytes may be done on the spot, and a client has so long for it. */
  private static final int MOST_AT_ONCE = 16 * 1024;

  private static final Duration MOMENT = Duration.ofMillis(20);

  /** How much later the end of a control connection may come than that of its data connection. */
  private static final Duration NEWS_FROM_HERE = Duration.ofMillis(1);

  private static final Duration NEWS_FROM_AFAR = Duration.ofMillis(5);

  private final LoggedIn owner;
  private final DataEndpoint endpoint;
  private final DataJob job;
  private final CountDownLatch over = new CountDownLatch(1);
  private Optional<ActiveTransfer> record = Optional.empty();
  private Optional<TrafficLedger.Meter> meter = Optional.empty();
  private DataChannel channel;
  private String aborted;
  private boolean sealed;
  private volatile long handshakeUntil;
  private volatile long progressed = System.nanoTime();
  private Runnable withdraw = () -> {};
  private PlainDataChannel early;
  private boolean controlLookedAt;
  private Optional<Reply> preliminary = Optional.empty();

  DataTransfer(LoggedIn owner, DataEndpoint endpoint, DataJob job) {
    this.owner = owner;
    this.endpoint = endpoint;
    this.job = job;
  }

  /** Shows it among the running transfers and in the history. */
  void recordAs(ActiveTransfer active) {
    record = Optional.of(active);
  }

  /** Lets it move no more than its account may. */
  void countWith(TrafficLedger.Meter traffic) {
    meter = Optional.of(traffic);
  }

  @Override
  public Optional<String> progress() {
    return record.map(r -> r.description().path() + ": " + r.bytes() + " bytes moved");
  }

  @Override
  public void run() {
    Reply reply;
    try (job) {
      reply = moveAll();
    } catch (RuntimeException e) {
      LOG.log(Level.SEVERE, "A transfer could not be closed", e);
      reply = fault();
    } finally {
      meter.ifPresent(TrafficLedger.Meter::close);
    }
    owner.ended(preliminary, reply);
    over.countDown();
  }

  /** Sends this reply together with the last one. */
  void precedeBy(Reply first) {
    preliminary = Optional.of(first);
  }

  /** Drops a transfer that never began. */
  void discard() {
    job.close();
    meter.ifPresent(TrafficLedger.Meter::close);
    record.ifPresent(r -> r.end(TransferOutcome.ABORTED, "the session ended"));
    over.countDown();
  }

  @Override
  public void await() throws InterruptedException {
    over.await();
  }

  @Override
  public void abort(String why) {
    synchronized (this) {
      if (sealed || aborted != null) {
        return;
      }
      aborted = why;
      if (channel != null) {
        channel.abort();
      } else {
        endpoint.close();
      }
    }
    meter.ifPresent(TrafficLedger.Meter::endWaiting);
    withdraw.run();
  }

  /** What has begun comes to its end before the client is gone (RFC 959 section 4.1.1). */
  @Override
  public void quit() {
    // The reply to QUIT waits.
  }

  @Override
  public void endIfStalled(Duration patience) {
    if (System.nanoTime() - progressed > patience.toNanos()) {
      abort("no data moved for too long");
    }
  }

  void moved(long bytes) {
    owner.session().touch();
    progressed = System.nanoTime();
    record.ifPresent(r -> r.progressed(bytes));
  }

  /** Whether the length of an upload, all of which has come, is proven. */
  void lengthVerified(boolean proven) {
    record.ifPresent(r -> r.lengthVerified(proven));
  }

  /** So that an ABOR, or the end of the control connection, that has come is heard. */
  void lookAtControl(Duration most) {
    owner.session().lookAtControl(most);
  }

  /**
   * From here on it can no longer be aborted.
   *
   * @throws ClosedChannelException if it was aborted before
   */
  synchronized void seal() throws ClosedChannelException {
    if (aborted != null) {
      throw new ClosedChannelException();
    }
    sealed = true;
  }

  /** Whether the account's bandwidth is limited now. */
  boolean isPaced() {
    return meter.filter(TrafficLedger.Meter::isPaced).isPresent();
  }

  /**
   * Does the blocking part on a platform thread; while that waits for its turn it can be aborted.
   */
  <T> T bulk(Callable<T> work) throws Exception {
    AtomicBoolean claimed = new AtomicBoolean();
    Future<T> future =
        owner
            .session()
            .services()
            .threads()
            .bulk(() -> {
              if (claimed.getAndSet(true)) {
                throw new ClosedChannelException();
              }
              return work.call();
            });
    synchronized (this) {
      withdraw =
          () -> {
            if (!claimed.getAndSet(true)) {
              future.cancel(false);
            }
          };
    }
    if (isAborted()) {
      withdraw.run();
    }
    try {
      T result = future.get();
      if (result == null && isAborted()) {
        throw new ClosedChannelException();
      }
      return result;
    } catch (ExecutionException e) {
      throw e.getCause() instanceof Exception cause ? cause : e;
    } catch (java.util.concurrent.CancellationException e) {
      throw new ClosedChannelException();
    }
  }

  private synchronized boolean isAborted() {
    return aborted != null;
  }

  private Reply moveAll() {
    try (DataChannel data = owner.parameters().inMode(connect())) {
      Reply reply = job.run(this, data);
      seal();
      data.close();
      record.ifPresent(ActiveTransfer::complete);
      return reply;
    } catch (NoDataConnectionException e) {
      return ended(
          TransferOutcome.ABORTED, "no data connection", new Reply(e.code(), e.getMessage()));
    } catch (RefusedException e) {
      breakOff();
      return ended(
          TransferOutcome.REFUSED, e.refusal().kind().name(), RefusalReplies.of(e.refusal()));
    } catch (TruncatedUploadException e) {
      breakOff();
      return ended(
          TransferOutcome.ABORTED,
          why("shorter than announced by ALLO"),
          new Reply(426, e.getMessage()));
    } catch (EOFException e) {
      breakOff();
      return ended(
          TransferOutcome.FAILED,
          "the file became shorter meanwhile",
          new Reply(451, "The file has changed meanwhile; transfer aborted."));
    } catch (IOException e) {
      breakOff();
      return ended(
          TransferOutcome.ABORTED,
          why("the data connection broke"),
          new Reply(426, "Connection closed; transfer aborted."));
    } catch (RejectedExecutionException e) {
      LOG.log(Level.WARNING, "A transfer found no thread", e);
      breakOff();
      return ended(
          TransferOutcome.REFUSED, "too many transfers", new Reply(451, "The server is too busy."));
    } catch (InterruptedException e) {
      breakOff();
      return ended(
          TransferOutcome.ABORTED, "the server stops", new Reply(426, "The server is stopping."));
    } catch (Exception e) {
      LOG.log(Level.SEVERE, "A transfer failed", e);
      breakOff();
      return fault();
    }
  }

  private DataChannel connect() throws IOException {
    FtpServices services = owner.session().services();
    PlainDataChannel socket =
        early != null
            ? early
            : opened(endpoint.connect(owner.session().peer(), services.dataPatience()));
    if (services.passivePorts().areScarce()) {
      endpoint.close();
    }
    DataChannel open =
        owner.session().security().isDataProtected() ? protect(socket) : unrivalled(socket);
    return meter.<DataChannel>map(m -> new MeteredDataChannel(open, m)).orElse(open);
  }

  private PlainDataChannel opened(SocketChannel connection) throws IOException {
    PlainDataChannel socket = new PlainDataChannel(connection);
    synchronized (this) {
      channel = socket;
      if (aborted != null) {
        socket.abort();
        throw new ClosedChannelException();
      }
    }
    return socket;
  }

  /**
   * Whether it can be done on the spot: it sends little, and its data connection is there. Nobody
   * could break it off, nor ask for its state.
   */
  boolean isShortDownload() {
    return job.isShortDownload() && isSimple() && isConnected();
  }

  /** The same of an upload that was wholly there a moment after it began. */
  boolean isShortUpload() {
    try {
      return job.mayBeShortUpload()
          && isSimple()
          && isConnected()
          && early.readFirst(MOST_AT_ONCE, MOMENT)
          && isClientStillThere();
    } catch (IOException e) {
      LOG.log(Level.FINE, "A data connection broke at once", e);
      return false;
    }
  }

  /** In the clear and as it is. */
  private boolean isSimple() {
    return !owner.session().isProtected()
        && !isPaced()
        && owner.parameters().mode() == TransferParameters.Mode.STREAM;
  }

  private boolean isConnected() {
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

  @Override
  public void watch() {
    if (meter.filter(TrafficLedger.Meter::isWaiting).isPresent()) {
      owner.session().touch();
    }
    long until = handshakeUntil;
    if (until != 0 && System.nanoTime() - until > 0) {
      breakOff();
    }
  }

  private Reply fault() {
    return ended(TransferOutcome.FAILED, "a fault of the server", FtpSession.LOCAL_ERROR);
  }

  private Reply ended(TransferOutcome outcome, String reason, Reply reply) {
    record.ifPresent(r -> r.end(outcome, reason));
    return reply;
  }

  private synchronized String why(String otherwise) {
    return aborted == null ? otherwise : aborted;
  }

  private synchronized void breakOff() {
    if (channel != null) {
      channel.abort();
    }
  }
}
