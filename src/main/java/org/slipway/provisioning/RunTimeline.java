package org.slipway.provisioning;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jdbi.v3.core.Jdbi;

/** What happened to a device: its runs, newest first, each with its events. */
@Singleton
public final class RunTimeline {
  private static final int RUNS = 20;

  private final Jdbi jdbi;
  private final RunEvents events;
  private final Manifests manifests;

  @Inject
  public RunTimeline(Jdbi jdbi, RunEvents events, Manifests manifests) {
    this.jdbi = jdbi;
    this.events = events;
    this.manifests = manifests;
  }

  /** How far a run is or got. */
  public enum State {
    RUNNING,
    COMPLETE,
    ABANDONED
  }

  /** A run and what happened in it. */
  public record Entry(Run run, State state, int steps, List<RunEvent> events) {}

  public List<Entry> of(HardwareAddress mac) {
    writeGathered();
    return jdbi.withHandle(h -> RunRows.latest(h, mac, RUNS)).stream().map(this::entry).toList();
  }

  /** What happened to the device outside of any run: why it was left without an answer. */
  public List<RunEvent> outsideOfRuns(HardwareAddress mac) {
    writeGathered();
    return events.outsideOfRuns(mac, 50);
  }

  private Entry entry(Run run) {
    int steps =
        manifests
            .version(run.manifest(), run.version())
            .map(m -> m.steps().size())
            .orElse(run.deliveredSteps());
    State state =
        run.deliveredSteps() >= steps
            ? State.COMPLETE
            : run.ended().isPresent() ? State.ABANDONED : State.RUNNING;
    return new Entry(run, state, steps, events.of(run.id()));
  }

  private void writeGathered() {
    try {
      events.flush().get(2, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException e) {
      // what was gathered is shown as soon as it is written; the writer logs its own faults
    }
  }
}
