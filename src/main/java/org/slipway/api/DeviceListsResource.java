package org.slipway.api;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.SecurityContext;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.slipway.accounts.Action;
import org.slipway.accounts.InvalidInputException;
import org.slipway.api.model.DeviceImportDocument;
import org.slipway.inventory.DeviceImport;
import org.slipway.inventory.DeviceListFormat;
import org.slipway.inventory.ImportReport;
import org.slipway.inventory.ImportReport.Outcome;
import org.slipway.inventory.LineRemark;
import org.slipway.settings.SettingText;

/** Lists of devices that another server has kept. */
@Singleton
@Path("/devices/import")
@Produces(MediaType.APPLICATION_JSON)
public class DeviceListsResource {
  private final DeviceImport devices;

  @Inject
  public DeviceListsResource(DeviceImport devices) {
    this.devices = devices;
  }

  /**
   * Says what a list would change, and changes it if asked to. A list with a line that is refused
   * is not applied, unless the rest of it is wanted.
   *
   * @param content the list, in UTF-8
   * @param format csv, bootptab or dnsmasq
   * @param apply {@code true} or {@code false}, which is so if absent
   * @param partial {@code true} stores the other lines too where some are refused
   */
  @POST
  @Needs(Action.MANAGE_DEVICES)
  public DeviceImportDocument take(
      byte[] content,
      @QueryParam("format") String format,
      @QueryParam("apply") String apply,
      @QueryParam("partial") String partial,
      @Context SecurityContext security) {
    DeviceListFormat wanted = format(format);
    boolean applied = truth("apply", apply);
    boolean rest = truth("partial", partial);
    String text = DeviceImport.text(content);
    return document(
        applied
            ? devices.apply(wanted, text, rest, Caller.of(security).who())
            : devices.preview(wanted, text));
  }

  private static DeviceListFormat format(String word) {
    return Arrays.stream(DeviceListFormat.values())
        .filter(f -> f.word().equals(word))
        .findFirst()
        .orElseThrow(() ->
            new InvalidInputException(
                "format",
                "filter.choice",
                Arrays.stream(DeviceListFormat.values())
                    .map(DeviceListFormat::word)
                    .collect(Collectors.joining(", ", "Allowed: ", ""))));
  }

  private static boolean truth(String name, String word) {
    try {
      return word != null && SettingText.bool(word);
    } catch (IllegalArgumentException e) {
      throw new InvalidInputException(name, "filter.choice", "Allowed: true, false");
    }
  }

  private static DeviceImportDocument document(ImportReport report) {
    return new DeviceImportDocument(
        report.applied(),
        report.count(Outcome.ADDED),
        report.count(Outcome.CHANGED),
        report.count(Outcome.UNCHANGED),
        report.lines().stream().map(DeviceListsResource::line).toList(),
        remarks(report.refused()),
        remarks(report.ignored()));
  }

  private static DeviceImportDocument.Line line(ImportReport.Line line) {
    return new DeviceImportDocument.Line(
        line.line(),
        line.outcome().name(),
        line.device().hardwareAddress().text(),
        line.device().name(),
        line.device().address().map(InetAddress::getHostAddress).orElse(null),
        line.changes());
  }

  private static List<DeviceImportDocument.Remark> remarks(List<LineRemark> remarks) {
    return remarks.stream()
        .map(r -> new DeviceImportDocument.Remark(r.line(), r.text(), r.reason().message()))
        .toList();
  }
}
