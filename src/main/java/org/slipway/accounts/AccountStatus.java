package org.slipway.accounts;

/** Only an active account can do anything, anywhere. */
public enum AccountStatus {
  PENDING,
  ACTIVE,
  SUSPENDED,
  REJECTED
}
