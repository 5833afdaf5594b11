package org.slipway.inventory;

import java.util.ArrayList;
import java.util.List;
import org.slipway.accounts.InvalidInputException;

/** A list of devices as it was read: devices, lines that are none, and what was not taken over. */
final class DeviceList {
  /** Devices and remarks together. */
  static final int MOST = 10_000;

  private final List<ListedDevice> devices = new ArrayList<>();
  private final List<LineRemark> refused = new ArrayList<>();
  private final List<LineRemark> ignored = new ArrayList<>();

  void add(ListedDevice device) {
    count();
    devices.add(device);
  }

  void refuse(int line, String text, String code, String message) {
    count();
    refused.add(new LineRemark(line, text, code, message));
  }

  /** Notes something that has no counterpart here, so that nobody believes it was taken over. */
  void ignore(int line, String text, String code, String message) {
    count();
    ignored.add(new LineRemark(line, text, code, message));
  }

  /** Said at once, before a list that is made for it fills the memory. */
  private void count() {
    if (devices.size() + refused.size() + ignored.size() >= MOST) {
      throw new InvalidInputException(
          "text", "import.many", "At most 10,000 devices are imported at once");
    }
  }

  List<ListedDevice> devices() {
    return devices;
  }

  List<LineRemark> refused() {
    return refused;
  }

  List<LineRemark> ignored() {
    return ignored;
  }
}
