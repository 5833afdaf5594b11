package org.slipway.provisioning;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.net.InetAddress;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.slipway.accounts.RefusedException;
import org.slipway.bootfiles.BootFile;
import org.slipway.bootfiles.RuleTrace;
import org.slipway.storage.FileFacts;
import org.slipway.storage.VirtualPath;

/**
 * The rules of the boot sequence, one after the other, without any effect: what would a device get
 * now? Serving and explaining ask the same rules.
 */
@Singleton
public final class BootRules {
  private static final long FACTS_KEPT_MILLIS = 250;
  private static final int FACTS_KEPT = 10_000;

  private final Devices devices;
  private final Manifests manifests;
  private final RunBook runs;
  private final BootNames names;
  private final Clock clock;
  private final Map<String, KnownFacts> known = new ConcurrentHashMap<>();

  private record KnownFacts(long until, long size) {}

  @Inject
  public BootRules(
      Devices devices, Manifests manifests, RunBook runs, BootNames names, Clock clock) {
    this.devices = devices;
    this.manifests = manifests;
    this.runs = runs;
    this.names = names;
    this.clock = clock;
  }

  /** Hears of each rule that was looked at; serving makes no texts. */
  interface Trace {
    Trace NONE = (rule, matched, text) -> {};

    void rule(String rule, boolean matched, Supplier<String> text);
  }

  /** What the rules come to. */
  sealed interface Verdict {
    record Quiet(SilenceReason reason, Optional<Device> device, Optional<OpenRun> run)
        implements Verdict {}

    /**
     * @param manifest empty for a device without one
     * @param run the open one; empty if a new one must begin
     * @param step index of the offered step; the number of steps at the end
     */
    record Answer(
        Device device,
        Optional<Manifest> manifest,
        Optional<OpenRun> run,
        int step,
        String file,
        OptionalLong size)
        implements Verdict {}
  }

  /**
   * What the request adds to what is known of the device.
   *
   * @param client what it says that it has
   * @param bootFile in place of the one that is entered for it
   * @param pooled whether it is given an address that is not entered, known yet or not; without
   *     one, a device that nobody has entered is not answered
   */
  record Circumstances(Optional<InetAddress> client, Optional<String> bootFile, boolean pooled) {
    static final Circumstances NONE = new Circumstances(Optional.empty(), Optional.empty(), false);

    static Circumstances of(BootRequest request) {
      return new Circumstances(
          request.clientAddress(), request.bootFile(), request.leasedAddress().isPresent());
    }

    /** Whether what it says that it has contradicts nothing that is entered. */
    boolean fits(Device device) {
      return client.isEmpty() || device.address().isEmpty() || client.equals(device.address());
    }

    boolean hasAddress(Device device) {
      return device.address().isPresent() || pooled;
    }
  }

  Verdict apply(HardwareAddress mac, Circumstances now, Trace trace) {
    Optional<Device> found = devices.find(mac);
    trace.rule(
        "KNOWN_DEVICE", found.isPresent(), () -> "Is the hardware address " + mac + " entered?");
    if (found.isEmpty()) {
      return now.pooled()
          ? stranger(Device.unknown(mac), now, trace)
          : new Verdict.Quiet(SilenceReason.UNKNOWN_DEVICE, found, Optional.empty());
    }
    Device device = found.get();
    trace.rule("ENABLED", device.enabled(), () -> "Is the device enabled?");
    if (!device.enabled()) {
      return quiet(SilenceReason.DISABLED, device);
    }
    boolean same = now.fits(device);
    trace.rule(
        "CLIENT_ADDRESS",
        same,
        () -> "Is the address that the device has already the one it is to have?");
    if (!same) {
      return quiet(SilenceReason.ADDRESS_MISMATCH, device);
    }
    trace.rule(
        "HAS_MANIFEST",
        device.manifest().isPresent(),
        () ->
            device.manifest().map(m -> "It walks the manifest " + m).orElse("It has no manifest"));
    return device.manifest().isPresent()
        ? sequence(device, now, trace)
        : classic(device, now, trace);
  }

