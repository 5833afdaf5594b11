package org.slipway.provisioning;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

/** A run that is open, in memory. All but {@code lastSeen} is guarded by the run's own monitor. */
final class OpenRun {
  private static final int REMEMBERED_XIDS = 4;

  /** A device that was switched off at the wrong moment does so once, or twice. */
  private static final int UNACKNOWLEDGED_FETCHES = 3;

  final UUID id;
  final HardwareAddress mac;
  final Manifest manifest;
  final Instant started;
  private volatile Instant lastSeen;
  private volatile boolean seenSinceFlush;

  /** By which the device asked last; not kept over a restart, after which it asks again. */
  private volatile BootProtocol protocol = BootProtocol.BOOTP;

  private int delivered;
  private boolean offered;
  private int fetching;
  private int unacknowledged;
  private final Deque<Integer> xids = new ArrayDeque<>();
  private CompletableFuture<Void> settling;

  /** Whether the delivery of the present step is being written. */
  private boolean writing;

  private boolean ended;

  OpenRun(UUID id, HardwareAddress mac, Manifest manifest, Instant started, Instant lastSeen) {
    this.id = id;
    this.mac = mac;
    this.manifest = manifest;
    this.started = started;
    this.lastSeen = lastSeen;
  }

  static OpenRun restored(Run run, Manifest manifest, Instant lastSeen) {
    OpenRun open = new OpenRun(run.id(), run.hardwareAddress(), manifest, run.started(), lastSeen);
    open.delivered = run.deliveredSteps();
    return open;
  }

  Instant lastSeen() {
    return lastSeen;
  }

  void seen(Instant at) {
    lastSeen = at;
    seenSinceFlush = true;
  }

  void asked(Instant at, BootProtocol by) {
    protocol = by;
    seen(at);
  }

  String protocol() {
    return protocol.name();
  }

  /** Whether it was seen since the last call. */
  boolean takeSeen() {
    boolean seen = seenSinceFlush;
    seenSinceFlush = false;
    return seen;
  }

  synchronized int delivered() {
    return delivered;
  }

  synchronized boolean isComplete() {
    return delivered >= manifest.steps().size();
  }

  synchronized boolean isEnded() {
    return ended;
  }

  synchronized void end() {
    ended = true;
    settle();
  }

  /** The future of a delivery that is about to be known; null if none is. */
  synchronized CompletableFuture<Void> settling() {
    return settling;
  }

  /** A delivery of this step is about to be known. */
  synchronized void beginSettling(int step) {
    if (step == delivered && settling == null && !ended) {
      settling = new CompletableFuture<>();
    }
  }

  /** The delivery of this step is being written: it is about to be known. */
  synchronized void beginWriting(int step) {
    beginSettling(step);
    writing |= step == delivered;
  }

  /**
   * A fetch of this step has come to nothing. What another fetch has proven, and what comes of a
   * later step, is about to be known all the same.
   */
  synchronized void settleFetch(int step) {
    if (step == delivered && !writing) {
      settle();
    }
  }

  /** It is known now, or will not be. */
  synchronized void settle() {
    writing = false;
    CompletableFuture<Void> waiting = settling;
    settling = null;
    if (waiting != null) {
      waiting.completeAsync(() -> null);
    }
  }

  /** The step is durably delivered; false if the run has gone on or ended meanwhile. */
  synchronized boolean advance(int step) {
    if (ended || step != delivered) {
      return false;
    }
    delivered++;
    offered = false;
    fetching = 0;
    unacknowledged = 0;
    settle();
    return true;
  }

  synchronized void fetchBegins(int step) {
    if (step == delivered) {
      fetching++;
    }
  }

  synchronized void fetchEnds(int step) {
    if (step == delivered && fetching > 0) {
      fetching--;
    }
  }

  /**
   * This step was sent whole, and its last block was not acknowledged.
   *
   * @return whether that is so often the case that the device will never do it
   */
  synchronized boolean unacknowledged(int step) {
    if (step == delivered) {
      unacknowledged++;
    }
    return step == delivered && unacknowledged >= UNACKNOWLEDGED_FETCHES;
  }

  synchronized void offered() {
    offered = true;
  }

  /**
   * Remembers a transaction id.
   *
   * @return whether a request with it takes the next step under {@code advance: REQUEST}: it is
   *     new, the present step was offered before, and nobody is fetching that
   */
  synchronized boolean takesNext(int xid) {
    if (xids.contains(xid)) {
      return false;
    }
    xids.addLast(xid);
    if (xids.size() > REMEMBERED_XIDS) {
      xids.removeFirst();
    }
    return offered && fetching == 0;
  }
}
