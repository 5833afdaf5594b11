package org.slipway.inventory;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slipway.accounts.Violation;
import org.slipway.inventory.ImportReport.Line;
import org.slipway.inventory.ImportReport.Outcome;
import org.slipway.provisioning.Device;
import org.slipway.provisioning.Devices;
import org.slipway.provisioning.HardwareAddress;

/** What a list makes of the devices that are there. */
final class ImportPlan {
  private final DeviceList list;
  private final Map<HardwareAddress, Device> stored;
  private final Map<HardwareAddress, ListedDevice> entries = new LinkedHashMap<>();
  private final Map<HardwareAddress, Device> wanted = new LinkedHashMap<>();
  private final List<LineRemark> refused;

  private ImportPlan(DeviceList list, Map<HardwareAddress, Device> stored) {
    this.list = list;
    this.stored = stored;
    this.refused = new ArrayList<>(list.refused());
  }

  static ImportPlan of(DeviceList list, Map<HardwareAddress, Device> stored) {
    ImportPlan plan = new ImportPlan(list, stored);
    list.devices().forEach(plan::take);
    plan.refuseTakenAddresses();
    plan.refused.sort(Comparator.comparing(LineRemark::line));
    return plan;
  }

  private void take(ListedDevice entry) {
    HardwareAddress mac = entry.hardwareAddress();
    ListedDevice twin = entries.putIfAbsent(mac, entry);
    if (twin != null) {
      refuse(
          entry,
          new Violation("text", "import.twice", "%s is in line %d".formatted(mac, twin.line())));
      return;
    }
    Device device = entry.edit().appliedTo(stored.getOrDefault(mac, Device.unknown(mac)));
    List<Violation> violations = Devices.violations(device);
    if (violations.isEmpty()) {
      wanted.put(mac, device);
    } else {
      Violation first = violations.getFirst();
      refuse(
          entry,
          new Violation(first.field(), first.code(), first.field() + ": " + first.message()));
    }
  }

  /**
   * An address that a device of the list gives up is free for another of it. Refusing one may leave
   * it where it was, so this goes on until nothing more is refused.
   */
  private void refuseTakenAddresses() {
    boolean again = true;
    while (again) {
      again = false;
      Map<InetAddress, HardwareAddress> holders = new HashMap<>();
      stored.values().stream()
          .filter(d -> d.address().isPresent())
          .filter(d -> !moves(d))
          .forEach(d -> holders.put(d.address().get(), d.hardwareAddress()));
      for (Device device : List.copyOf(wanted.values())) {
        again |= refusedForItsAddress(device, holders);
      }
    }
  }

  private boolean moves(Device device) {
    Device later = wanted.get(device.hardwareAddress());
    return later != null && !later.address().equals(device.address());
  }

  private boolean refusedForItsAddress(Device device, Map<InetAddress, HardwareAddress> holders) {
    Optional<HardwareAddress> holder =
        device
            .address()
            .map(a -> holders.putIfAbsent(a, device.hardwareAddress()))
            .filter(mac -> !mac.equals(device.hardwareAddress()));
    holder.ifPresent(mac -> {
      wanted.remove(device.hardwareAddress());
      refuse(
          entries.get(device.hardwareAddress()),
          new Violation(
              "address",
              "import.addressTaken",
              "The address %s belongs to device %s"
                  .formatted(device.address().get().getHostAddress(), mac)));
    });
    return holder.isPresent();
  }

  private void refuse(ListedDevice entry, Violation reason) {
    refused.add(new LineRemark(entry.line(), entry.text(), reason));
  }

  List<LineRemark> refused() {
    return refused;
  }

  /** What is to be stored. */
  List<Device> changed() {
    return wanted.values().stream().filter(d -> outcome(d) != Outcome.UNCHANGED).toList();
  }

  ImportReport report(boolean applied) {
    List<Line> lines =
        wanted.values().stream()
            .map(d -> new Line(entries.get(d.hardwareAddress()).line(), outcome(d), d, changes(d)))
            .toList();
    return new ImportReport(applied, lines, refused, list.ignored());
  }

  private Outcome outcome(Device device) {
    Device old = stored.get(device.hardwareAddress());
    return old == null ? Outcome.ADDED : old.equals(device) ? Outcome.UNCHANGED : Outcome.CHANGED;
  }

  private List<String> changes(Device device) {
    Device old =
        stored.getOrDefault(device.hardwareAddress(), Device.unknown(device.hardwareAddress()));
    return Arrays.stream(DeviceColumn.values())
        .filter(column -> !column.of(old).equals(column.of(device)))
        .map(DeviceColumn::title)
        .toList();
  }
}