  /** Its file may be missing: the address alone is worth an answer. */
  private Verdict stranger(Device device, Circumstances now, Trace trace) {
    String file = now.bootFile().orElse("");
    if (isUrl(file)) {
      return answer(device, file, OptionalLong.empty());
    }
    if (file.isEmpty()) {
      return answer(device, "", OptionalLong.empty());
    }
    Found found = found(device, file);
    trace.rule(
        "FILE_EXISTS",
        found.there(),
        () -> found.refusal().orElse("Is the boot file " + file + " of its network there?"));
    return answer(device, found.there() ? file : "", found.size());
  }

  /** What another server has is not looked for here. */
  private static boolean isUrl(String file) {
    return file.contains("://");
  }

  /** RFC 951: the same file every time, or an address only. */
  private Verdict classic(Device device, Circumstances now, Trace trace) {
    Optional<String> bootFile = now.bootFile().or(device::bootFile);
    if (bootFile.isEmpty()) {
      boolean address = now.hasAddress(device);
      trace.rule("HAS_ADDRESS", address, () -> "Without a boot file it is told its address only");
      return address
          ? answer(device, "", OptionalLong.empty())
          : quiet(SilenceReason.NO_MANIFEST, device);
    }
    if (isUrl(bootFile.get())) {
      return answer(device, bootFile.get(), OptionalLong.empty());
    }
    Found file = found(device, bootFile.get());
    trace.rule(
        "FILE_EXISTS",
        file.there(),
        () -> file.refusal().orElse("Is the boot file " + bootFile.get() + " there?"));
    return file.there()
        ? answer(device, bootFile.get(), file.size())
        : quiet(SilenceReason.FILE_MISSING, device);
  }

  private Verdict sequence(Device device, Circumstances now, Trace trace) {
    String name = device.manifest().orElseThrow();
    Optional<OpenRun> run = runs.current(device.hardwareAddress());
    Optional<Manifest> manifest = run.map(r -> r.manifest).or(() -> manifests.find(name));
    trace.rule("MANIFEST_EXISTS", manifest.isPresent(), () -> "Is there a manifest " + name + "?");
    if (manifest.isEmpty()) {
      return quiet(SilenceReason.NO_MANIFEST, device);
    }
    boolean address = now.hasAddress(device) || usesItsLease(device, now);
    trace.rule("HAS_ADDRESS", address, () -> "Delivery is proven by its address");
    if (!address) {
      return quiet(SilenceReason.NO_ADDRESS, device);
    }
    int step = run.map(OpenRun::delivered).orElse(0);
    trace.rule(
        "RUN_OPEN",
        run.isPresent(),
        () ->
            run.map(r ->
                    "Its run on version "
                        + r.manifest.version()
                        + " goes on after "
                        + step
                        + " steps")
                .orElse("Its next request begins a run on version " + manifest.get().version()));
    if (step >= manifest.get().steps().size()) {
      return atTheEnd(device, manifest.get(), run, step, trace);
    }
    return offer(device, manifest.get(), run, step, trace);
  }

  /** It may ask with the address that it was leased before, and is not leased one again then. */
  private boolean usesItsLease(Device device, Circumstances now) {
    return now.client()
        .flatMap(devices::find)
        .map(Device::hardwareAddress)
        .filter(device.hardwareAddress()::equals)
        .isPresent();
  }

  private static Verdict atTheEnd(
      Device device, Manifest manifest, Optional<OpenRun> run, int step, Trace trace) {
    boolean empty = manifest.end() == Manifest.End.EMPTY_FILE;
    trace.rule("STEPS_LEFT", false, () -> "Every step is delivered; the end is " + manifest.end());
    return empty
        ? new Verdict.Answer(device, Optional.of(manifest), run, step, "", OptionalLong.empty())
        : new Verdict.Quiet(SilenceReason.SEQUENCE_COMPLETE, Optional.of(device), run);
  }

