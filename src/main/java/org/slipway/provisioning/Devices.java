package org.slipway.provisioning;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.slipway.accounts.InvalidInputException;
import org.slipway.accounts.Refusal;
import org.slipway.accounts.RefusedException;
import org.slipway.accounts.Violation;
import org.slipway.audit.AuditAction;
import org.slipway.audit.AuditTrail;
import org.slipway.audit.AuditValues;
import org.slipway.audit.Who;
import org.slipway.database.Changes;
import org.slipway.database.Snapshot;
import org.slipway.database.Topic;
import org.slipway.leases.Leases;
import org.slipway.leases.Reservations;
import org.slipway.storage.VirtualPath;

/** All devices: read from memory, changed in the database. */
@Singleton
public final class Devices implements Reservations {
  private final Changes changes;
  private final AuditTrail audit;
  private final Leases leases;
  private final Snapshot<HardwareAddress, Device> snapshot;
  private volatile Map<InetAddress, Device> byAddress;

  @Inject
  public Devices(Jdbi jdbi, Changes changes, AuditTrail audit, Leases leases) {
    this.changes = changes;
    this.audit = audit;
    this.leases = leases;
    this.snapshot =
        new Snapshot<>(
            jdbi,
            changes,
            Topic.DEVICES,
            DeviceRows::newerThan,
            Device::hardwareAddress,
            HardwareAddress::new);
    index(snapshot.rows());
    snapshot.onReplaced((rows, changed) -> index(rows));
  }

  public Optional<Device> find(HardwareAddress mac) {
    return Optional.ofNullable(snapshot.rows().get(mac));
  }

  /** The device that has an address: the one it is entered for, else the one it is leased to. */
  public Optional<Device> find(InetAddress address) {
    Device entered = byAddress.get(address);
    return entered != null
        ? Optional.of(entered)
        : leases.holder(address).flatMap(mac -> find(new HardwareAddress(mac)));
  }

  @Override
  public Optional<String> holder(InetAddress address) {
    return Optional.ofNullable(byAddress.get(address)).map(d -> d.hardwareAddress().text());
  }

  public Collection<Device> all() {
    return snapshot.rows().values();
  }

  /** Tells of changed devices, after the change. */
  public void onChanged(BiConsumer<Map<HardwareAddress, Device>, Set<HardwareAddress>> listener) {
    snapshot.onReplaced(listener::accept);
  }

  /**
   * Stores a device under its hardware address, new or changed.
   *
   * @param expectedRevision refuses with {@code CHANGED_MEANWHILE} if it has another one now
   * @throws RefusedException {@code CONFLICT} if another device has the address
   * @throws InvalidInputException for bad fields
   */
  public Device put(Device device, OptionalLong expectedRevision, Who who) {
    check(device);
    Optional<Device> before =
        changes.make(
            Topic.DEVICES,
            (h, revision) -> {
              Optional<Device> old = DeviceRows.find(h, device.hardwareAddress());
              requireRevision(old, expectedRevision);
              requireFreeAddress(h, device);
              DeviceRows.write(h, device, revision);
              return old;
            });
    audit.done(
        who,
        before.isPresent() ? AuditAction.DEVICE_CHANGED : AuditAction.DEVICE_ADDED,
        device.hardwareAddress().text(),
        before.map(Devices::describe).orElse(null),
        describe(device));
    return find(device.hardwareAddress()).orElse(device);
  }

  public void delete(HardwareAddress mac, OptionalLong expectedRevision, Who who) {
    Device gone =
        changes.make(
            Topic.DEVICES,
            (h, revision) -> {
              Optional<Device> old = DeviceRows.find(h, mac);
              if (old.isEmpty()) {
                throw new RefusedException(Refusal.Kind.NO_SUCH_THING, "There is no device " + mac);
              }
              requireRevision(old, expectedRevision);
              DeviceRows.delete(h, mac, revision);
              return old.get();
            });
    audit.done(who, AuditAction.DEVICE_DELETED, mac.text(), describe(gone), null);
  }

  private void index(Map<HardwareAddress, Device> rows) {
    byAddress =
        rows.values().stream()
            .filter(d -> d.address().isPresent())
            .collect(Collectors.toUnmodifiableMap(d -> d.address().get(), d -> d, (a, b) -> a));
  }

  private static void requireRevision(Optional<Device> old, OptionalLong expected) {
    if (expected.isPresent() && old.map(Device::revision).orElse(-1L) != expected.getAsLong()) {
      throw new RefusedException(
          Refusal.Kind.CHANGED_MEANWHILE, "The device was changed meanwhile; read it again");
    }
  }

  private static void requireFreeAddress(Handle h, Device device) {
    device
        .address()
        .flatMap(a -> DeviceRows.find(h, a))
        .filter(other -> !other.hardwareAddress().equals(device.hardwareAddress()))
        .ifPresent(other -> {
          throw new RefusedException(
              Refusal.Kind.CONFLICT,
              "The address %s belongs to device %s"
                  .formatted(
                      device.address().orElseThrow().getHostAddress(), other.hardwareAddress()));
        });
  }

  private static void check(Device d) {
    List<Violation> violations = new ArrayList<>();
    if (d.name().length() > 100 || d.name().chars().anyMatch(Character::isISOControl)) {
      violations.add(
          new Violation("name", "name.pattern", "At most 100 characters, no control character"));
    }
    d.bootFile().ifPresent(f -> checkPath("bootFile", f, violations));
    checkMap("variables", d.variables(), violations);
    checkMap("options", d.options(), violations);
    violations.addAll(d.tftp().violations("tftp."));
    if (!violations.isEmpty()) {
      throw new InvalidInputException(violations);
    }
  }

  /** The file field of BOOTP has 128 octets with a NUL at the end (RFC 951 section 3). */
  static void checkPath(String field, String path, List<Violation> violations) {
    if (path.getBytes(java.nio.charset.StandardCharsets.UTF_8).length > 127) {
      violations.add(new Violation(field, "path.long", "At most 127 bytes fit into a boot reply"));
    }
    if (path.isEmpty() || !path.equals(path.strip())) {
      violations.add(
          new Violation(field, "path.spaces", "A path is not empty and has no spaces around it"));
      return;
    }
    try {
      if (VirtualPath.parse(path).isRoot()) {
        violations.add(new Violation(field, "path.root", "A path names a file"));
      }
    } catch (RefusedException e) {
      violations.add(new Violation(field, "path.bad", e.refusal().detail()));
    }
  }

  private static void checkMap(String field, Map<String, String> map, List<Violation> violations) {
    int size =
        map.entrySet().stream().mapToInt(e -> e.getKey().length() + e.getValue().length()).sum();
    boolean badKey = map.keySet().stream().anyMatch(k -> !k.matches("[A-Za-z0-9._-]{1,64}"));
    if (badKey || map.size() > 200 || size > 9_000) {
      violations.add(
          new Violation(
              field,
              "map.bad",
              "At most 200 entries and 9000 characters; names of 1 to 64 of A-Z a-z 0-9 . _ -"));
    }
  }

  private static String describe(Device d) {
    return AuditValues.of(
        "name", d.name(),
        "address", d.address().map(InetAddress::getHostAddress),
        "manifest", d.manifest(),
        "bootFile", d.bootFile(),
        "enabled", d.enabled(),
        "variables", new TreeMap<>(d.variables()),
        "options", new TreeMap<>(d.options()),
        "tftp", d.tftp().described());
  }
}
