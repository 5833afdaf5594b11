package org.slipway.inventory;

import java.util.ArrayList;
import java.util.List;

/** A list of devices as it was read: devices, lines that are none, and what was not taken over. */
final class DeviceList {
  private final List<ListedDevice> devices = new ArrayList<>();
  private final List<LineRemark> refused = new ArrayList<>();
  private final List<LineRemark> ignored = new ArrayList<>();

  void add(ListedDevice device) {
    devices.add(device);
  }

  void refuse(int line, String text, String code, String message) {
    refused.add(new LineRemark(line, text, code, message));
  }

  /** Notes something that has no counterpart here, so that nobody believes it was taken over. */
  void ignore(int line, String text, String code, String message) {
    ignored.add(new LineRemark(line, text, code, message));
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
