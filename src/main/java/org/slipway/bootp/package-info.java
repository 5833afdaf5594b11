/**
 * The BOOTP listener (RFC 951, RFC 1542): hears requests, asks {@link
 * org.slipway.provisioning.BootAssignments} what to offer, builds the reply and sends it where its
 * device can hear it.
 *
 * <p>Does not belong here: which file a device is offered (provisioning), the layout of a packet
 * (wire), and DHCP: its messages are recognised and handed to {@link
 * org.slipway.bootp.DhcpMessages}.
 */
package org.slipway.bootp;
