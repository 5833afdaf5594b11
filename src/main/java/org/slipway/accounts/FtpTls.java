package org.slipway.accounts;

/**
 * Whether an account may log in over FTP without TLS. TLS comes before the name, so that it cannot
 * be kept from one account: there is no "off".
 */
public enum FtpTls {
  OPTIONAL,
  REQUIRED
}
