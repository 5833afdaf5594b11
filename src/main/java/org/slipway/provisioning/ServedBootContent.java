package org.slipway.provisioning;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slipway.accounts.Refusal;
import org.slipway.accounts.RefusedException;
import org.slipway.leases.TftpRules;
import org.slipway.settings.PortalSettings;
import org.slipway.settings.PortalSettings.TftpRead;
import org.slipway.settings.Settings;
import org.slipway.storage.FileAreas;
import org.slipway.storage.OpenFile;
import org.slipway.storage.VirtualPath;

/**
 * Serves boot files and rendered lists, and turns a whole fetch of the offered file into a step.
 */
@Singleton
public final class ServedBootContent implements BootContent {
  private final Settings settings;
  private final Devices devices;
  private final RunBook runs;
  private final RunEvents events;
  private final FileAreas areas;
  private final Clock clock;
  private final ClientRules rules;
  private final IgnoredCase ignoredCase;

  @Inject
  public ServedBootContent(
      Settings settings,
      Devices devices,
      RunBook runs,
      RunEvents events,
      FileAreas areas,
      ClientRules rules,
      Clock clock) {
    this.settings = settings;
    this.devices = devices;
    this.runs = runs;
    this.events = events;
    this.areas = areas;
    this.rules = rules;
    this.clock = clock;
    this.ignoredCase = new IgnoredCase(areas.bootFiles(), clock);
  }

  @Override
  public BootTransfer open(String protocol, InetAddress client, VirtualPath path) {
    Optional<Device> device = devices.find(client);
    requireAllowed(device);
    Optional<OpenRun> run = device.flatMap(d -> runs.current(d.hardwareAddress()));
    try {
      return open(protocol, client, path, device, run);
    } catch (RefusedException e) {
      run.ifPresent(r ->
          events.record(r, protocol, "REFUSED", path.relative(), 0, e.refusal().kind().name()));
      throw e;
    }
  }

  private Fetch open(
      String protocol,
      InetAddress client,
      VirtualPath path,
      Optional<Device> device,
      Optional<OpenRun> run) {
    try {
      return new Fetch(protocol, client, path, device, run, source(run, path));
    } catch (RefusedException e) {
      Optional<VirtualPath> meant = meant(protocol, path, e.refusal().kind());
      if (meant.isEmpty()) {
        throw e;
      }
      return new Fetch(protocol, client, meant.get(), device, run, source(run, meant.get()));
    }
  }

  private Optional<VirtualPath> meant(String protocol, VirtualPath path, Refusal.Kind failure) {
    return failure == Refusal.Kind.NO_SUCH_FILE
            && protocol.equals("TFTP")
            && settings.get(PortalSettings.TFTP_CASE_INSENSITIVE)
        ? ignoredCase.onlyMatch(path)
        : Optional.empty();
  }

  @Override
  public TftpRules rules(InetAddress client) {
    return rules.of(client);
  }

  @Override
  public boolean isServed(InetAddress client) {
    return refusal(devices.find(client)).isEmpty();
  }

  private void requireAllowed(Optional<Device> device) {
    refusal(device).ifPresent(why -> {
      throw new RefusedException(Refusal.Kind.NO_PERMISSION, why);
    });
  }

  /** Why nothing is served; empty if it is. */
  private Optional<String> refusal(Optional<Device> device) {
    if (device.isPresent()) {
      return device.get().enabled() ? Optional.empty() : Optional.of("The device is disabled");
    }
    return settings.get(PortalSettings.TFTP_READ) == TftpRead.DEVICES
        ? Optional.of("Only known devices are served")
        : Optional.empty();
  }

  private Source source(Optional<OpenRun> run, VirtualPath path) {
    return run.flatMap(r -> BootRules.rendered(r.manifest, path.relative()))
        .<Source>map(Rendered::new)
        .orElseGet(() -> new Stored(areas.bootFiles().open(path)));
  }

  /** Where the bytes come from. */
  private sealed interface Source {
    long size();

