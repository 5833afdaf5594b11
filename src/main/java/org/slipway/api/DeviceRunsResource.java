package org.slipway.api;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.SecurityContext;
import java.net.InetAddress;
import java.util.List;
import org.slipway.accounts.Action;
import org.slipway.accounts.Refusal;
import org.slipway.accounts.RefusedException;
import org.slipway.api.model.ExplanationDocument;
import org.slipway.api.model.RunDocument;
import org.slipway.api.model.TimelineDocument;
import org.slipway.bootp.ServerAddress;
import org.slipway.provisioning.DeviceExplanation;
import org.slipway.provisioning.DeviceExplanation.Explanation;
import org.slipway.provisioning.Devices;
import org.slipway.provisioning.HardwareAddress;
import org.slipway.provisioning.Run;
import org.slipway.provisioning.RunBook;
import org.slipway.provisioning.RunEvent;
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

  @Inject
  public DeviceRunsResource(
      DeviceExplanation explanation,
      ServerAddress serverAddress,
      RunTimeline timeline,
      RunBook runs,
      Devices devices) {
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

  @POST
  @Path("{mac}/rearm")
  @Needs(Action.MANAGE_DEVICES)
  public void rearm(@PathParam("mac") String mac, @Context SecurityContext security) {
    HardwareAddress hardwareAddress = DeviceDocuments.hardwareAddress(mac);
    if (devices.find(hardwareAddress).isEmpty()) {
      throw new RefusedException(
          Refusal.Kind.NO_SUCH_THING, "There is no device " + hardwareAddress);
    }
    runs.rearm(hardwareAddress, Caller.of(security).who());
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
