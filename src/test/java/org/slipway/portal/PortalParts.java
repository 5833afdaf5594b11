package org.slipway.portal;

import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jdbi.v3.core.Jdbi;
import org.slipway.accounts.Account;
import org.slipway.accounts.AccountDirectory;
import org.slipway.accounts.AccountEdit;
import org.slipway.accounts.AccountSessions;
import org.slipway.accounts.AccountStatus;
import org.slipway.accounts.Accounts;
import org.slipway.accounts.Authorization;
import org.slipway.accounts.FirstAdministrator;
import org.slipway.accounts.InstanceId;
import org.slipway.accounts.Login;
import org.slipway.accounts.QuotaLedger;
import org.slipway.accounts.Registrations;
import org.slipway.accounts.Role;
import org.slipway.audit.AuditTrail;
import org.slipway.audit.Who;
import org.slipway.database.Changes;
import org.slipway.database.Database;
import org.slipway.database.GroupCommit;
import org.slipway.leases.Networks;
import org.slipway.listeners.ListenerThreads;
import org.slipway.provisioning.BootRules;
import org.slipway.provisioning.BootSequence;
import org.slipway.provisioning.DeviceExplanation;
import org.slipway.provisioning.Devices;
import org.slipway.provisioning.Manifests;
import org.slipway.provisioning.RunBook;
import org.slipway.provisioning.RunEvents;
import org.slipway.provisioning.RunTimeline;
import org.slipway.provisioning.ServedBootContent;
import org.slipway.provisioning.UnknownDevices;
import org.slipway.settings.Settings;
import org.slipway.storage.FileAreas;
import org.slipway.transfers.TransferLog;
import org.slipway.transfers.Transfers;

/**
 * The real parts of the portal on a database and folders of their own, wired without a container.
 * {@link #close} ends it as an orderly stop would, {@link #crash} as kill -9 would.
 */
public final class PortalParts implements AutoCloseable {
  public final Settings settings;
  public final Clock clock;
  public final Database database;
  public final Jdbi jdbi;
  public final GroupCommit writer;
  public final Changes changes;
  public final AuditTrail audit;
  public final AccountDirectory directory;
  public final Accounts accounts;
  public final Registrations registrations;
  public final FirstAdministrator firstAdministrator;
  public final Login login;
  public final Authorization authorization;
  public final AccountSessions sessions;
  public final InstanceId instance;
  public final QuotaLedger ledger;
  public final FileAreas areas;
  public final Transfers transfers;
  public final TransferLog transferLog;
  public final Networks networks;
  public final Devices devices;
  public final Manifests manifests;
  public final RunEvents events;
  public final RunBook runs;
  public final UnknownDevices unknown;
  public final BootRules rules;
  public final BootSequence sequence;
  public final ServedBootContent content;
  public final DeviceExplanation explanation;
  public final RunTimeline timeline;
  public final ListenerThreads threads;
  private final ExecutorService executor = Executors.newCachedThreadPool();
  private final Future<?> writing;

  private PortalParts(Path folder, Clock clock, Map<String, String> values) {
    this.clock = clock;
    this.settings =
        new Settings(
            name -> name.equals("slipway.data.dir") ? folder.toString() : values.get(name),
            name -> null);
    try {
      java.nio.file.Files.createDirectories(folder);
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
    settings.readFile();
    database = new Database(settings);
    jdbi = database.jdbi();
    writer = new GroupCommit(database);
    writing = executor.submit(writer::run);
    changes = new Changes(jdbi);
    audit = new AuditTrail(jdbi, writer, clock);
    directory = new AccountDirectory(jdbi, changes);
    accounts = new Accounts(changes, directory, audit);
    registrations = new Registrations(settings, accounts, directory, clock);
    firstAdministrator = new FirstAdministrator(settings, accounts, directory, clock);
    login = new Login(directory, accounts, audit, clock);
    authorization = new Authorization(directory, clock);
    sessions = new AccountSessions(directory, clock);
    instance = new InstanceId(settings, jdbi, clock);
    ledger = new QuotaLedger(jdbi, directory, instance);
    areas = new FileAreas(settings, ledger, accounts, directory, clock);
    areas.reconcileUnsettled();
    transferLog = new TransferLog(jdbi, writer);
    transfers = new Transfers(transferLog, clock);
    networks = new Networks(jdbi, changes, audit);
    devices = new Devices(jdbi, changes, audit);
    manifests = new Manifests(jdbi, changes, audit, directory, areas, clock);
    events = new RunEvents(jdbi, writer, clock);
    runs =
        new RunBook(
            settings, jdbi, writer, events, audit, clock, transfers, directory, devices, manifests,
            instance);
    instance.heartbeat();
    unknown = new UnknownDevices(jdbi, writer, clock, devices);
    rules = new BootRules(devices, manifests, runs, areas, clock);
    sequence = new BootSequence(rules, runs, events, unknown, networks, clock);
    content = new ServedBootContent(settings, devices, runs, events, areas, clock);
    explanation = new DeviceExplanation(rules, networks);
    timeline = new RunTimeline(jdbi, events, manifests);
    threads = new Threads(executor);
  }

  public static PortalParts open(Path folder) {
    return open(folder, Clock.systemUTC(), Map.of());
  }

  public static PortalParts open(Path folder, Clock clock, Map<String, String> settings) {
    return new PortalParts(folder, clock, settings);
  }

  /** An active user with a quota in bytes; empty is unlimited. */
  public Account user(String username, String password, Optional<Long> quotaBytes) {
    return accounts.create(
        AccountEdit.fresh(username, password, clock.instant())
            .status(AccountStatus.ACTIVE, Optional.empty())
            .quota(quotaBytes, Optional.of(10_000L))
            .roles(Set.of(Role.USER))
            .account(),
        Who.SYSTEM);
  }

  /** Waits until everything that was handed to the writer is in the database. */
  public void settle() {
    writer.submit(h -> {}).join();
  }

  @Override
  public void close() {
    ledger.flush();
    ledger.flush();
    runs.sweep();
    unknown.flush();
    crash();
  }

  /** Ends without writing what a stop would write. */
  public void crash() {
    writer.stop();
    try {
      writing.get();
    } catch (InterruptedException | java.util.concurrent.ExecutionException e) {
      throw new IllegalStateException(e);
    } finally {
      executor.shutdownNow();
      database.close();
    }
  }

  public static InetAddress address(String text) {
    return InetAddress.ofLiteral(text);
  }

  private record Threads(ExecutorService executor) implements ListenerThreads {
    @Override
    public Future<?> loop(String name, Runnable loop) {
      return executor.submit(loop);
    }

    @Override
    public Future<?> session(String name, Runnable session) {
      var task = new java.util.concurrent.FutureTask<Void>(session, null);
      Thread.ofVirtual().name(name).start(task);
      return task;
    }

    @Override
    public <T> Future<T> bulk(Callable<T> transfer) {
      return executor.submit(transfer);
    }

    @Override
    public Future<?> every(String name, Duration pause, Runnable task) {
      return executor.submit(() -> {
        while (!Thread.currentThread().isInterrupted()) {
          java.util.concurrent.locks.LockSupport.parkNanos(pause.toNanos());
          task.run();
        }
      });
    }
  }
}
