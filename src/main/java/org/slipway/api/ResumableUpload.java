package org.slipway.api;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;
import org.slipway.accounts.AccountSessions;
import org.slipway.accounts.Channel;
import org.slipway.accounts.LiveSession;
import org.slipway.accounts.OnConflict;
import org.slipway.accounts.Refusal;
import org.slipway.accounts.Refusal.Kind;
import org.slipway.accounts.RefusedException;
import org.slipway.accounts.TrafficLedger;
import org.slipway.accounts.UnguessableId;
import org.slipway.api.model.StoredFileDocument;
import org.slipway.storage.Upload;
import org.slipway.storage.VirtualPath;
import org.slipway.transfers.ActiveTransfer;
import org.slipway.transfers.TransferDescription;
import org.slipway.transfers.TransferDescription.Direction;
import org.slipway.transfers.TransferOutcome;
import org.slipway.transfers.Transfers;

/**
 * One file that comes in pieces, each by a request of its own; what has come stays when a
 * connection breaks. One request at a time may add to it: a newer one takes over from one that
 * hangs. It is published with its last byte.
 */
final class ResumableUpload implements LiveSession {
  private static final int CHUNK = 128 << 10;

  private final String id = UnguessableId.next();
  private final Caller caller;
  private final Target target;
  private final AccountSessions sessions;
  private final ActiveTransfer transfer;
  private final Clock clock;
  private final MessageDigest digest = FileUpload.sha256();
  private final ReentrantLock lock = new ReentrantLock();
  private int turn;
  private volatile TrafficLedger.Meter traffic;
  private volatile Refusal ended;
  private volatile StoredFileDocument stored;
  private volatile Instant touched;

  /**
   * What will be stored.
   *
   * @param wish what shall become of a file of this name
   * @param size of the whole file
   */
  record Target(VirtualPath path, Optional<OnConflict> wish, long size, Upload upload) {}

  ResumableUpload(
      Caller caller, Target target, AccountSessions sessions, Transfers transfers, Clock clock) {
    this.caller = caller;
    this.target = target;
    this.sessions = sessions;
    this.clock = clock;
    this.touched = clock.instant();
    this.transfer =
        transfers.start(
            new TransferDescription(
                "HTTP",
                Direction.UP,
                Optional.of(caller.account().username()),
                Optional.empty(),
                address(),
                target.path().toString(),
                Optional.of(target.size())),
            () -> end(Refusal.of(Kind.CLOSED, "An operator ended the transfer")));
  }

  void countWith(TrafficLedger.Meter meter) {
    traffic = meter;
  }

  String id() {
    return id;
  }

  VirtualPath path() {
    return target.path();
  }

  Optional<OnConflict> wish() {
    return target.wish();
  }

  long size() {
    return target.size();
  }

  Instant touched() {
    return touched;
  }

  boolean isFinished() {
    return stored != null;
  }

  /** Whether the rest of it may still come. */
  boolean isOpen() {
    return ended == null && stored == null;
  }

  /** The file, once it has come whole. */
  Optional<StoredFileDocument> stored() {
    return Optional.ofNullable(stored);
  }

  boolean isPartOf(LiveSession session) {
    return caller.session().filter(s -> s == session).isPresent();
  }

  void requireNotEnded() {
    lock.lock();
    try {
      if (ended != null) {
        throw ended.asException();
      }
    } finally {
      lock.unlock();
    }
  }

  /** How many bytes are here; a request that still adds to it may do so no more. */
  long offset() {
    lock.lock();
    try {
      turn++;
      touched = clock.instant();
      return length();
    } finally {
      lock.unlock();
    }
  }

  /** How many bytes are here at this moment. */
  long length() {
    return isFinished() ? target.size() : target.upload().size();
  }

