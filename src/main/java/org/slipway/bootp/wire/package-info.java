/**
 * The BOOTP packet as a value, and its coding (RFC 951, RFC 1542, vendor area of RFC 1497, RFC 1533
 * and RFC 2132). Requests and replies both ways, for the server and for clients.
 *
 * <p>Does not belong here: sockets, clocks, loggers, and what is answered to whom.
 */
package org.slipway.bootp.wire;
