package org.slipway.api;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slipway.accounts.AccountSessions;
import org.slipway.accounts.Bandwidth;
import org.slipway.accounts.LiveSession;
import org.slipway.accounts.Refusal;
import org.slipway.accounts.Refusal.Kind;
import org.slipway.accounts.RefusedException;
import org.slipway.accounts.TrafficLedger;
import org.slipway.listeners.ListenerThreads;
import org.slipway.transfers.TransferOutcome;
import org.slipway.transfers.Transfers;

/**
 * Uploads that come in pieces and wait for the next one. Their number is bounded, their bytes are
 * reserved in the quota as long as they wait, and they go after an hour of silence, with the
 * browser session that began them, or when their account loses its right.
 */
@Singleton
public final class OpenUploads {
  static final int MOST_OF_ONE = 32;
  static final int MOST = 2000;
  static final Duration KEPT = Duration.ofHours(1);
  private static final Duration ENDED_KEPT = Duration.ofMinutes(5);

  private final AccountSessions sessions;
  private final Transfers transfers;
  private final TrafficLedger traffic;
  private final ListenerThreads threads;
  private final Clock clock;
  private final Map<String, ResumableUpload> uploads = new ConcurrentHashMap<>();
  private final AtomicBoolean sweeping = new AtomicBoolean();

  @Inject
  public OpenUploads(
      AccountSessions sessions,
      Transfers transfers,
      TrafficLedger traffic,
      ListenerThreads threads,
      Clock clock) {
    this.sessions = sessions;
    this.transfers = transfers;
    this.traffic = traffic;
    this.threads = threads;
    this.clock = clock;
    sessions.onClosed(this::sessionClosed);
  }

  /**
   * Keeps an upload that has begun.
   *
   * @throws RefusedException {@code TOO_MANY_SESSIONS}; the upload is closed then
   */
  synchronized ResumableUpload add(Caller caller, ResumableUpload.Target target) {
    if (sweeping.compareAndSet(false, true)) {
      threads.every("uploads", Duration.ofMinutes(1), this::sweep);
    }
    long own = of(caller.account().id()).stream().filter(ResumableUpload::isOpen).count();
    List<ResumableUpload> ended = uploads.values().stream().filter(u -> !u.isOpen()).toList();
    if (own >= MOST_OF_ONE || uploads.size() - ended.size() >= MOST) {
      target.upload().close();
      throw new RefusedException(
          Kind.TOO_MANY_SESSIONS, "Too many uploads wait for their rest; finish or cancel some");
    }
    if (ended.size() >= MOST) {
      ended.stream()
          .min(Comparator.comparing(ResumableUpload::touched))
          .ifPresent(oldest -> drop(oldest, "many others have ended since"));
    }
    ResumableUpload upload = new ResumableUpload(caller, target, sessions, transfers, clock);
    uploads.put(upload.id(), upload);
    try {
      sessions.open(caller.account(), upload);
      upload.countWith(
          traffic.open(caller.account().id(), Bandwidth.Direction.UP, Optional.of(target.size())));
    } catch (RuntimeException e) {
      upload.cancel(TransferOutcome.REFUSED, HttpTransfers.reason(e));
      uploads.remove(upload.id());
      throw e;
    }
    return upload;
  }

  /**
   * @throws RefusedException {@code NO_SUCH_THING} for an id that is unknown or another's
   */
  ResumableUpload get(Caller caller, String id) {
    ResumableUpload upload = uploads.get(id);
    if (upload == null || !upload.accountId().equals(caller.account().id())) {
      throw new RefusedException(Kind.NO_SUCH_THING, "This upload is not open any more");
    }
    upload.requireNotEnded();
    return upload;
  }

  List<ResumableUpload> of(UUID accountId) {
    return uploads.values().stream().filter(u -> u.accountId().equals(accountId)).toList();
  }

  /** Drops an upload of which nothing will be kept. */
  void cancel(ResumableUpload upload) {
    drop(upload, "the sender has given up");
  }

  private void sessionClosed(LiveSession session) {
    uploads.values().stream()
        .filter(u -> u.isPartOf(session))
        .forEach(u -> u.end(Refusal.of(Kind.NOT_LOGGED_IN, "The browser was signed out")));
  }

  /** Drops what nobody goes on with. */
  void sweep() {
    for (ResumableUpload upload : uploads.values()) {
      Duration silence = Duration.between(upload.touched(), clock.instant());
      if (silence.compareTo(upload.isOpen() ? KEPT : ENDED_KEPT) > 0) {
        drop(upload, "the rest did not come in time");
      }
    }
  }

  private void drop(ResumableUpload upload, String reason) {
    upload.cancel(TransferOutcome.ABORTED, reason);
    uploads.remove(upload.id());
  }
}
