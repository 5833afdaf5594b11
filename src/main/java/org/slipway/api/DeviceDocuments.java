package org.slipway.api;

import java.net.InetAddress;
import java.util.TreeMap;
import org.slipway.accounts.InvalidInputException;
import org.slipway.api.model.DeviceDocument;
import org.slipway.provisioning.Device;
import org.slipway.provisioning.HardwareAddress;

/** Devices as documents, and back. */
final class DeviceDocuments {
  private DeviceDocuments() {}

  static DeviceDocument of(Device d) {
    return new DeviceDocument(
        d.hardwareAddress().text(),
        d.name(),
        d.address().map(InetAddress::getHostAddress).orElse(null),
        d.manifest().orElse(null),
        d.bootFile().orElse(null),
        d.enabled(),
        new TreeMap<>(d.variables()),
        new TreeMap<>(d.options()),
        TftpDocuments.of(d.tftp()));
  }

  /** The device that a document describes; its path names it, its body may only agree. */
  static Device read(HardwareAddress mac, DeviceDocument wanted) {
    Fields fields = new Fields();
    if (wanted.hardwareAddress() != null
        && !HardwareAddress.parse(wanted.hardwareAddress()).filter(mac::equals).isPresent()) {
      fields.bad(
          "hardwareAddress",
          "hardwareAddress.differs",
          "The body names another hardware address than the path");
    }
    Device device =
        new Device(
            mac,
            Fields.optional(wanted.name()).orElse(""),
            fields.address("address", wanted.address()),
            Fields.optional(wanted.manifest()),
            Fields.optional(wanted.bootFile()),
            wanted.enabled() == null || wanted.enabled(),
            fields.texts("variables", wanted.variables()),
            fields.texts("options", wanted.options()),
            TftpDocuments.read(fields, wanted.tftp()),
            0);
    fields.check();
    return device;
  }

  /** Reads a hardware address of a path, in any usual spelling. */
  static HardwareAddress hardwareAddress(String text) {
    return HardwareAddress.parse(text)
        .orElseThrow(() ->
            new InvalidInputException(
                "hardwareAddress",
                "hardwareAddress.pattern",
                "A hardware address such as 52:54:00:12:34:56 is needed"));
  }
}
