package org.slipway.client;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;

/**
 * Everything that a session at an FTP server is opened with, so that it can be opened again.
 *
 * @param host as the user named the server; a certificate must name it too
 * @param local the address that both connections leave from; empty for any
 * @param tls empty for a session in the clear
 * @param patience how long the server may be silent
 */
record FtpLogin(
    InetSocketAddress server,
    String host,
    Optional<InetAddress> local,
    Optional<FtpTls> tls,
    Credentials credentials,
    Duration patience) {}
