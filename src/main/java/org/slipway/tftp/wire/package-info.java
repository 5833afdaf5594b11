/**
 * TFTP packets as values, and their form on the wire (RFC 1350, options of RFC 2347). For server
 * and client alike.
 *
 * <p>Does not belong here: sockets, clocks, files, and any decision about what a packet is answered
 * with.
 */
package org.slipway.tftp.wire;
