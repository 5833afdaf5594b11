package org.slipway.inventory;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.slipway.audit.AuditAction;
import org.slipway.audit.AuditTrail;
import org.slipway.audit.AuditValues;
import org.slipway.audit.CsvLine;
import org.slipway.audit.Who;
import org.slipway.provisioning.Device;

/** Devices as a file that the import reads back; that it was taken is in the audit trail. */
@Singleton
public final class DeviceExport {
  public static final String MEDIA_TYPE = "text/csv;charset=utf-8;header=present";

  private final AuditTrail audit;

  @Inject
  public DeviceExport(AuditTrail audit) {
    this.audit = audit;
  }

  /** Writes devices in the order that they are given. */
  public void write(List<Device> devices, Who who, OutputStream to) throws IOException {
    audit.done(
        who,
        AuditAction.DEVICES_EXPORTED,
        "",
        null,
        AuditValues.of("format", "CSV", "devices", devices.size()));
    List<DeviceColumn> columns = List.of(DeviceColumn.values());
    Writer out = new BufferedWriter(new OutputStreamWriter(to, StandardCharsets.UTF_8));
    out.write(CsvLine.of(Arrays.stream(DeviceColumn.values()).map(DeviceColumn::title).toList()));
    for (Device device : devices) {
      out.write(CsvLine.of(columns.stream().map(c -> c.of(device)).toList()));
    }
    out.flush();
  }
}
