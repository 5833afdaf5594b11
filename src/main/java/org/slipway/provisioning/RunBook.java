package org.slipway.provisioning;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jdbi.v3.core.Jdbi;
import org.slipway.accounts.AccountDirectory;
import org.slipway.accounts.InstanceId;
import org.slipway.audit.AuditAction;
import org.slipway.audit.AuditTrail;
import org.slipway.audit.Who;
import org.slipway.database.GroupCommit;
import org.slipway.settings.PortalSettings;
import org.slipway.settings.Settings;
import org.slipway.transfers.ActiveTransfer;
import org.slipway.transfers.TransferDescription;
import org.slipway.transfers.TransferRecord;
import org.slipway.transfers.Transfers;

/**
 * The open run of each device: when it begins, when it goes on, when it is over. What a later offer
 * depends on is durable before that offer.
 */
@Singleton
public final class RunBook {
  private static final Logger LOG = Logger.getLogger(RunBook.class.getName());

  private final Settings settings;
  private final GroupCommit writer;
  private final RunEvents events;
  private final AuditTrail audit;
  private final Clock clock;
  private final Transfers transfers;
  private final AccountDirectory accounts;
  private final Devices devices;
  private final Map<HardwareAddress, OpenRun> open = new ConcurrentHashMap<>();

  @Inject
  public RunBook(
      Settings settings,
      Jdbi jdbi,
      GroupCommit writer,
      RunEvents events,
      AuditTrail audit,
      Clock clock,
      Transfers transfers,
      AccountDirectory accounts,
      Devices devices,
      Manifests manifests,
      InstanceId instance) {
    this.settings = settings;
    this.writer = writer;
    this.events = events;
    this.audit = audit;
    this.clock = clock;
    this.transfers = transfers;
    this.accounts = accounts;
    this.devices = devices;
    restore(jdbi, manifests, instance.text());
    devices.onChanged(this::devicesChanged);
    transfers.onEnded(this::transferEnded);
  }

  /** Where an open run is. */
  public record Progress(
      HardwareAddress hardwareAddress,
      UUID run,
      String manifest,
      int version,
      int delivered,
      int steps,
      Instant started,
      Instant lastSeen) {

    /** Whether every step is delivered; the run stays open until the device is silent for long. */
    public boolean isComplete() {
      return delivered >= steps;
    }
  }

  public List<Progress> openRuns() {
    return open.values().stream()
        .map(r ->
            new Progress(
                r.mac,
                r.id,
                r.manifest.name(),
                r.manifest.version(),
                r.delivered(),
                r.manifest.steps().size(),
                r.started,
                r.lastSeen()))
        .toList();
  }

  /** Ends the run of a device, so that its next request begins a new one at the first step. */
  public void rearm(HardwareAddress mac, Who who) {
    OpenRun run = open.get(mac);
    if (run != null) {
      end(run, "REARMED");
    }
    audit.done(who, AuditAction.DEVICE_REARMED, mac.text(), null, null);
  }

  /** The open run, if it is not over by silence at this moment. */
  Optional<OpenRun> current(HardwareAddress mac) {
    return Optional.ofNullable(open.get(mac)).filter(r -> !isOverBySilence(r));
  }

  /**
   * Begins a run; ends one that was over. It is over at once if the device was given another
   * manifest, or was deleted, after it was looked at: whoever did that found no run to end.
   *
   * @param protocol by which the device asked
   */
  OpenRun begin(Device device, Manifest manifest, BootProtocol protocol) {
    OpenRun old = open.get(device.hardwareAddress());
    if (old != null) {
      end(old, "SILENCE");
    }
    Instant now = clock.instant();
    OpenRun run = new OpenRun(UUID.randomUUID(), device.hardwareAddress(), manifest, now, now);
    Run row =
        new Run(
            run.id,
            run.mac,
            manifest.name(),
            manifest.version(),
            0,
            now,
            now,
            Optional.empty(),
            Optional.empty());
    writer.submit(h -> RunRows.insert(h, row));
    open.put(run.mac, run);
    run.asked(now, protocol);
    events.record(run, protocol.name(), "RUN_STARTED", null, 0, null);
    endUnlessWanted(run, devices.find(run.mac));
    return run;
  }

