package org.slipway.web;

import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.IOException;
import java.io.Serializable;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.slipway.accounts.Action;
import org.slipway.inventory.DeviceExport;
import org.slipway.provisioning.Device;
import org.slipway.provisioning.Devices;
import org.slipway.provisioning.HardwareAddress;
import org.slipway.provisioning.HardwareVendors;
import org.slipway.provisioning.RunBook;
import org.slipway.provisioning.UnknownDevices;

/** All devices, and those that ask without being known. */
@Named
@ViewScoped
public class DevicesPage implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final int UNKNOWN_SHOWN = 20;

  @Inject private transient Devices devices;
  @Inject private transient UnknownDevices unknown;
  @Inject private transient HardwareVendors vendors;
  @Inject private transient RunBook runs;
  @Inject private transient DeviceExport export;
  @Inject private transient Me me;
  private Rows<Device> rows;

  public Rows<Device> getRows() {
    if (rows == null) {
      rows =
          new Rows<>(
              devices::all,
              d -> d.hardwareAddress().text(),
              DevicesPage::searched,
              Map.of(
                  "name",
                      Comparator.comparing(Device::name, String.CASE_INSENSITIVE_ORDER)
                          .thenComparing(Device::hardwareAddress),
                  "hardwareAddress", Comparator.comparing(Device::hardwareAddress),
                  "address", Comparator.comparing(Device::address, DevicesPage::byAddress),
                  "manifest", Comparator.comparing(d -> d.manifest().orElse(""))),
              "name");
    }
    return rows;
  }

  private static String searched(Device d) {
    return String.join(
        " ",
        d.name(),
        String.join(" ", d.hardwareAddress().spellings()),
        d.address().map(InetAddress::getHostAddress).orElse(""),
        d.manifest().orElse(""),
        d.bootFile().orElse(""));
  }

  private static int byAddress(Optional<InetAddress> a, Optional<InetAddress> b) {
    byte[] none = {};
    return Arrays.compareUnsigned(
        a.map(InetAddress::getAddress).orElse(none), b.map(InetAddress::getAddress).orElse(none));
  }

  /** Where each device is that boots now, by its hardware address. */
  public Map<String, RunBook.Progress> getProgress() {
    Map<String, RunBook.Progress> result = new HashMap<>();
    runs.openRuns().forEach(r -> result.put(r.hardwareAddress().text(), r));
    return result;
  }

  public List<UnknownDevices.Seen> getUnknown() {
    return unknown.newestFirst().stream().limit(UNKNOWN_SHOWN).toList();
  }

  /** Who made its network card; empty if that is not known. */
  public String vendor(HardwareAddress address) {
    return vendors.of(address).orElse("");
  }

  /** All that match what is searched for. */
  public void exportCsv() throws IOException {
    me.require(Action.MANAGE_DEVICES);
    List<Device> matching = getRows().load(0, Integer.MAX_VALUE, Map.of(), Map.of());
    Download.send(
        "devices.csv", DeviceExport.MEDIA_TYPE, out -> export.write(matching, me.who(), out));
  }

  public void delete(String mac) {
    me.require(Action.MANAGE_DEVICES);
    boolean deleted =
        Feedback.tried(
            "devices",
            () -> devices.delete(new HardwareAddress(mac), OptionalLong.empty(), me.who()));
    if (deleted) {
      Feedback.done("deleted", mac);
    }
  }
}