  /**
   * Adds what a request brings.
   *
   * @param offset where it begins, which must be where the upload is now
   * @return whether the file is whole now
   * @throws IOException if the request breaks off; what has come of it stays
   */
  boolean append(long offset, InputStream in) throws IOException {
    int mine = begin(offset);
    byte[] chunk = new byte[CHUNK];
    int n;
    while ((n = in.read(chunk, 0, (int) traffic.piece(chunk.length))) >= 0) {
      add(mine, chunk, n);
      pay(n);
    }
    return finish(mine);
  }

  private int begin(long offset) {
    lock.lock();
    try {
      requireNotEnded();
      if (isFinished() || offset != target.upload().size()) {
        throw new RefusedException(
            Kind.CONFLICT, "The upload is at byte %d, not at %d".formatted(length(), offset));
      }
      return ++turn;
    } finally {
      lock.unlock();
    }
  }

  private void add(int mine, byte[] bytes, int n) {
    lock.lock();
    try {
      requireTurn(mine);
      if (target.upload().size() + n > target.size()) {
        throw new RefusedException(Kind.CONFLICT, "More bytes came than were announced");
      }
      orCancelled(() -> {
        if (traffic.grant(n) < n) {
          throw traffic.over();
        }
        target.upload().write(ByteBuffer.wrap(bytes, 0, n));
        traffic.moved(n);
      });
      digest.update(bytes, 0, n);
      transfer.progressed(n);
      touched = clock.instant();
    } finally {
      lock.unlock();
    }
  }

  /** Without the lock: what waits for the bandwidth of the account can be ended. */
  private void pay(int bytes) {
    if (!traffic.pay(bytes)) {
      requireNotEnded();
      throw new RefusedException(Kind.CLOSED, "The portal stops");
    }
  }

  private void requireTurn(int mine) {
    requireNotEnded();
    if (mine != turn || isFinished()) {
      throw new RefusedException(Kind.CLOSED, "Another request has taken over this upload");
    }
  }

  private boolean finish(int mine) {
    lock.lock();
    try {
      requireTurn(mine);
      if (target.upload().size() < target.size()) {
        return false;
      }
      orCancelled(this::publish);
      return true;
    } finally {
      lock.unlock();
    }
  }

  private void publish() {
    Upload.Published published = target.upload().publish();
    String sha256 = HexFormat.of().formatHex(digest.digest());
    stored = new StoredFileDocument(published.path().relative(), published.size(), sha256);
    transfer.lengthVerified(true);
    transfer.complete(sha256);
    close();
  }

  /** What the storage refuses once, such as a full disk, it refuses for good. */
  private void orCancelled(Runnable work) {
    try {
      work.run();
    } catch (RefusedException e) {
      cancel(TransferOutcome.REFUSED, e.refusal());
      throw e;
    }
  }

  /** Drops it unless it is finished. */
  void cancel(TransferOutcome outcome, String reason) {
    lock.lock();
    try {
      if (ended == null && !isFinished()) {
        ended = Refusal.of(Kind.NO_SUCH_THING, "This upload is not open any more");
      }
      transfer.end(outcome, reason);
      close();
    } finally {
      lock.unlock();
    }
  }

  private void cancel(TransferOutcome outcome, Refusal why) {
    if (ended == null) {
      ended = why;
    }
    transfer.end(outcome, why.kind().name());
    close();
  }

  private void close() {
    if (traffic != null) {
      traffic.close();
      traffic.endWaiting();
    }
    target.upload().close();
    sessions.closed(this);
  }

  @Override
  public UUID accountId() {
    return caller.account().id();
  }

  @Override
  public Channel channel() {
    return caller.channel();
  }

  @Override
  public String address() {
    return caller.address().getHostAddress();
  }

  /** It waits more than it works; the account's number of uploads is bounded by itself. */
  @Override
  public boolean isCounted() {
    return false;
  }

  /** Takes effect at once, also while a request is adding or waits for more. */
  @Override
  public void end(Refusal why) {
    lock.lock();
    try {
      if (!isFinished()) {
        cancel(TransferOutcome.REFUSED, why);
      }
    } finally {
      lock.unlock();
    }
  }
}
