package org.slipway.provisioning;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;
import org.slipway.accounts.Refusal;
import org.slipway.accounts.RefusedException;

/**
 * What a device, or somebody in its place, says about its run when everything was fetched: that it
 * is provisioned, or what failed. It ends the timeline of the run, and changes nothing else.
 */
@Singleton
public class RunReports {
  /** Of one run: whoever may report must not fill the database. */
  static final int MOST = 20;

  private final Jdbi jdbi;
  private final RunEvents events;
  private final Devices devices;
  private final Manifests manifests;

  @Inject
  public RunReports(Jdbi jdbi, RunEvents events, Devices devices, Manifests manifests) {
    this.jdbi = jdbi;
    this.events = events;
    this.devices = devices;
    this.manifests = manifests;
  }

  /** How it went. */
  public enum Outcome {
    PROVISIONED,
    NOT_PROVISIONED
  }

  /** Whether an account is the one that the manifest of the device's latest run names. */
  public boolean isOf(HardwareAddress mac, UUID account) {
    return latest(mac)
        .flatMap(run -> manifests.version(run.manifest(), run.version()))
        .flatMap(Manifest::account)
        .filter(account::equals)
        .isPresent();
  }

  /**
   * Adds the outcome to the latest run of the device, open or over.
   *
   * @param text for a person, at most 300 characters
   * @throws RefusedException {@code NO_SUCH_THING} for an unknown device; {@code CONFLICT} if it
   *     has had no run, or said enough about it
   */
  public void report(HardwareAddress mac, Outcome outcome, Optional<String> text) {
    if (devices.find(mac).isEmpty()) {
      throw new RefusedException(Refusal.Kind.NO_SUCH_THING, "There is no device " + mac);
    }
    Run run =
        latest(mac)
            .orElseThrow(
                () -> new RefusedException(Refusal.Kind.CONFLICT, "The device has had no run yet"));
    if (reportsOf(run.id()) >= MOST) {
      throw new RefusedException(
          Refusal.Kind.CONFLICT, "This run was reported on " + MOST + " times already");
    }
    events.record(run.id(), mac, outcome.name(), text.orElse(null));
    events.flush().join();
  }

  private Optional<Run> latest(HardwareAddress mac) {
    // The beginning of a run is written with its first event.
    events.flush().join();
    return jdbi.withHandle(h -> RunRows.latest(h, mac, 1)).stream().findFirst();
  }

  private int reportsOf(UUID run) {
    return (int)
        events.of(run).stream()
            .filter(event -> event.kind().endsWith(Outcome.PROVISIONED.name()))
            .mapToLong(RunEvent::count)
            .sum();
  }
}
