/**
 * Lists of devices as files: what other servers keep ({@code bootptab}, {@code dhcp-host} of
 * dnsmasq) and comma-separated values, read and written. Readers are functions of the text; what
 * may be stored is decided by {@link org.slipway.provisioning.Devices}.
 *
 * <p>Does not belong here: pages, documents of the API, packets.
 */
package org.slipway.inventory;
