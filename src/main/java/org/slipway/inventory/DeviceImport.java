package org.slipway.inventory;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slipway.accounts.InvalidInputException;
import org.slipway.audit.AuditAction;
import org.slipway.audit.AuditTrail;
import org.slipway.audit.AuditValues;
import org.slipway.audit.Who;
import org.slipway.inventory.ImportReport.Outcome;
import org.slipway.provisioning.Device;
import org.slipway.provisioning.Devices;

/** Takes over a list of devices, in one transaction, or says what it would do. */
@Singleton
public final class DeviceImport {
  public static final int MOST_BYTES = 4 << 20;

  private final Devices devices;
  private final AuditTrail audit;

  @Inject
  public DeviceImport(Devices devices, AuditTrail audit) {
    this.devices = devices;
    this.audit = audit;
  }

  /**
   * The text of a file.
   *
   * @throws InvalidInputException if it is too large or not UTF-8
   */
  public static String text(byte[] content) {
    if (content.length > MOST_BYTES) {
      throw new InvalidInputException("text", "import.large", "A list has at most 4 MiB");
    }
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(content)).toString();
      return text.startsWith("\ufeff") ? text.substring(1) : text;
    } catch (CharacterCodingException e) {
      throw new InvalidInputException("text", "import.encoding", "The file is not in UTF-8");
    }
  }

  /**
   * What would become of each line; nothing is changed.
   *
   * @throws InvalidInputException if there are too many
   */
  public ImportReport preview(DeviceListFormat format, String text) {
    DeviceList list = read(format, text);
    return ImportPlan.of(
            list,
            devices.all().stream()
                .collect(Collectors.toMap(Device::hardwareAddress, Function.identity())))
        .report(false);
  }

  /**
   * Stores the devices of a list, all or none.
   *
   * @param partial stores the others too where a line is refused
   * @return whether it was applied, and what became of each line
   * @throws InvalidInputException if there are too many
   */
  public ImportReport apply(DeviceListFormat format, String text, boolean partial, Who who) {
    DeviceList list = read(format, text);
    ImportReport report =
        devices.putAll(
            stored -> {
              ImportPlan plan = ImportPlan.of(list, stored);
              boolean applies = partial || plan.refused().isEmpty();
              return new Devices.Several<>(
                  applies ? plan.changed() : java.util.List.of(), plan.report(applies));
            },
            who);
    if (report.applied()) {
      audit.done(
          who,
          AuditAction.DEVICES_IMPORTED,
          format.name(),
          null,
          AuditValues.of(
              "added", report.count(Outcome.ADDED),
              "changed", report.count(Outcome.CHANGED),
              "unchanged", report.count(Outcome.UNCHANGED),
              "refused", report.refused().size()));
    } else {
      audit.refused(who, AuditAction.DEVICES_IMPORTED, format.name(), "LINES_REFUSED");
    }
    return report;
  }

  private static DeviceList read(DeviceListFormat format, String text) {
    if (text.length() > MOST_BYTES) {
      throw new InvalidInputException("text", "import.large", "A list has at most 4 MiB");
    }
    return format.read(text);
  }
}
