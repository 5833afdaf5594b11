package org.slipway.provisioning;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.ReentrantLock;
import org.slipway.leases.Network;
import org.slipway.leases.Networks;
import org.slipway.provisioning.BootRules.Circumstances;
import org.slipway.provisioning.BootRules.Trace;
import org.slipway.provisioning.BootRules.Verdict;

/** Decides boot requests by the rules and keeps the runs going. */
@Singleton
public final class BootSequence implements BootAssignments {
  private static final int STRIPES = 64;

  private final BootRules rules;
  private final RunBook runs;
  private final RunEvents events;
  private final UnknownDevices unknown;
  private final Networks networks;
  private final Clock clock;
  private final ReentrantLock[] stripes = new ReentrantLock[STRIPES];
  private final Map<SilenceReason, LongAdder> silences = new EnumMap<>(SilenceReason.class);

  @Inject
  public BootSequence(
      BootRules rules,
      RunBook runs,
      RunEvents events,
      UnknownDevices unknown,
      Networks networks,
      Clock clock) {
    this.rules = rules;
    this.runs = runs;
    this.events = events;
    this.unknown = unknown;
    this.networks = networks;
    this.clock = clock;
    for (int i = 0; i < STRIPES; i++) {
      stripes[i] = new ReentrantLock();
    }
    for (SilenceReason reason : SilenceReason.values()) {
      silences.put(reason, new LongAdder());
    }
  }

  /** How many requests were left unanswered since the start, and why. */
  public Map<SilenceReason, LongAdder> silences() {
    return silences;
  }

  /** The same as plain numbers: only the reasons that there were. */
  public Map<SilenceReason, Long> unansweredSoFar() {
    Map<SilenceReason, Long> counts = new EnumMap<>(SilenceReason.class);
    silences.forEach((reason, count) -> {
      if (count.sum() > 0) {
        counts.put(reason, count.sum());
      }
    });
    return counts;
  }

  @Override
  public BootDecision decide(BootRequest request) {
    return decide(request, true);
  }

  @Override
  public BootDecision decideNow(BootRequest request) {
    return decide(request, false);
  }

  @Override
  public void unanswered(
      BootProtocol protocol,
      Optional<HardwareAddress> mac,
      InetSocketAddress source,
      SilenceReason reason) {
    silences.get(reason).increment();
    mac.ifPresent(m -> {
      if (rules.isKnown(m)) {
        events.record(m, protocol.name(), "SILENCE", null, reason.name());
      } else {
        unknown.record(m, source.getAddress().getHostAddress());
      }
    });
  }

  /** Requests of one device follow one another; those of others do not wait. */
  private BootDecision decide(BootRequest request, boolean mayWait) {
    ReentrantLock lock = stripes[Math.floorMod(request.hardwareAddress().hashCode(), STRIPES)];
    lock.lock();
    try {
      Verdict verdict =
          rules.apply(request.hardwareAddress(), Circumstances.of(request), Trace.NONE);
      return switch (verdict) {
        case Verdict.Quiet quiet -> silence(request, quiet, mayWait);
        case Verdict.Answer answer when answer.manifest().isPresent() ->
            step(request, answer, mayWait);
        case Verdict.Answer answer -> offer(request, answer, Optional.empty());
      };
    } finally {
      lock.unlock();
    }
  }

  private BootDecision silence(BootRequest request, Verdict.Quiet quiet, boolean mayWait) {
    Optional<CompletableFuture<Void>> settling = quiet.run().map(OpenRun::settling);
    if (mayWait && settling.isPresent()) {
      return new BootDecision.Wait(settling.get());
    }
    String protocol = request.protocol().name();
    silences.get(quiet.reason()).increment();
    if (quiet.device().isEmpty()) {
      unknown.record(
          request.hardwareAddress(),
          request.relayAddress().orElse(request.source().getAddress()).getHostAddress());
    } else if (quiet.run().isPresent()) {
      quiet.run().get().asked(clock.instant(), request.protocol());
      events.record(quiet.run().get(), protocol, "SILENCE", null, 0, quiet.reason().name());
    } else {
      events.record(request.hardwareAddress(), protocol, "SILENCE", null, quiet.reason().name());
    }
    return new BootDecision.Silence(quiet.reason());
  }

  private BootDecision step(BootRequest request, Verdict.Answer answer, boolean mayWait) {
    Manifest manifest = answer.manifest().orElseThrow();
    String protocol = request.protocol().name();
    OpenRun run =
        answer.run().orElseGet(() -> runs.begin(answer.device(), manifest, request.protocol()));
    run.asked(clock.instant(), request.protocol());
    CompletableFuture<Void> settling = run.settling();
    if (mayWait && settling != null) {
      return new BootDecision.Wait(settling);
    }
    boolean byRequest = run.manifest.advance() == Manifest.Advance.REQUEST && !run.isComplete();
    if (byRequest && run.takesNext(request.xid()) && mayWait) {
      return new BootDecision.Wait(runs.deliver(run, answer.step(), protocol, 0));
    }
    run.offered();
    events.record(run, protocol, answer.file().isEmpty() ? "END" : "OFFER", answer.file(), 0, null);
    return offer(request, answer, Optional.of(run));
  }

  private BootDecision offer(BootRequest request, Verdict.Answer answer, Optional<OpenRun> run) {
    Device device = answer.device();
    long stamp = device.revision() * 31 + answer.step();
    stamp = stamp * 31 + run.map(r -> r.id.getLeastSignificantBits()).orElse(0L);
    Optional<InetAddress> address = device.address().or(request::leasedAddress);
    Optional<Network> network = address.or(request::clientAddress).flatMap(networks::of);
    return new BootDecision.Offer(device, address, answer.file(), answer.size(), network, stamp);
  }
}
