/**
 * The command-line client: what stands at the other end of the wire. It walks a device's boot
 * sequence as the device would, by the same packets, so that a sequence can be tried without the
 * device, or with many that there are not; and it moves files by TFTP and FTP, looks for servers,
 * and applies for an account.
 *
 * <p>Does not belong here: anything of the server. The client knows the wire formats and what the
 * REST API publishes, nothing else.
 */
package org.slipway.client;
