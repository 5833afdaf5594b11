/**
 * The key and the certificate by which the portal shows who it is: made on the first start, kept in
 * the data directory, replaced while the portal runs.
 *
 * <p>Does not belong here: the port at which they are shown. No private key leaves this package but
 * as an opaque key manager.
 */
package org.slipway.certificates;
