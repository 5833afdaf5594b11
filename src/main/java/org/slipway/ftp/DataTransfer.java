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

  /** Moves data, and can stop at any place and go on from there. */
  interface Movement {
    /**
     * Goes on as long as the pace stays what it is, or to the end.
     *
     * @param paced whether the bandwidth is limited: {@link DataTransfer#isPaced}
     * @return whether it is at its end
     */
    boolean goOn(boolean paced) throws Exception;
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
    meter.ifPresent(TrafficLedger.Meter::endWaiting);
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

  /** Whether the account's bandwidth is limited now. */
  boolean isPaced() {
    return meter.filter(TrafficLedger.Meter::isPaced).isPresent();
  }

  /** How many of so many bytes to move at a time. */
  int piece(int want) {
    return meter.map(m -> (int) m.piece(want)).orElse(want);
  }

  /**
   * Moves data to its end: on a platform thread at full speed, but on this one while the bandwidth
   * is limited. There it waits more than it works, and would keep others from the platform threads.
   */
  void move(Movement movement) throws Exception {
    boolean done = false;
    while (!done) {
      done = isPaced() ? movement.goOn(true) : bulk(() -> movement.goOn(false));
    }
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

  /** Called now and then. */
  void watch() {
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
