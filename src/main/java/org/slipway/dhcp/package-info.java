/**
 * DHCP (RFC 2131, RFC 2132, RFC 3046, RFC 3396, RFC 4578, RFC 6842): what is answered to messages
 * with option 53, as the server of a network's addresses or beside another one as a proxy for boot
 * files. It builds on BOOTP as its RFC does: the packet, the port and the socket are those of
 * {@code bootp}, which knows only {@link org.slipway.bootp.DhcpMessages} of it.
 *
 * <p>Rules are functions of values; {@link org.slipway.dhcp.DhcpServer} and {@link
 * org.slipway.dhcp.ProxyDhcp} put them together. Who has which address is decided in {@code
 * leases}, which boot step a device is offered in {@code provisioning}.
 */
package org.slipway.dhcp;