    int read(ByteBuffer into, long position) throws IOException;

    void close();
  }

  private record Rendered(byte[] bytes) implements Source {
    @Override
    public long size() {
      return bytes.length;
    }

    @Override
    public int read(ByteBuffer into, long position) {
      if (position >= bytes.length) {
        return -1;
      }
      int n = (int) Math.min(into.remaining(), bytes.length - position);
      into.put(bytes, (int) position, n);
      return n;
    }

    @Override
    public void close() {
      // nothing is open
    }
  }

  private record Stored(OpenFile file) implements Source {
    @Override
    public long size() {
      return file.size();
    }

    @Override
    public int read(ByteBuffer into, long position) throws IOException {
      int total = 0;
      while (into.hasRemaining()) {
        int n = file.channel().read(into, position + total);
        if (n < 0) {
          break;
        }
        total += n;
      }
      // Looked at after reading: the time of a change is set before its content.
      if (file.overwritten().now()) {
        throw new BrokenOffException("The file was changed during the transfer");
      }
      return total == 0 && into.hasRemaining() ? -1 : total;
    }

    @Override
    public void close() {
      try {
        file.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private final class Fetch implements BootTransfer {
    private final String protocol;
    private final InetAddress client;
    private final VirtualPath path;
    private final Optional<Device> device;
    private final Optional<OpenRun> run;
    private final Source source;

    /** Index of the step that this may prove; -1 if the file is not the offered one. */
    private final int step;

    private final AtomicBoolean over = new AtomicBoolean();

    Fetch(
        String protocol,
        InetAddress client,
        VirtualPath path,
        Optional<Device> device,
        Optional<OpenRun> run,
        Source source) {
      this.protocol = protocol;
      this.client = client;
      this.path = path;
      this.device = device;
      this.run = run;
      this.source = source;
      this.step = run.map(this::offeredStep).orElse(-1);
      run.ifPresent(r -> {
        r.seen(clock.instant());
        r.fetchBegins(step);
        events.record(r, protocol, "STARTED", path.relative(), source.size(), null);
      });
    }

    private int offeredStep(OpenRun r) {
      int next = r.delivered();
      return next < r.manifest.steps().size()
              && r.manifest.steps().get(next).path().equals(path.relative())
          ? next
          : -1;
    }

    @Override
    public long size() {
      return source.size();
    }

    @Override
    public int read(ByteBuffer into, long position) throws IOException {
      Optional<String> refusal = refusal(devices.find(client));
      if (refusal.isPresent()) {
        throw new BrokenOffException(refusal.get());
      }
      run.ifPresent(r -> r.seen(clock.instant()));
      return source.read(into, position);
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
      if (!over.compareAndSet(false, true)) {
        return;
      }
      run.ifPresent(r -> {
        r.fetchEnds(step);
        boolean proves = step >= 0 && r.manifest.advance() == Manifest.Advance.DELIVERY;
        if (proves) {
          runs.deliver(r, step, protocol, source.size()).join();
        } else {
          events.record(r, protocol, "DELIVERED", path.relative(), source.size(), null);
        }
      });
    }

    @Override
    public void neverAcknowledged() {
      ends(
          "NEVER_ACKNOWLEDGED",
          source.size(),
          "The device fetches the file and never acknowledges its last block; set advance: REQUEST");
    }

    @Override
    public void sizeProbed() {
      ends("SIZE_PROBE", 0, null);
    }

    @Override
    public void aborted(long bytes, String reason) {
      ends("ABORTED", bytes, reason);
    }

    private void ends(String kind, long bytes, String reason) {
      if (over.compareAndSet(false, true)) {
        run.ifPresent(r -> {
          r.fetchEnds(step);
          if (step >= 0) {
            r.settle();
          }
          events.record(r, protocol, kind, path.relative(), bytes, reason);
        });
      }
    }

    @Override
    public void close() {
      ends("ABORTED", 0, "The transfer was broken off");
      source.close();
    }
  }
}
