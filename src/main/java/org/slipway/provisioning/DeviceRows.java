package org.slipway.provisioning;

import java.net.InetAddress;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;
import org.slipway.database.Changes;
import org.slipway.database.JsonColumn;
import org.slipway.database.Topic;
import org.slipway.leases.TftpRulesColumn;
import org.slipway.settings.SettingText;

/** The table {@code device}. */
final class DeviceRows {
  private DeviceRows() {}

  static List<Device> newerThan(Handle handle, long revision) {
    return handle
        .createQuery("SELECT * FROM device WHERE revision > :revision")
        .bind("revision", revision)
        .map((r, c) -> read(r))
        .list();
  }

  static Optional<Device> find(Handle handle, HardwareAddress mac) {
    return handle
        .createQuery("SELECT * FROM device WHERE hardware_address = :mac")
        .bind("mac", mac.text())
        .map((r, c) -> read(r))
        .findOne();
  }

  static Optional<Device> find(Handle handle, InetAddress address) {
    return handle
        .createQuery("SELECT * FROM device WHERE address = :address")
        .bind("address", address.getHostAddress())
        .map((r, c) -> read(r))
        .findOne();
  }

  static void write(Handle handle, Device d, long revision) {
    delete(handle, d.hardwareAddress());
    handle.execute(
        """
        INSERT INTO device (hardware_address, name, address, manifest, boot_file, enabled,
          variables, options, tftp, revision) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """,
        d.hardwareAddress().text(),
        d.name(),
        d.address().map(InetAddress::getHostAddress).orElse(null),
        d.manifest().orElse(null),
        d.bootFile().orElse(null),
        d.enabled(),
        JsonColumn.of(new TreeMap<>(d.variables())),
        JsonColumn.of(new TreeMap<>(d.options())),
        TftpRulesColumn.write(d.tftp()),
        revision);
    Changes.forgetDeleted(handle, Topic.DEVICES, d.hardwareAddress().text());
  }

  static void delete(Handle handle, HardwareAddress mac, long revision) {
    delete(handle, mac);
    Changes.rowDeleted(handle, Topic.DEVICES, mac.text(), revision);
  }

  private static void delete(Handle handle, HardwareAddress mac) {
    handle.execute("DELETE FROM device WHERE hardware_address = ?", mac.text());
  }

  private static Device read(ResultSet r) throws SQLException {
    return new Device(
        new HardwareAddress(r.getString("hardware_address")),
        r.getString("name"),
        Optional.ofNullable(r.getString("address")).map(SettingText::address),
        Optional.ofNullable(r.getString("manifest")),
        Optional.ofNullable(r.getString("boot_file")),
        r.getBoolean("enabled"),
        JsonColumn.readMap(r.getString("variables")),
        JsonColumn.readMap(r.getString("options")),
        TftpRulesColumn.read(r.getString("tftp")),
        r.getLong("revision"));
  }
}
