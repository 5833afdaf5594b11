package org.slipway.ftp;

import java.io.EOFException;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.slipway.accounts.RefusedException;
import org.slipway.accounts.TrafficLedger;
import org.slipway.ftp.wire.Reply;
import org.slipway.transfers.ActiveTransfer;
import org.slipway.transfers.TransferOutcome;

/**
 * One data connection at work, beside its control connection, so that ABOR and STAT are heard. It
 * ends in exactly one reply.
 */
final class DataTransfer implements Ongoing, Runnable {
  private static final Logger LOG = Logger.getLogger(DataTransfer.class.getName());

  private final LoggedIn owner;
  private final DataConnection connection;
  private final DataJob job;
  private final CountDownLatch over = new CountDownLatch(1);
  private Optional<ActiveTransfer> record = Optional.empty();
  private Optional<TrafficLedger.Meter> meter = Optional.empty();
  private String aborted;
  private boolean sealed;
  private volatile long progressed = System.nanoTime();
  private Optional<Reply> preliminary = Optional.empty();

  DataTransfer(LoggedIn owner, DataEndpoint endpoint, DataJob job) {
    this.owner = owner;
    this.connection = new DataConnection(owner, endpoint);
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

  /** Whatever fails, the client gets a reply, and its next command does not wait for ever. */
  @Override
  public void run() {
    try {
      owner.ended(preliminary, moveAndClose());
    } finally {
      over.countDown();
    }
  }

  private Reply moveAndClose() {
    try (job) {
      return moveAll();
    } catch (RuntimeException | Error e) {
      LOG.log(Level.SEVERE, "A transfer could not be closed", e);
      connection.breakOff();
      return fault();
    } finally {
      meter.ifPresent(TrafficLedger.Meter::close);
    }
  }

  /** Sends this reply together with the last one. */
  void precedeBy(Reply first) {
    preliminary = Optional.of(first);
  }

  /** Drops a transfer that never began. */
  void discard() {
    try {
      job.close();
    } finally {
      meter.ifPresent(TrafficLedger.Meter::close);
      record.ifPresent(r -> r.end(TransferOutcome.ABORTED, "the session ended"));
      over.countDown();
    }
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
      connection.abort();
    }
    meter.ifPresent(TrafficLedger.Meter::endWaiting);
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

  /** Does the blocking part on a platform thread. */
  <T> T bulk(Callable<T> work) throws Exception {
    try {
      return owner.session().services().threads().bulk(work).get();
    } catch (ExecutionException e) {
      throw e.getCause() instanceof Exception cause ? cause : e;
    }
  }

  private Reply moveAll() {
    try (DataChannel data = owner.parameters().inMode(connect())) {
      Reply reply = job.run(this, data);
      seal();
      data.close();
      record.ifPresent(ActiveTransfer::complete);
      return reply;
    } catch (Exception e) {
      connection.breakOff();
      return failed(e);
    }
  }

  private Reply failed(Exception failure) {
    return switch (failure) {
      case NoDataConnectionException e ->
          aborted("no data connection", new Reply(e.code(), e.getMessage()));
      case RefusedException e ->
          ended(TransferOutcome.REFUSED, e.refusal().kind().name(), RefusalReplies.of(e.refusal()));
      case TruncatedUploadException e ->
          aborted(why("shorter than announced by ALLO"), new Reply(426, e.getMessage()));
      case EOFException e ->
          ended(
              TransferOutcome.FAILED,
              "the file became shorter meanwhile",
              new Reply(451, "The file has changed meanwhile; transfer aborted."));
      case IOException e ->
          aborted(
              why("the data connection broke"),
              new Reply(426, "Connection closed; transfer aborted."));
      case RejectedExecutionException e -> noThread(e);
      case InterruptedException e ->
          aborted("the server stops", new Reply(426, "The server is stopping."));
      default -> {
        LOG.log(Level.SEVERE, "A transfer failed", failure);
        yield fault();
      }
    };
  }

  private Reply noThread(RejectedExecutionException e) {
    LOG.log(Level.WARNING, "A transfer found no thread", e);
    return ended(
        TransferOutcome.REFUSED, "too many transfers", new Reply(451, "The server is too busy."));
  }

  private Reply aborted(String reason, Reply reply) {
    return ended(TransferOutcome.ABORTED, reason, reply);
  }

  private DataChannel connect() throws IOException {
    DataChannel open = connection.open();
    return meter.<DataChannel>map(m -> new MeteredDataChannel(open, m)).orElse(open);
  }

  /**
   * Whether it can be done on the spot: it sends little, and its data connection is there. Nobody
   * could break it off, nor ask for its state.
   */
  boolean isShortDownload() {
    return job.isShortDownload() && isSimple() && connection.hasCome();
  }

  /** The same of an upload that was wholly there a moment after it began. */
  boolean isShortUpload() {
    return job.mayBeShortUpload()
        && isSimple()
        && connection.hasCome()
        && connection.hasEndedAtOnce();
  }

  /** In the clear and as it is. */
  private boolean isSimple() {
    return !owner.session().isProtected()
        && !isPaced()
        && owner.parameters().mode() == TransferParameters.Mode.STREAM;
  }

  /** Whether it is known that the client has neither gone nor spoken since the data ended. */
  boolean isControlLookedAt() {
    return connection.isControlLookedAt();
  }

  @Override
  public void watch() {
    if (meter.filter(TrafficLedger.Meter::isWaiting).isPresent()) {
      progressed = System.nanoTime();
      owner.session().touch();
    }
    connection.watch();
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
}
