package org.slipway.ftp;

import java.time.Clock;
import java.time.Duration;
import org.slipway.accounts.AccountSessions;
import org.slipway.accounts.Authorization;
import org.slipway.accounts.TrafficLedger;
import org.slipway.audit.AuditTrail;
import org.slipway.certificates.ServerTls;
import org.slipway.listeners.ListenerThreads;
import org.slipway.settings.Settings;
import org.slipway.signin.Login;
import org.slipway.storage.FileAreas;
import org.slipway.transfers.Transfers;

/**
 * What every session of the listener uses.
 *
 * @param dataPatience how long a data connection may take to come
 * @param loginPatience how long somebody may be connected without a login
 */
record FtpServices(
    Settings settings,
    ListenerThreads threads,
    Login login,
    AccountSessions sessions,
    Authorization authorization,
    FileAreas files,
    Transfers transfers,
    TrafficLedger traffic,
    AuditTrail audit,
    Clock clock,
    PassivePorts passivePorts,
    Duration dataPatience,
    ServerTls tls,
    Duration loginPatience) {}
