package org.slipway.accounts;

import java.io.Serial;

/** Carries a {@link Refusal} to the edge that answers; an expected outcome, so without a stack. */
public final class RefusedException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;

  private final transient Refusal refusal;

  public RefusedException(Refusal refusal) {
    super(refusal.kind() + ": " + refusal.detail(), null, false, false);
    this.refusal = refusal;
  }

  public RefusedException(Refusal.Kind kind, String detail) {
    this(Refusal.of(kind, detail));
  }

  public Refusal refusal() {
    return refusal;
  }
}
