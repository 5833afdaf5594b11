package org.slipway.dhcp;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Locale;
import java.util.Optional;
import org.slipway.bootp.DhcpAnswer;
import org.slipway.bootp.DhcpMessage;
import org.slipway.bootp.DhcpMessages;
import org.slipway.bootp.wire.DhcpMessageType;
import org.slipway.provisioning.Device;
import org.slipway.provisioning.Devices;
import org.slipway.provisioning.SilenceReason;
import org.slipway.settings.DhcpSettings;
import org.slipway.settings.DhcpSettings.DhcpMode;
import org.slipway.settings.Settings;

/** Answers DHCP messages as the setting {@code slipway.dhcp.mode} says. */
@Singleton
public final class DhcpEngine implements DhcpMessages {
  /** The option of a device that takes a BOOTP reply to its DHCPDISCOVER. */
  public static final String BOOTP_REPLY = "bootpReplyToDiscover";

  private final Settings settings;
  private final Devices devices;
  private final DhcpServer server;
  private final ProxyDhcp proxy;

  @Inject
  DhcpEngine(Settings settings, Devices devices, DhcpServer server, ProxyDhcp proxy) {
    this.settings = settings;
    this.devices = devices;
    this.server = server;
    this.proxy = proxy;
  }

  @Override
  public DhcpAnswer answer(DhcpMessage message, boolean mayWait) {
    DhcpMode mode = settings.get(DhcpSettings.MODE);
    if (mode == DhcpMode.OFF) {
      return off(message);
    }
    Optional<DhcpRequest> request = DhcpRequest.of(message);
    if (request.isEmpty()) {
      return new DhcpAnswer.Unanswered(SilenceReason.MALFORMED);
    }
    return mode == DhcpMode.SERVER
        ? server.answer(request.get(), mayWait)
        : proxy.discover(request.get(), mayWait);
  }

  /** A message that came to the proxy's own port. */
  DhcpAnswer answerAtProxyPort(DhcpMessage message) {
    if (settings.get(DhcpSettings.MODE) != DhcpMode.PROXY) {
      return new DhcpAnswer.Unanswered(SilenceReason.DHCP_MESSAGE);
    }
    return DhcpRequest.of(message)
        .map(request -> proxy.request(request, false))
        .orElseGet(() -> new DhcpAnswer.Unanswered(SilenceReason.MALFORMED));
  }

  /**
   * RFC 1534 section 3: a DHCP client may take the reply of a BOOTP server. Others would be
   * confused by it, so it is switched on for each device.
   */
  private DhcpAnswer off(DhcpMessage message) {
    boolean discover =
        DhcpMessageType.of(message.packet().vend())
            .filter(DhcpMessageType.DISCOVER::equals)
            .isPresent();
    boolean wanted =
        devices
            .find(message.hardwareAddress())
            .map(Device::options)
            .map(o -> o.getOrDefault(BOOTP_REPLY, "").strip().toLowerCase(Locale.ROOT))
            .filter(v -> v.equals("true") || v.equals("on") || v.equals("yes"))
            .isPresent();
    return discover && wanted
        ? new DhcpAnswer.AsBootp()
        : new DhcpAnswer.Unanswered(SilenceReason.DHCP_MESSAGE);
  }
}
