package org.slipway.accounts;

/** What becomes of an upload whose name exists already. */
public enum OnConflict {
  OVERWRITE,
  REJECT,
  /** {@code name.new}, then {@code name.new.2}, ... */
  RENAME
}
