package org.slipway.bootp;

import java.util.concurrent.atomic.LongAdder;

/** What the BOOTP listener has done since it was made. */
public final class BootpCounters {
  final LongAdder received = new LongAdder();
  final LongAdder replies = new LongAdder();
  final LongAdder repeated = new LongAdder();
  final LongAdder unanswered = new LongAdder();
  final LongAdder waited = new LongAdder();
  final LongAdder faults = new LongAdder();

  /** Datagrams of any kind. */
  public long received() {
    return received.sum();
  }

  /** Replies sent, the repeated ones too. */
  public long replies() {
    return replies.sum();
  }

  /** Replies sent again byte for byte. */
  public long repeated() {
    return repeated.sum();
  }

  /** Datagrams that got no answer; each has its recorded reason. */
  public long unanswered() {
    return unanswered.sum();
  }

  /** Requests that waited for a delivery to settle. */
  public long waited() {
    return waited.sum();
  }

  /** Datagrams lost by a fault of ours; the log has the details. */
  public long faults() {
    return faults.sum();
  }
}
