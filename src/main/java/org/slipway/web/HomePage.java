package org.slipway.web;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Optional;
import org.slipway.accounts.QuotaLedger;
import org.slipway.accounts.TrafficLedger;
import org.slipway.listeners.ListenerStatus;
import org.slipway.listeners.ListenerSupervisor;
import org.slipway.provisioning.Devices;
import org.slipway.provisioning.Manifests;
import org.slipway.provisioning.RunBook;
import org.slipway.transfers.TransferLog;
import org.slipway.transfers.TransferRecord;

/** One's own page: quota, how to connect, recent transfers; for operators what goes on. */
@Named
@RequestScoped
public class HomePage {
  private static final int RECENT = 8;

  @Inject private Me me;
  @Inject private QuotaLedger ledger;
  @Inject private TrafficLedger trafficLedger;
  @Inject private ListenerSupervisor listeners;
  @Inject private TransferLog transfers;
  @Inject private RunBook runs;
  @Inject private Devices devices;
  @Inject private Manifests manifests;
  @Inject private HttpServletRequest request;
  private QuotaLedger.Usage usage;
  private TrafficLedger.Usage traffic;
  private List<TransferRecord> recent;

  private QuotaLedger.Usage usage() {
    if (usage == null) {
      usage = ledger.usage(me.getAccount().id());
    }
    return usage;
  }

  public QuotaBar getBytes() {
    return QuotaBar.of(usage().usedBytes(), usage().quotaBytes());
  }

  public QuotaBar getFiles() {
    return QuotaBar.of(usage().usedFiles(), usage().quotaFiles());
  }

  private TrafficLedger.Usage traffic() {
    if (traffic == null) {
      traffic = trafficLedger.usage(me.getAccount().id());
    }
    return traffic;
  }

  public QuotaBar getTrafficDay() {
    return QuotaBar.of(traffic().dayBytes(), traffic().perDay());
  }

  public QuotaBar getTrafficMonth() {
    return QuotaBar.of(traffic().monthBytes(), traffic().perMonth());
  }

  private Optional<ListenerStatus> ftp() {
    return listeners.status("ftp");
  }

  public ListenerStatus.State getFtpState() {
    return ftp().map(ListenerStatus::state).orElse(ListenerStatus.State.STOPPED);
  }

  /** The name under which the reader reaches the portal. */
  public String getHost() {
    String host = request.getServerName();
    return host.contains(":") && !host.startsWith("[") ? "[" + host + "]" : host;
  }

  public int getPort() {
    return ftp()
        .flatMap(ListenerStatus::address)
        .map(java.net.InetSocketAddress::getPort)
        .or(() -> ftp().map(ListenerStatus::configuredPort))
        .orElse(21);
  }

  private String url(String path) {
    return "ftp://" + getHost() + ":" + getPort() + "/" + path;
  }

  /** Commands to copy; each asks for the password itself. */
  public List<String> getCommands() {
    String user = me.getAccount().username();
    return List.of(
        "curl -u " + user + " -T FILE " + url(""),
        "curl -u " + user + " -O " + url("FILE"),
        "curl -u " + user + " " + url(""),
        "lftp -u " + user + " " + url(""));
  }

  public List<TransferRecord> getRecent() {
    if (recent == null) {
      recent = transfers.page("", Optional.of(me.getAccount().username()), 0, RECENT);
    }
    return recent;
  }

  public List<ListenerStatus> getListeners() {
    return listeners.statuses();
  }

  /** Devices that walk their manifests now. */
  public List<RunBook.Progress> getBooting() {
    return runs.openRuns().stream().filter(run -> !run.isComplete()).toList();
  }

  public int getDeviceCount() {
    return devices.all().size();
  }

  public int getManifestCount() {
    return manifests.all().size();
  }
}
