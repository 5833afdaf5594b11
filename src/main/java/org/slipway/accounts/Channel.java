package org.slipway.accounts;

/** By which way somebody comes. */
public enum Channel {
  WEB,
  API,
  FTP,
  TFTP,
  BOOTP,
  SYSTEM
}
