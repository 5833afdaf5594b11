package org.slipway.web;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slipway.accounts.Action;
import org.slipway.audit.AuditAction;
import org.slipway.audit.AuditTrail;
import org.slipway.audit.AuditValues;
import org.slipway.listeners.ListenerStatus;
import org.slipway.listeners.ListenerStatus.State;
import org.slipway.listeners.ListenerSupervisor;
import org.slipway.provisioning.BootSequence;
import org.slipway.provisioning.SilenceReason;
import org.slipway.settings.DhcpSettings;
import org.slipway.settings.Settings;

/** How the listeners are; starting and stopping them. */
@Named
@RequestScoped
public class ListenersPage {
  /** What the supervisor's sentences have in common, and where their translation is. */
  private static final Map<String, String> CAUSES =
      Map.of(
          "need a privilege", "privilege",
          "another program has it", "inUse",
          "none of this machine", "address",
          "ended by a fault", "ended",
          "has the value", "setting");

  private static final Pattern PORT = Pattern.compile("port (\\d+)");
  private static final Pattern SETTING = Pattern.compile("\\bslipway\\.[a-z.-]*[a-z]");

  @Inject private ListenerSupervisor supervisor;
  @Inject private BootSequence boots;
  @Inject private AuditTrail audit;
  @Inject private Me me;
  @Inject private Settings settings;

  public List<ListenerStatus> getListeners() {
    return supervisor.statuses();
  }

  /** What a listener is bound to, without its port; empty while it is bound to nothing. */
  public String address(ListenerStatus status) {
    return status.address().map(InetSocketAddress::getAddress).map(ListenersPage::text).orElse("");
  }

  private static String text(InetAddress address) {
    return address.isAnyLocalAddress() ? Words.text("listener.any") : address.getHostAddress();
  }

  /** The port that is bound, or the one that would be. */
  public String port(ListenerStatus status) {
    return Integer.toString(
        status.address().map(InetSocketAddress::getPort).orElse(status.configuredPort()));
  }

  public String about(ListenerStatus status) {
    return Words.find("listener." + status.protocol()).orElse("");
  }

  /** What is to be known of it; BOOTP alone has something, when DHCP is on. */
  public String warning(ListenerStatus status) {
    if (status.warning().isEmpty()) {
      return "";
    }
    return switch (settings.get(DhcpSettings.MODE)) {
      case OFF -> "";
      case SERVER -> Words.text("listener.dhcp.server");
      case PROXY -> Words.text("listener.dhcp.proxy");
    };
  }

  /** Boot requests that got no answer, by reason; empty for what answers none. */
  public List<Map.Entry<SilenceReason, Long>> unanswered(ListenerStatus status) {
    return status.protocol().equals("bootp")
        ? List.copyOf(boots.unansweredSoFar().entrySet())
        : List.of();
  }

  public String reasonText(SilenceReason reason) {
    return Words.text("reason." + reason);
  }

  /** Why it failed, with the remedy; in English as the supervisor says it. */
  public String error(ListenerStatus status) {
    String english = status.error().orElse("");
    if (english.isEmpty() || Words.isEnglish()) {
      return english;
    }
    String cause =
        CAUSES.entrySet().stream()
            .filter(c -> english.contains(c.getKey()))
            .map(Map.Entry::getValue)
            .findFirst()
            .orElse("other");
    return Words.text(
        "listener.error." + cause,
        status.protocol(),
        found(PORT, english, 1).orElseGet(() -> port(status)),
        found(SETTING, english, 0).orElseGet(() -> "slipway." + status.protocol() + ".port"));
  }

  private static Optional<String> found(Pattern pattern, String text, int group) {
    Matcher matcher = pattern.matcher(text);
    return matcher.find() ? Optional.of(matcher.group(group)) : Optional.empty();
  }

  /** The port whose connections begin with TLS; empty if it has none. */
  public String implicitTlsPort(ListenerStatus status) {
    return status.implicitTlsPort().map(String::valueOf).orElse("");
  }

  public void start(String protocol) {
    if (change(protocol, AuditAction.LISTENER_STARTED, supervisor::start) == State.LISTENING) {
      Feedback.done("listeners.started", protocol.toUpperCase(Words.locale()));
    } else {
      Feedback.error(Words.text("listeners.notStarted", protocol.toUpperCase(Words.locale())));
    }
  }

  public void stop(String protocol) {
    change(protocol, AuditAction.LISTENER_STOPPED, supervisor::stop);
    Feedback.done("listeners.stopped", protocol.toUpperCase(Words.locale()));
  }

  private State change(
      String protocol, AuditAction action, Function<String, ListenerStatus> changed) {
    me.require(Action.MANAGE_LISTENERS);
    State before = supervisor.status(protocol).orElseThrow().state();
    State after = changed.apply(protocol).state();
    audit.done(
        me.who(),
        action,
        protocol,
        AuditValues.of("state", before),
        AuditValues.of("state", after));
    return after;
  }
}
