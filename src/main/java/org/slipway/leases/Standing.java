package org.slipway.leases;

/** How an address stands to a client, before it is given to it. */
public enum Standing {
  /** Entered for it, and nobody else uses it. */
  RESERVED_FOR_IT,
  /** It has it, or has been offered it. */
  HELD,
  /** It had it last, and it is free. */
  REMEMBERED,
  /** In a pool, and free. */
  FREE,
  /** Leased or offered to another client, or kept for another device. */
  TAKEN,
  /** A client has found it in use by somebody whom we do not know. */
  QUARANTINED,
  /** It has it, but no pool has it any more: it is to ask for another one. */
  RETIRED,
  /** Neither in a pool nor entered for the client: not ours to give. */
  FOREIGN;

  /** Whether the client may be given it. */
  public boolean isGrantable() {
    return this == RESERVED_FOR_IT || this == HELD || this == REMEMBERED || this == FREE;
  }
}
