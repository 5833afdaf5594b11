package org.slipway.provisioning;

/** Why a request is not answered; the names are the contract's. */
public enum SilenceReason {
  UNKNOWN_DEVICE,
  DISABLED,
  NO_MANIFEST,
  SEQUENCE_COMPLETE,
  FILE_MISSING,
  NO_ADDRESS,
  ADDRESS_MISMATCH,
  MALFORMED,
  OTHER_SERVER,
  SHORT_PACKET,
  DHCP_MESSAGE,
  LOOP,
  SERVER_ADDRESS_UNKNOWN,
  NOT_YET_READY,
  NETWORK_UNKNOWN,
  POOL_EXHAUSTED,
  ADDRESS_IN_USE,
  NO_LEASE,
  LEASE_NOT_WRITTEN,
  NOT_PXE
}
