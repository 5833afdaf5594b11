package org.slipway.ftp;

import java.io.EOFException;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.logging.Level;
import java.util.logging.Logger;
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
final class DataTransfer implements Runnable {
  private static final Logger LOG = Logger.getLogger(DataTransfer.class.getName());

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
  private Runnable withdraw = () -> {};

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

  Optional<ActiveTransfer> record() {
    return record;
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
    owner.transferEnded(reply);
    over.countDown();
  }

  /** Drops a transfer that never began. */
  void discard() {
    job.close();
    meter.ifPresent(TrafficLedger.Meter::close);
    record.ifPresent(r -> r.end(TransferOutcome.ABORTED, "the session ended"));
    over.countDown();
  }

  /** Waits until the last reply of this transfer was sent. */
  void await() throws InterruptedException {
    over.await();
  }

  /**
   * Breaks it off, unless it is as good as done.
   *
   * @param why for the history
   */
  void abort(String why) {
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
    withdraw.run();
  }

  void moved(long bytes) {
    owner.session().touch();
    record.ifPresent(r -> r.progressed(bytes));
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
            .bulk(() -> claimed.getAndSet(true) ? null : work.call());
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
      return future.get();
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
    PlainDataChannel socket =
        new PlainDataChannel(
            endpoint.connect(owner.session().peer(), owner.session().services().dataPatience()));
    synchronized (this) {
      channel = socket;
      if (aborted != null) {
        socket.abort();
        throw new ClosedChannelException();
      }
    }
    DataChannel open =
        owner.session().security().isDataProtected() ? protect(socket) : unrivalled(socket);
    return meter.<DataChannel>map(m -> new MeteredDataChannel(open, m)).orElse(open);
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
    if (security.sessionReuse() != TlsDataSession.OFF && !security.isResumed(tls)) {
      owner.tlsSessionNotResumed();
      if (security.sessionReuse() == TlsDataSession.REQUIRE) {
        socket.abort();
        throw new NoDataConnectionException(
            522,
            "The data connection must resume the TLS session of the control connection"
                + " (slipway.ftp.tls.data-session).");
      }
    }
    return data;
  }

  /** Called now and then. */
  void watch() {
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
