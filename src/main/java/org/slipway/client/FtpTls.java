package org.slipway.client;

/**
 * That a session is encrypted.
 *
 * @param implicit whether TLS comes before everything else, on a port of its own
 */
record FtpTls(boolean implicit, ServerTrust trust) {}
