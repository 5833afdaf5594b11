package org.slipway.api;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.SecurityContext;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.slipway.accounts.Action;
import org.slipway.accounts.Authorization;
import org.slipway.accounts.InvalidInputException;
import org.slipway.accounts.Refusal;
import org.slipway.accounts.RefusedException;
import org.slipway.api.model.ExplanationDocument;
import org.slipway.api.model.NamePreviewDocument;
import org.slipway.api.model.ProvisionedRequest;
import org.slipway.api.model.RunDocument;
import org.slipway.api.model.TimelineDocument;
import org.slipway.bootp.ServerAddress;
import org.slipway.provisioning.Device;
import org.slipway.provisioning.DeviceExplanation;
import org.slipway.provisioning.DeviceExplanation.Explanation;
import org.slipway.provisioning.Devices;
import org.slipway.provisioning.HardwareAddress;
import org.slipway.provisioning.NamePreview;
import org.slipway.provisioning.Run;
import org.slipway.provisioning.RunBook;
import org.slipway.provisioning.RunEvent;
import org.slipway.provisioning.RunReports;
import org.slipway.provisioning.RunTimeline;

/** Where a device is in its boot sequence: what it would get now, what it got, and a new start. */
@Singleton
@Path("/devices")
@Produces(MediaType.APPLICATION_JSON)
public class DeviceRunsResource {
  private final DeviceExplanation explanation;
  private final ServerAddress serverAddress;
  private final RunTimeline timeline;
  private final RunBook runs;
  private final Devices devices;
  private static final int LONGEST_TEXT = 300;
  private static final Pattern PRINTABLE = Pattern.compile("\\P{Cntrl}*");

  private final NamePreview preview;
  private final RunReports reports;
  private final Authorization authorization;

  @Inject
  public DeviceRunsResource(
      DeviceExplanation explanation,
      ServerAddress serverAddress,
      RunTimeline timeline,
      RunBook runs,
      Devices devices,
      NamePreview preview,
      RunReports reports,
      Authorization authorization) {
    this.preview = preview;
    this.reports = reports;
    this.authorization = authorization;
    this.explanation = explanation;
    this.serverAddress = serverAddress;
    this.timeline = timeline;
    this.runs = runs;
    this.devices = devices;
  }

  /** Answers for an address that nobody has entered, too: it says just that. */
  @GET
  @Path("{mac}/explain")
  @Needs(Action.MANAGE_DEVICES)
  public ExplanationDocument explain(@PathParam("mac") String mac) {
    Explanation e = explanation.explain(DeviceDocuments.hardwareAddress(mac));
    return new ExplanationDocument(
        e.hardwareAddress().text(),
        e.offer() ? "OFFER" : "SILENCE",
        e.reason().map(Enum::name).orElse(null),
        e.step().orElse(null),
        e.address().map(InetAddress::getHostAddress).orElse(null),
        serverAddress
            .forDevice(e.network(), e.address())
            .map(InetAddress::getHostAddress)
            .orElse(null),
        e.rules().stream()
            .map(r -> new ExplanationDocument.Rule(r.rule(), r.matched(), r.text()))
            .toList());
  }

  @GET
  @Path("{mac}/timeline")
  @Needs(Action.MANAGE_DEVICES)
  public TimelineDocument timeline(@PathParam("mac") String mac) {
    HardwareAddress hardwareAddress = DeviceDocuments.hardwareAddress(mac);
    List<RunDocument> items =
        timeline.of(hardwareAddress).stream().map(DeviceRunsResource::document).toList();
    return new TimelineDocument(
        items,
        items.size(),
        timeline.outsideOfRuns(hardwareAddress).stream()
            .map(DeviceRunsResource::document)
            .toList());
  }

  /** What the device would get for a name by TFTP and HTTP boot, rule by rule. */
  @GET
  @Path("{mac}/resolve")
  @Needs(Action.MANAGE_DEVICES)
  public NamePreviewDocument resolve(
      @PathParam("mac") String mac, @QueryParam("name") String name) {
    Device device = existing(DeviceDocuments.hardwareAddress(mac));
    if (name == null || name.isEmpty()) {
      throw new InvalidInputException("name", "needed", "A value is needed");
    }
    return RemapRuleDocuments.of(preview.of(device, name));
  }

  @POST
  @Path("{mac}/rearm")
  @Needs(Action.MANAGE_DEVICES)
  public void rearm(@PathParam("mac") String mac, @Context SecurityContext security) {
    Device device = existing(DeviceDocuments.hardwareAddress(mac));
    runs.rearm(device.hardwareAddress(), Caller.of(security).who());
  }

  /**
   * What the device, or somebody in its place, says about its latest run. Whoever may change
   * devices may say it, and the account of the run's manifest, which fetched the files.
   */
  @POST
  @Path("{mac}/provisioned")
  @NeedsLogin
  @ForTokens
  @Consumes(MediaType.APPLICATION_JSON)
  public void provisioned(
      @PathParam("mac") String mac, ProvisionedRequest request, @Context SecurityContext security) {
    HardwareAddress hardwareAddress = DeviceDocuments.hardwareAddress(mac);
    Caller caller = Caller.of(security);
    if (reports.isOf(hardwareAddress, caller.account().id())) {
      TokenAccess.require(caller, "GET", Action.USE_OWN_HOME);
    } else {
      TokenAccess.require(caller, "POST", Action.MANAGE_DEVICES);
      authorization.require(caller.account().id(), caller.channel(), Action.MANAGE_DEVICES);
    }
    Device device = existing(hardwareAddress);
    Fields fields = new Fields();
    RunReports.Outcome outcome =
        fields.choice(
            "outcome", request.outcome(), RunReports.Outcome.class, RunReports.Outcome.PROVISIONED);
    Optional<String> text = Fields.optional(request.text());
    if (text.filter(t -> t.length() > LONGEST_TEXT || !PRINTABLE.matcher(t).matches())
        .isPresent()) {
      fields.bad("text", "length", "At most 300 characters without control characters");
    }
    fields.check();
    reports.report(device.hardwareAddress(), outcome, text);
  }

  private Device existing(HardwareAddress mac) {
    return devices
        .find(mac)
        .orElseThrow(
            () -> new RefusedException(Refusal.Kind.NO_SUCH_THING, "There is no device " + mac));
  }

  private static RunDocument document(RunTimeline.Entry entry) {
    Run run = entry.run();
    return new RunDocument(
        run.id().toString(),
        run.manifest(),
        run.version(),
        entry.state().name(),
        run.deliveredSteps(),
        entry.steps(),
        run.started(),
        run.ended().orElse(null),
        run.endReason().orElse(null),
        entry.events().stream().map(DeviceRunsResource::document).toList());
  }

  private static RunDocument.Event document(RunEvent e) {
    return new RunDocument.Event(
        e.at(),
        e.last(),
        e.protocol(),
        e.kind(),
        e.path().orElse(null),
        e.bytes(),
        e.count(),
        e.reason().orElse(null));
  }
}
