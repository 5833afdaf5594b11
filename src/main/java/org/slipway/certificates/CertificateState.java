package org.slipway.certificates;

/** How good a certificate is to those who meet it. */
public enum CertificateState {
  /** Signed by somebody else, and in force. */
  VALID,
  /** Signed by its own key: a browser warns until somebody trusts it. */
  SELF_SIGNED,
  /** Ends within the month. */
  EXPIRES_SOON,
  EXPIRED
}
