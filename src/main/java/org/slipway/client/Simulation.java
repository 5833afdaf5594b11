package org.slipway.client;

import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/** Many devices at once, each in a thread of its own. */
final class Simulation {
  private final List<DeviceRun> runs;
  private final LongAdder received = new LongAdder();
  private final Duration ramp;
  private final Semaphore permits;
  private final CountDownLatch underWay;
  private volatile long startedAt;

  /**
   * @param parallel how many are on their way at once
   * @param ramp what their starts are spread over
   */
  Simulation(List<SimulatedDevice> devices, SimulationPlan plan, int parallel, Duration ramp) {
    this.runs = devices.stream().map(each -> new DeviceRun(each, plan, received)).toList();
    this.ramp = ramp;
    this.permits = new Semaphore(parallel, true);
    this.underWay = new CountDownLatch(runs.size());
  }

  void start() {
    startedAt = System.nanoTime();
    for (int i = 0; i < runs.size(); i++) {
      DeviceRun run = runs.get(i);
      Duration delay = ramp.multipliedBy(i).dividedBy(runs.size());
      Thread.ofVirtual().start(() -> walk(run, delay));
    }
  }

  private void walk(DeviceRun run, Duration delay) {
    try {
      Pause.of(delay);
      permits.acquireUninterruptibly();
      try {
        run.walk();
      } finally {
        permits.release();
      }
    } finally {
      underWay.countDown();
    }
  }

  /** Whether all have ended within that time. */
  boolean await(Duration longest) {
    try {
      return underWay.await(longest.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CommandFailedException(ExitCode.FAILED, Text.of("Interrupted."), e);
    }
  }

  /** How many devices are in each state. */
  Map<DeviceRun.State, Integer> states() {
    Map<DeviceRun.State, Integer> states = new EnumMap<>(DeviceRun.State.class);
    for (DeviceRun.State state : DeviceRun.State.values()) {
      states.put(state, 0);
    }
    runs.forEach(run -> states.merge(run.state(), 1, Integer::sum));
    return states;
  }

  /** Octets of files, also of those that are not whole. */
  long received() {
    return received.sum();
  }

  double seconds() {
    return MovedFile.secondsSince(startedAt);
  }

  List<DeviceRun> runs() {
    return runs;
  }
}