  /**
   * Writes that a step is delivered; only when that is durable does the run go on.
   *
   * @param protocol that proves it
   * @return completes when the run has gone on, or it is certain that it does not
   */
  CompletableFuture<Void> deliver(OpenRun run, int step, String protocol, long bytes) {
    Instant now = clock.instant();
    run.seen(now);
    run.beginWriting(step);
    return writer
        .submit(h -> RunRows.delivered(h, run.id, step + 1, now))
        .handle((done, fault) -> {
          if (fault != null) {
            LOG.log(Level.SEVERE, "A delivered step could not be written; it is offered again");
            run.settle();
          } else if (run.advance(step)) {
            String path = run.manifest.steps().get(step).path();
            events.record(now, run, protocol, "STEP_DELIVERED", path, bytes, null);
            if (run.isComplete()) {
              Instant then = now.plusNanos(1_000);
              events.record(then, run, protocol, "SEQUENCE_COMPLETE", null, 0, null);
            }
          }
          return null;
        });
  }

  /**
   * Ends what is over by silence, keeps what a transfer keeps alive, and writes when each was seen.
   */
  public void sweep() {
    transfers.active().forEach(this::keepAlive);
    for (OpenRun run : open.values()) {
      if (isOverBySilence(run)) {
        end(run, "SILENCE");
      } else if (run.takeSeen()) {
        Instant at = run.lastSeen();
        writer.offer(h -> RunRows.seen(h, run.id, at));
      }
    }
    events.flush();
  }

  private boolean isOverBySilence(OpenRun run) {
    Duration limit = settings.get(PortalSettings.BOOTP_REARM_AFTER);
    return run.manifest.rearm() == Manifest.Rearm.SILENCE
        && Duration.between(run.lastSeen(), clock.instant()).compareTo(limit) >= 0;
  }

  private void end(OpenRun run, String reason) {
    if (!open.remove(run.mac, run)) {
      return;
    }
    run.end();
    Instant now = clock.instant();
    writer.submit(h -> RunRows.end(h, run.id, now, reason));
    events.record(run, run.protocol(), "RUN_ENDED", null, 0, reason);
  }

  private void devicesChanged(Map<HardwareAddress, Device> rows, Set<HardwareAddress> changed) {
    for (HardwareAddress mac : changed) {
      OpenRun run = open.get(mac);
      if (run != null) {
        endUnlessWanted(run, Optional.ofNullable(rows.get(mac)));
      }
    }
  }

  private void endUnlessWanted(OpenRun run, Optional<Device> device) {
    if (device.isEmpty()) {
      end(run, "DEVICE_DELETED");
    } else if (!device.get().manifest().equals(Optional.of(run.manifest.name()))) {
      end(run, "MANIFEST_CHANGED");
    }
  }

  /** The time the portal was down does not count as silence of a device. */
  private void restore(Jdbi jdbi, Manifests manifests, String instance) {
    Instant now = clock.instant();
    Instant alive = jdbi.withHandle(h -> RunRows.aliveAt(h, instance)).orElse(now);
    Collection<Run> rows = jdbi.withHandle(RunRows::open);
    for (Run row : rows) {
      Duration silent = Duration.between(row.lastSeen(), alive);
      Instant lastSeen = silent.isNegative() ? now : now.minus(silent);
      manifests
          .version(row.manifest(), row.version())
          .map(m -> OpenRun.restored(row, m, lastSeen))
          .map(run -> open.put(run.mac, run))
          .ifPresent(older -> writer.submit(h -> RunRows.end(h, older.id, now, "SUPERSEDED")));
    }
  }

  private void keepAlive(ActiveTransfer transfer) {
    runOf(transfer.description()).ifPresent(run -> run.seen(clock.instant()));
  }

  /** FTP by the manifest's account from the device's address belongs to the device's run. */
  private void transferEnded(TransferRecord record) {
    TransferDescription d = record.description();
    if (!d.protocol().equals("FTP")) {
      return;
    }
    Consumer<OpenRun> note =
        run -> {
          run.seen(clock.instant());
          events.record(
              run,
              "FTP",
              (d.direction() == TransferDescription.Direction.DOWN ? "GET_" : "PUT_")
                  + record.outcome(),
              d.path(),
              record.bytes(),
              record.reason().orElse(null));
        };
    runOf(d).ifPresent(note);
  }

  private Optional<OpenRun> runOf(TransferDescription d) {
    return devices
        .find(org.slipway.settings.SettingText.address(d.peer()))
        .map(Device::hardwareAddress)
        .map(open::get)
        .filter(run -> d.account().isEmpty() || isAccountOf(run, d.account().get()));
  }

  private boolean isAccountOf(OpenRun run, String username) {
    return run.manifest
        .account()
        .flatMap(accounts::byId)
        .filter(a -> a.username().equals(username))
        .isPresent();
  }
}