  private Verdict offer(
      Device device, Manifest manifest, Optional<OpenRun> run, int step, Trace trace) {
    String path = manifest.steps().get(step).path();
    trace.rule(
        "STEPS_LEFT",
        true,
        () -> "Step %d of %d is next".formatted(step + 1, manifest.steps().size()));
    Optional<byte[]> rendered = rendered(manifest, path);
    Found file = rendered.map(list -> Found.of(list.length)).orElseGet(() -> found(device, path));
    trace.rule("FILE_EXISTS", file.there(), () -> file.refusal().orElse("Is " + path + " there?"));
    if (!file.there()) {
      return new Verdict.Quiet(SilenceReason.FILE_MISSING, Optional.of(device), run);
    }
    return new Verdict.Answer(device, Optional.of(manifest), run, step, path, file.size());
  }

  boolean isKnown(HardwareAddress mac) {
    return devices.find(mac).isPresent();
  }

  /** The content of a rendered file of a manifest, if the path names one. */
  static Optional<byte[]> rendered(Manifest manifest, String path) {
    if (path.equals(manifest.listName())) {
      return Optional.of(FileList.list(manifest));
    }
    return path.equals(manifest.checksumsName())
        ? Optional.of(FileList.checksums(manifest))
        : Optional.empty();
  }

  /**
   * What there is under a name for a device.
   *
   * @param size in bytes; empty for a template that cannot be rendered, which the fetch then tells
   * @param refusal why it would not be given
   */
  private record Found(boolean there, OptionalLong size, Optional<String> refusal) {
    static final Found NOTHING = new Found(false, OptionalLong.empty(), Optional.empty());

    static Found of(long size) {
      return new Found(true, OptionalLong.of(size), Optional.empty());
    }
  }

  private Found found(Device device, String name) {
    BootNames.Client client = names.client(device);
    VirtualPath path;
    try {
      path = names.resolve(client, VirtualPath.parse(name), RuleTrace.NONE);
    } catch (RefusedException e) {
      return new Found(false, OptionalLong.empty(), Optional.of(e.refusal().detail()));
    }
    OptionalLong stored = storedSize(path);
    if (stored.isEmpty()) {
      return Found.NOTHING;
    }
    return names.files().isTemplate(path)
        ? rendered(client, path)
        : new Found(true, stored, Optional.empty());
  }

  private Found rendered(BootNames.Client client, VirtualPath path) {
    try {
      BootFile file = names.files().open(client.known(), path);
      try {
        return Found.of(file.size());
      } finally {
        file.close();
      }
    } catch (RefusedException e) {
      return new Found(true, OptionalLong.empty(), Optional.of(e.refusal().detail()));
    }
  }

  /** A file that is there is not looked for again with every packet; one that is not, is. */
  private OptionalLong storedSize(VirtualPath path) {
    long now = clock.millis();
    String key = path.relative();
    KnownFacts facts = known.get(key);
    if (facts != null && now < facts.until()) {
      return OptionalLong.of(facts.size());
    }
    OptionalLong size = names.files().facts(path).stream().mapToLong(FileFacts::size).findFirst();
    if (known.size() >= FACTS_KEPT) {
      known.clear();
    }
    if (size.isPresent()) {
      known.put(key, new KnownFacts(now + FACTS_KEPT_MILLIS, size.getAsLong()));
    } else {
      known.remove(key);
    }
    return size;
  }

  private static Verdict answer(Device device, String file, OptionalLong size) {
    return new Verdict.Answer(device, Optional.empty(), Optional.empty(), 0, file, size);
  }

  private static Verdict quiet(SilenceReason reason, Device device) {
    return new Verdict.Quiet(reason, Optional.of(device), Optional.empty());
  }
}
