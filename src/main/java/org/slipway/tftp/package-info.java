/**
 * The TFTP server (RFC 1350, 1123, 2347, 2348, 2349, 7440): one loop serves all transfers, each a
 * state machine of its own.
 *
 * <p>Does not belong here: what a device may fetch and what follows from a delivery ({@link
 * org.slipway.provisioning.BootContent}), and the form of packets ({@link org.slipway.tftp.wire}).
 */
package org.slipway.tftp;
