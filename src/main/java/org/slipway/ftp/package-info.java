/**
 * The FTP server (RFC 959, 1123, 2389, 2428, 2577, 2640, 3659, 7151): listener, sessions, the table
 * of commands ({@link org.slipway.ftp.FtpVerb}) and data transfers; and the self-check, which says
 * what stands in the way of clients.
 *
 * <p>Does not belong here: how bytes look on the wire ({@link org.slipway.ftp.wire}), who may do
 * what ({@link org.slipway.accounts}), and how files are kept ({@link org.slipway.storage}).
 */
package org.slipway.ftp;
