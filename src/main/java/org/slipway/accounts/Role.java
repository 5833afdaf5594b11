package org.slipway.accounts;

/** What an account is for; one may have several. */
public enum Role {
  /** Manages accounts, listeners, settings; may do all an operator may. */
  ADMIN,
  /** Brings devices up: devices, manifests, boot files, networks, live view, history. */
  OPERATOR,
  /** Has a home and files. */
  USER
}
