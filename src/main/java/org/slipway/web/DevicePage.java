package org.slipway.web;

import jakarta.faces.context.FacesContext;
import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.IOException;
import java.io.Serializable;
import java.util.List;
import java.util.Optional;
import org.slipway.accounts.Action;
import org.slipway.provisioning.Device;
import org.slipway.provisioning.DeviceExplanation;
import org.slipway.provisioning.Devices;
import org.slipway.provisioning.HardwareAddress;
import org.slipway.provisioning.RunBook;
import org.slipway.provisioning.RunEvent;
import org.slipway.provisioning.RunReports;
import org.slipway.provisioning.RunTimeline;

/** One device: what it would get now and why, and what happened in its runs. */
@Named
@ViewScoped
public class DevicePage implements Serializable {
  private static final long serialVersionUID = 1L;

  @Inject private transient Devices devices;
  @Inject private transient DeviceExplanation explanations;
  @Inject private transient RunTimeline timeline;
  @Inject private transient RunReports reports;
  @Inject private transient RunBook runs;
  @Inject private transient Me me;
  private String mac;
  private String hardwareAddress;
  private transient DeviceExplanation.Explanation explanation;
  private transient List<RunTimeline.Entry> entries;
  private transient List<RunEvent> outside;

  /** Looked at before the page is shown. */
  public void check() throws IOException {
    Optional<HardwareAddress> parsed = Optional.ofNullable(mac).flatMap(HardwareAddress::parse);
    if (parsed.flatMap(devices::find).isEmpty()) {
      FacesContext context = FacesContext.getCurrentInstance();
      context.getExternalContext().responseSendError(404, null);
      context.responseComplete();
      return;
    }
    hardwareAddress = parsed.get().text();
  }

  private HardwareAddress address() {
    return new HardwareAddress(hardwareAddress);
  }

  /** Its name, or its hardware address where it has none. */
  public String getTitle() {
    Device device = getDevice();
    return device == null || device.name().isBlank() ? hardwareAddress : device.name();
  }

  public Device getDevice() {
    return devices.find(address()).orElse(null);
  }

  /** Forgets what was read, so that a page that refreshes itself shows what is true now. */
  public void refresh() {
    explanation = null;
    entries = null;
    outside = null;
  }

  public DeviceExplanation.Explanation getExplanation() {
    if (explanation == null) {
      explanation = explanations.explain(address());
    }
    return explanation;
  }

  public List<RunTimeline.Entry> getEntries() {
    if (entries == null) {
      entries = timeline.of(address());
    }
    return entries;
  }

  public List<RunEvent> getOutside() {
    if (outside == null) {
      outside = timeline.outsideOfRuns(address());
    }
    return outside;
  }

  /** Whether something happened to it ever. */
  public boolean isSilentSoFar() {
    return getEntries().isEmpty() && getOutside().isEmpty();
  }

  public void rearm() {
    me.require(Action.MANAGE_DEVICES);
    if (Feedback.tried("device", () -> runs.rearm(address(), me.who()))) {
      refresh();
      Feedback.done("device.rearmed");
    }
  }

  /** For a device that cannot say so itself. */
  public void provisioned() {
    me.require(Action.MANAGE_DEVICES);
    if (Feedback.tried(
        "device",
        () ->
            reports.report(
                address(), RunReports.Outcome.PROVISIONED, Optional.of(me.who().name())))) {
      refresh();
      Feedback.done("device.provisionedNoted");
    }
  }

  /** What a rule of the explanation asks. */
  public String ruleText(DeviceExplanation.Rule rule) {
    return Words.find("rule." + rule.rule()).orElse(rule.text());
  }

  /** What the rule found beyond yes and no; told in English only. */
  public String ruleDetail(DeviceExplanation.Rule rule) {
    return Words.isEnglish() && !rule.text().endsWith("?") ? rule.text() : "";
  }

  public String eventText(RunEvent event) {
    return Words.find("event." + event.kind()).orElse(event.kind());
  }

  /** A reason as the reader's words, or as it was recorded. */
  public String reasonText(String reason) {
    return Words.find("reason." + reason).or(() -> Words.cause(reason)).orElse(reason);
  }

  public String eventTone(RunEvent event) {
    return switch (event.kind()) {
      case "DELIVERED",
          "STEP_DELIVERED",
          "SEQUENCE_COMPLETE",
          "GET_COMPLETE",
          "PUT_COMPLETE",
          "PROVISIONED" ->
          "good";
      case "REFUSED", "NOT_PROVISIONED", "GET_FAILED", "GET_REFUSED", "PUT_FAILED", "PUT_REFUSED" ->
          "bad";
      case "ABORTED", "SILENCE", "NEVER_ACKNOWLEDGED", "GET_ABORTED", "PUT_ABORTED" -> "warn";
      case "OFFER", "RUN_STARTED", "STARTED" -> "busy";
      default -> "idle";
    };
  }

  public String getMac() {
    return mac;
  }

  public void setMac(String mac) {
    this.mac = mac;
  }
}
