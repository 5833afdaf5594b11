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
import org.slipway.database.Changes;
import org.slipway.database.Database;
import org.slipway.database.GroupCommit;
import org.slipway.https.HttpsPort;
import org.slipway.listeners.ListenerSupervisor;
import org.slipway.listeners.ListenerThreads;
import org.slipway.provisioning.RunBook;
import org.slipway.provisioning.UnknownDevices;
import org.slipway.settings.BadSettingException;
import org.slipway.settings.Settings;
import org.slipway.settings.StoredSettings;
import org.slipway.storage.FileAreas;

/** The portal as a whole: up in this order, down in the reverse. */
@Singleton
public class Portal {
  private static final Logger LOG = Logger.getLogger(Portal.class.getName());

  /** With this system property a portal that cannot start ends the process with status 78. */
  private static final String EXIT_ON_FAILURE = "slipway.exit-on-failure";

  /** {@code EX_CONFIG} of sysexits.h. */
  private static final int BAD_CONFIGURATION = 78;

  private final Settings settings;
  private final ListenerThreads threads;
  private final Parts parts;
  private Future<?> writing;
  private volatile boolean ready;

  /** What can only be made when the settings are known to be good. */
  @Singleton
  public record Parts(
      Provider<Database> database,
      Provider<StoredSettings> storedSettings,
      Provider<GroupCommit> writer,
      Provider<Changes> changes,
      Provider<QuotaLedger> ledger,
      Provider<FileAreas> areas,
      Provider<FirstAdministrator> firstAdministrator,
      Provider<AccountSessions> sessions,
      Provider<InstanceId> instance,
      Provider<RunBook> runs,
      Provider<UnknownDevices> unknown,
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

  /** Whether it has started and the database answers. */
  public boolean isReady() {
    try {
      return ready
          && parts.https().get().isSettled()
          && !parts.database().get().product().isEmpty();
    } catch (java.sql.SQLException | RuntimeException e) {
      LOG.log(Level.WARNING, "The database does not answer", e);
      return false;
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
      parts.instance().get().heartbeat();
      keepGoing();
      parts.listeners().get().startEnabled();
      ready = true;
      threads.session(
          "welcome", () -> new Welcome(settings, parts.https().get()).announce(setupToken));
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
    parts.runs().get().sweep();
    parts.unknown().get().flush();
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
    threads.every("quota", Duration.ofSeconds(1), parts.ledger().get()::flush);
    threads.every(
        "second",
        Duration.ofSeconds(1),
        () -> {
          parts.instance().get().heartbeat();
          parts.sessions().get().reviewAll();
          parts.runs().get().sweep();
        });
    threads.every("unknown-devices", Duration.ofSeconds(3), parts.unknown().get()::flush);
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
