/**
 * Devices, manifests and runs: which file a device is offered next, and why. The boot sequence is
 * decided here and nowhere else; BOOTP asks {@link org.slipway.provisioning.BootAssignments}, TFTP
 * asks {@link org.slipway.provisioning.BootContent}.
 *
 * <p>Does not belong here: packets, sockets, and the fields of any protocol.
 */
package org.slipway.provisioning;
