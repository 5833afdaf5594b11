package org.slipway.startup;

import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.Shutdown;
import jakarta.enterprise.event.Startup;
import jakarta.inject.Inject;
import jakarta.inject.Provider;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.slipway.accounts.AccountSessions;
import org.slipway.accounts.FirstAdministrator;
import org.slipway.accounts.InstanceId;
import org.slipway.accounts.QuotaLedger;
import org.slipway.accounts.TrafficLedger;
import org.slipway.audit.AuditRetention;
import org.slipway.database.Changes;
import org.slipway.database.Database;
import org.slipway.database.GroupCommit;
import org.slipway.https.HttpsPort;
import org.slipway.listeners.ListenerSupervisor;
import org.slipway.listeners.ListenerThreads;
import org.slipway.live.LiveConnections;
import org.slipway.provisioning.DisabledDevices;
import org.slipway.provisioning.RunBook;
import org.slipway.provisioning.UnknownDevices;
import org.slipway.settings.BadSettingException;
import org.slipway.settings.Settings;
import org.slipway.settings.StoredSettings;
import org.slipway.signin.SignInWatch;
import org.slipway.storage.FileAreas;
import org.slipway.transfers.TransferRetention;

/** The portal as a whole: up in this order, down in the reverse. */
@Singleton
public class Portal {
  private static final Logger LOG = Logger.getLogger(Portal.class.getName());

  /** With this system property a portal that cannot start ends the process with status 78. */
  private static final String EXIT_ON_FAILURE = "slipway.exit-on-failure";

  /** {@code EX_CONFIG} of sysexits.h. */
  private static final int BAD_CONFIGURATION = 78;

  /** Short enough that a portal that is restarted every day comes to it. */
  private static final Duration RETENTION_PAUSE = Duration.ofMinutes(10);

  private final Settings settings;
  private final ListenerThreads threads;
  private final Parts parts;
  private Future<?> writing;
  private volatile boolean ready;

  /** Whether the last heartbeat could be written. */
  private volatile boolean writable = true;

  /** What can only be made when the settings are known to be good. */
  @Singleton
  public record Parts(
      Provider<Database> database,
      Provider<StoredSettings> storedSettings,
      Provider<GroupCommit> writer,
      Provider<Changes> changes,
      Provider<QuotaLedger> ledger,
      Provider<TrafficLedger> traffic,
      Provider<FileAreas> areas,
      Provider<FirstAdministrator> firstAdministrator,
      Provider<AccountSessions> sessions,
      Provider<InstanceId> instance,
      Provider<SignInWatch> signIn,
      Provider<LiveConnections> live,
      Provider<RunBook> runs,
      Provider<DisabledDevices> disabledDevices,
      Provider<UnknownDevices> unknown,
      Provider<AuditRetention> auditRetention,
      Provider<TransferRetention> transferRetention,
      Provider<PostOffice> post,
      Provider<ListenerSupervisor> listeners,
      Provider<HttpsPort> https) {
    @Inject
    public Parts {}
  }

  @Inject
  public Portal(Settings settings, ListenerThreads threads, Parts parts) {
    this.settings = settings;
    this.threads = threads;
    this.parts = parts;
  }

  /** Whether it has started and the database answers and can be written. */
  public boolean isReady() {
    try {
      return ready
          && writable
          && parts.https().get().isSettled()
          && !parts.database().get().product().isEmpty();
    } catch (java.sql.SQLException | RuntimeException e) {
      LOG.log(Level.WARNING, "The database does not answer", e);
      return false;
    }
  }

  private void beat() {
    try {
      parts.instance().get().heartbeat();
      if (!writable) {
        LOG.info("The database can be written again");
      }
      writable = true;
    } catch (RuntimeException e) {
      if (writable) {
        LOG.log(Level.SEVERE, "The database cannot be written; is its disk full?", e);
      }
      writable = false;
    }
  }

  void start(@Observes Startup event) {
    try {
      DataDirectory.prepare(settings);
      LOG.info("Database: " + parts.database().get().product());
      parts.storedSettings().get().load();
      writing = threads.loop("writer", parts.writer().get()::run);
      parts.areas().get().reconcileUnsettled();
      Optional<String> setupToken = parts.firstAdministrator().get().prepare();
      parts.runs().get();
      parts.disabledDevices().get();
      parts.instance().get().heartbeat();
      HttpsPort https = parts.https().get();
      keepGoing();
      parts.listeners().get().startEnabled();
      ready = true;
      threads.session("welcome", () -> new Welcome(settings, https).announce(setupToken));
    } catch (BadSettingException e) {
      fail(e.getMessage(), e);
    } catch (java.sql.SQLException | RuntimeException e) {
      LOG.log(Level.SEVERE, "The portal cannot start", e);
      fail("The portal cannot start; the log has the details", e);
    }
  }

  void stop(@Observes Shutdown event) {
    if (!ready) {
      return;
    }
    ready = false;
    parts.https().get().stop();
    parts.listeners().get().stopAll();
    parts.ledger().get().flush();
    parts.traffic().get().flush();
    parts.runs().get().sweep();
    parts.unknown().get().flush();
    parts.signIn().get().flush();
    parts.writer().get().stop();
    try {
      writing.get(10, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException e) {
      LOG.log(Level.SEVERE, "Not everything could be written before the end", e);
    }
    parts.database().get().close();
  }

  private void keepGoing() {
    threads.every("changes", Duration.ofMillis(500), parts.changes().get()::poll);
    threads.every(
        "quota",
        Duration.ofSeconds(1),
        () -> {
          parts.ledger().get().flush();
          parts.traffic().get().flush();
        });
    threads.every(
        "second",
        Duration.ofSeconds(1),
        () -> {
          beat();
          parts.sessions().get().reviewAll();
          parts.signIn().get().everySecond();
          parts.live().get().everySecond();
          parts.runs().get().sweep();
        });
    threads.every("mail", Duration.ofSeconds(1), parts.post().get()::work);
    threads.every("trash", Duration.ofMinutes(10), parts.areas().get()::emptyTrash);
    threads.every("unknown-devices", Duration.ofSeconds(3), parts.unknown().get()::flush);
    threads.every(
        "retention",
        RETENTION_PAUSE,
        () -> {
          parts.auditRetention().get().trim();
          parts.transferRetention().get().trim();
        });
  }

  private static void fail(String why, Exception cause) {
    if (Boolean.getBoolean(EXIT_ON_FAILURE)) {
      // Past the log, which might not be written any more, and once.
      System.err.println("Slipway does not start. " + why);
      Runtime.getRuntime().halt(BAD_CONFIGURATION);
    }
    LOG.severe("Slipway does not start. " + why);
    throw new IllegalStateException("Slipway does not start. " + why, cause);
  }
}
