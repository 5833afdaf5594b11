package org.slipway.web;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.servlet.http.HttpServletRequest;
import java.net.InetAddress;
import java.util.List;
import org.slipway.settings.CidrBlock;
import org.slipway.settings.PortalSettings;
import org.slipway.settings.SettingText;
import org.slipway.settings.Settings;

/** From where a request really comes: {@code X-Forwarded-For} counts only from a trusted proxy. */
@Singleton
public final class ClientAddress {
  private final Settings settings;

  @Inject
  public ClientAddress(Settings settings) {
    this.settings = settings;
  }

  /** The nearest address on the way that is not one of our own proxies. */
  public InetAddress of(HttpServletRequest request) {
    InetAddress nearest = SettingText.address(withoutZone(request.getRemoteAddr()));
    String forwarded = request.getHeader("X-Forwarded-For");
    if (forwarded == null || !isTrusted(nearest)) {
      return nearest;
    }
    String[] hops = forwarded.split(",");
    for (int i = hops.length - 1; i >= 0; i--) {
      try {
        nearest = SettingText.address(hops[i].strip());
      } catch (IllegalArgumentException e) {
        return nearest;
      }
      if (!isTrusted(nearest)) {
        return nearest;
      }
    }
    return nearest;
  }

  private boolean isTrusted(InetAddress address) {
    List<CidrBlock> proxies = settings.get(PortalSettings.TRUSTED_PROXIES);
    return proxies.stream().anyMatch(block -> block.contains(address));
  }

  private static String withoutZone(String address) {
    int zone = address.indexOf('%');
    return zone < 0 ? address : address.substring(0, zone);
  }
}
