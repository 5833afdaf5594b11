/**
 * FTP on the wire (RFC 959, 2389, 2428, 3659): command lines, replies, addresses of data
 * connections, listings and ASCII text, as values.
 *
 * <p>Does not belong here: sockets, clocks, files, accounts, and what a command does.
 */
package org.slipway.ftp.wire;
