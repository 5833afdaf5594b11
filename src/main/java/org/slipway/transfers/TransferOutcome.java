package org.slipway.transfers;

/** How a transfer ended. */
public enum TransferOutcome {
  COMPLETE,
  /** The peer gave up or vanished. */
  ABORTED,
  /** Our policy said no. */
  REFUSED,
  /** Our fault. */
  FAILED
}
