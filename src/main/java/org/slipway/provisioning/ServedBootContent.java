package org.slipway.provisioning;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slipway.accounts.Refusal;
import org.slipway.accounts.RefusedException;
import org.slipway.bootfiles.BootFile;
import org.slipway.bootfiles.RuleTrace;
import org.slipway.leases.TftpRules;
import org.slipway.storage.VirtualPath;

/**
 * Serves boot files and rendered lists, and turns a whole fetch of the offered file into a step.
 */
@Singleton
public final class ServedBootContent implements BootContent {
  private static final int MOST_REASON = 300;
  private static final String REMEDY =
      "The device fetches the file and never acknowledges its last block; set advance: REQUEST";

  private final Devices devices;
  private final RunBook runs;
  private final RunEvents events;
  private final BootNames names;
  private final ClientRules rules;
  private final Clock clock;

  @Inject
  public ServedBootContent(
      Devices devices,
      RunBook runs,
      RunEvents events,
      BootNames names,
      ClientRules rules,
      Clock clock) {
    this.devices = devices;
    this.runs = runs;
    this.events = events;
    this.names = names;
    this.rules = rules;
    this.clock = clock;
  }

  @Override
  public BootTransfer open(String protocol, InetAddress client, VirtualPath asked) {
    BootNames.Client who = names.client(client);
    names.requireServed(who);
    Optional<OpenRun> run = who.device().flatMap(d -> runs.current(d.hardwareAddress()));
    try {
      VirtualPath path = names.resolve(who, asked, RuleTrace.NONE);
      BootNames.Opened opened = names.open(who, run, asked, path, protocol.equals("TFTP"));
      return new Fetch(protocol, client, asked, who.device(), run, opened);
    } catch (RefusedException e) {
      refused(protocol, asked, who.device(), run, e.refusal());
      throw e;
    }
  }

  @Override
  public TftpRules rules(InetAddress client) {
    return rules.of(client);
  }

  @Override
  public boolean isServed(InetAddress client) {
    return refusal(client).isEmpty();
  }

  /** Why the client is served nothing now; empty if it is. */
  private Optional<String> refusal(InetAddress client) {
    return names.refusal(devices.find(client));
  }

  /** A rule or a template that says no is told in its own words; the rest by its kind. */
  private void refused(
      String protocol,
      VirtualPath asked,
      Optional<Device> device,
      Optional<OpenRun> run,
      Refusal refusal) {
    boolean ours = refusal.kind() == Refusal.Kind.NO_PERMISSION;
    String why = ours ? shortened(refusal.detail()) : refusal.kind().name();
    if (run.isPresent()) {
      events.record(run.get(), protocol, "REFUSED", asked.relative(), 0, why);
    } else if (ours) {
      device.ifPresent(
          d -> events.record(d.hardwareAddress(), protocol, "REFUSED", asked.relative(), why));
    }
  }

  private static String shortened(String text) {
    return text.length() <= MOST_REASON ? text : text.substring(0, MOST_REASON - 1) + "\u2026";
  }

  private final class Fetch implements BootTransfer {
    private final String protocol;
    private final InetAddress client;
    private final VirtualPath asked;
    private final VirtualPath path;
    private final Optional<Device> device;
    private final Optional<OpenRun> run;
    private final BootFile source;

    /** Index of the step that this may prove; -1 if the file is not the offered one. */
    private final int step;

    private final AtomicBoolean over = new AtomicBoolean();

    Fetch(
        String protocol,
        InetAddress client,
        VirtualPath asked,
        Optional<Device> device,
        Optional<OpenRun> run,
        BootNames.Opened opened) {
      this.protocol = protocol;
      this.client = client;
      this.asked = asked;
      this.path = opened.path();
      this.device = device;
      this.run = run;
      this.source = opened.file();
      this.step = run.map(this::offeredStep).orElse(-1);
      run.ifPresent(r -> {
        r.seen(clock.instant());
        r.fetchBegins(step);
        events.record(r, protocol, "STARTED", asked.relative(), source.size(), null);
      });
    }

    /** The step is proven by the name that was offered, and by the file that was offered. */
    private int offeredStep(OpenRun r) {
      int next = r.delivered();
      if (next >= r.manifest.steps().size()) {
        return -1;
      }
      String offered = r.manifest.steps().get(next).path();
      return offered.equals(asked.relative()) || offered.equals(path.relative()) ? next : -1;
    }

    @Override
    public long size() {
      return source.size();
    }

    @Override
    public String tag() {
      return source.tag();
    }

    @Override
    public int read(ByteBuffer into, long position) throws IOException {
      Optional<String> refusal = refusal(client);
      if (refusal.isPresent()) {
        throw new BrokenOffException(refusal.get());
      }
      run.ifPresent(r -> r.seen(clock.instant()));
      int n = source.read(into, position);
      // Looked at after reading: the time of a change is set before its content.
      if (source.overwritten()) {
        throw new BrokenOffException("The file was changed during the transfer");
      }
      return n;
    }

    @Override
    public void willRead(long position, long length) {
      source.willRead(position, length);
    }

    @Override
    public Optional<HardwareAddress> device() {
      return device.map(Device::hardwareAddress);
    }

    @Override
    public void lastBlockSent() {
      run.filter(r -> r.manifest.advance() == Manifest.Advance.DELIVERY)
          .ifPresent(r -> r.beginSettling(step));
    }

    @Override
    public void delivered() {
      refusal(client).ifPresent(why -> ends("ABORTED", source.size(), why));
      if (!over.compareAndSet(false, true)) {
        return;
      }
      run.ifPresent(r -> {
        r.fetchEnds(step);
        boolean proves = step >= 0 && r.manifest.advance() == Manifest.Advance.DELIVERY;
        if (proves) {
          runs.deliver(r, step, protocol, source.size()).join();
        } else {
          events.record(r, protocol, "DELIVERED", asked.relative(), source.size(), null);
        }
      });
    }

    @Override
    public void neverAcknowledged() {
      ends("NEVER_ACKNOWLEDGED", source.size(), REMEDY);
    }

    @Override
    public void unacknowledged(String reason) {
      if (ends("ABORTED", source.size(), reason)) {
        run.filter(r -> r.manifest.advance() == Manifest.Advance.DELIVERY)
            .filter(r -> r.unacknowledged(step))
            .ifPresent(r ->
                events.record(
                    r, protocol, "NEVER_ACKNOWLEDGED", asked.relative(), source.size(), REMEDY));
      }
    }

    @Override
    public void sizeProbed() {
      ends("SIZE_PROBE", 0, null);
    }

    @Override
    public void aborted(long bytes, String reason) {
      ends("ABORTED", bytes, reason);
    }

    /** Whether it was not over before. */
    private boolean ends(String kind, long bytes, String reason) {
      if (!over.compareAndSet(false, true)) {
        return false;
      }
      run.ifPresent(r -> {
        r.fetchEnds(step);
        r.settleFetch(step);
        events.record(r, protocol, kind, asked.relative(), bytes, reason);
      });
      return true;
    }

    @Override
    public void close() {
      ends("ABORTED", 0, "The transfer was broken off");
      source.close();
    }
  }
}
