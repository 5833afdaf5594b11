package org.slipway.provisioning;

/** By which protocol a device asks for its boot file; the timeline names it. */
public enum BootProtocol {
  /** RFC 951 and 1542. */
  BOOTP,
  /** RFC 2131, and with it PXE. */
  DHCP
}
