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
import java.util.concurrent.Future;
import org.slipway.accounts.Account;
import org.slipway.accounts.AccountEdit;
import org.slipway.accounts.AccountStatus;
import org.slipway.accounts.Role;
import org.slipway.audit.Who;
import org.slipway.bootfiles.BootFiles;
import org.slipway.bootfiles.RemapRules;
import org.slipway.bootfiles.Templates;
import org.slipway.leases.Leases;
import org.slipway.leases.Networks;
import org.slipway.listeners.ListenerThreads;
import org.slipway.provisioning.BootNames;
import org.slipway.provisioning.BootRules;
import org.slipway.provisioning.BootSequence;
import org.slipway.provisioning.ClientArchitectures;
import org.slipway.provisioning.ClientRules;
import org.slipway.provisioning.DeviceExplanation;
import org.slipway.provisioning.Devices;
import org.slipway.provisioning.GrantedUploads;
import org.slipway.provisioning.Manifests;
import org.slipway.provisioning.NamePreview;
import org.slipway.provisioning.RunBook;
import org.slipway.provisioning.RunEvents;
import org.slipway.provisioning.RunReports;
import org.slipway.provisioning.RunTimeline;
import org.slipway.provisioning.ServedBootContent;
import org.slipway.provisioning.UnknownDevices;

/**
 * The real parts of the portal on a database and folders of their own, wired without a container.
 * {@link #close} ends it as an orderly stop would, {@link #crash} as kill -9 would.
 */
public final class PortalParts extends AccountParts implements AutoCloseable {
  public final Networks networks;
  public final Leases leases;
  public final Devices devices;
  public final Manifests manifests;
  public final RunEvents events;
  public final RunBook runs;
  public final UnknownDevices unknown;
  public final RemapRules remapRules;
  public final Templates templates;
  public final ClientArchitectures architectures = new ClientArchitectures();
  public final BootNames names;
  public final NamePreview preview;
  public final BootRules rules;
  public final BootSequence sequence;
  public final ServedBootContent content;
  public final GrantedUploads uploads;
  public final DeviceExplanation explanation;
  public final RunTimeline timeline;
  public final RunReports reports;
  public final ListenerThreads threads;

  private PortalParts(Path folder, Clock clock, Map<String, String> values) {
    super(folder, clock, values);
    networks = new Networks(jdbi, changes, audit);
    leases = new Leases(jdbi, writer, audit, networks, clock);
    devices = new Devices(jdbi, changes, audit, leases);
    manifests = new Manifests(jdbi, changes, audit, directory, areas, clock);
    events = new RunEvents(jdbi, writer, clock);
    runs =
        new RunBook(
            settings, jdbi, writer, events, audit, clock, transfers, directory, devices, manifests,
            instance);
    instance.heartbeat();
    unknown = new UnknownDevices(jdbi, writer, clock, devices);
    remapRules = new RemapRules(jdbi, changes, audit);
    templates = new Templates(jdbi, changes, audit, areas);
    names =
        new BootNames(
            settings,
            devices,
            networks,
            architectures,
            new BootFiles(settings, areas, remapRules, templates),
            areas,
            clock);
    rules = new BootRules(devices, manifests, runs, names, clock);
    sequence = new BootSequence(rules, runs, events, unknown, networks, clock);
    ClientRules clientRules = new ClientRules(devices, networks);
    content = new ServedBootContent(devices, runs, events, names, clientRules, clock);
    preview = new NamePreview(names, runs);
    uploads = new GrantedUploads(settings, devices, networks, clientRules, areas, audit);
    explanation = new DeviceExplanation(rules, devices, leases, networks);
    timeline = new RunTimeline(jdbi, events, manifests);
    reports = new RunReports(jdbi, events, devices, manifests);
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
    traffic.flush();
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
    public <T> Future<T> work(Callable<T> work) {
      return bulk(work);
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
