/**
 * The encrypted port of the console and the REST API: opens it with the portal's certificate, and
 * says how it is. The container serves it; one class here knows which container that is.
 *
 * <p>Does not belong here: the certificate, and what is served.
 */
package org.slipway.https;
