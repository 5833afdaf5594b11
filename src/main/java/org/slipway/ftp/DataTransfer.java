package org.slipway.ftp;

import java.io.EOFException;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;
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
final class DataTransfer implements Ongoing, Runnable {
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
  private volatile long progressed = System.nanoTime();
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
    owner.ended(reply);
    over.countDown();
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
    DataChannel open = owner.session().security().isDataProtected() ? protect(socket) : socket;
    return meter.<DataChannel>map(m -> new MeteredDataChannel(open, m)).orElse(open);
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

  @Override
  public void watch() {
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
