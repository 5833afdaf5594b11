package org.slipway.leases;

/** The database has another holder for the address: another portal on it has given it away. */
final class LeaseTakenException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient Lease holder;

  LeaseTakenException(Lease holder) {
    super(holder.address().getHostAddress() + " is leased to " + holder.client().identity().text());
    this.holder = holder;
  }

  Lease holder() {
    return holder;
  }
}
