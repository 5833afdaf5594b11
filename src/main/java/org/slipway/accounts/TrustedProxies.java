package org.slipway.accounts;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import org.slipway.settings.CidrBlock;
import org.slipway.settings.PortalSettings;
import org.slipway.settings.SettingText;
import org.slipway.settings.Settings;

/**
 * Says from which address an HTTP request really comes. {@code X-Forwarded-For} is believed only as
 * far as it was written by a proxy of {@code slipway.http.trusted-proxies}; anybody else could name
 * any address there.
 */
@Singleton
public final class TrustedProxies {
  private final Settings settings;

  @Inject
  public TrustedProxies(Settings settings) {
    this.settings = settings;
  }

  /**
   * Walks from the peer towards the client for as long as the one who tells is trusted.
   *
   * @param peer numeric address of the connection's other end
   * @param forwardedFor the values of all {@code X-Forwarded-For} headers, in their order
   */
  public InetAddress client(String peer, List<String> forwardedFor) {
    InetAddress client = SettingText.address(peer);
    List<String> hops = new ArrayList<>();
    forwardedFor.forEach(value -> hops.addAll(List.of(value.split(","))));
    List<CidrBlock> trusted = settings.get(PortalSettings.TRUSTED_PROXIES);
    while (!hops.isEmpty() && isTrusted(trusted, client)) {
      try {
        client = SettingText.address(hops.removeLast().strip());
      } catch (IllegalArgumentException e) {
        return client;
      }
    }
    return client;
  }

  /** Whether the connection's other end is a proxy that is believed. */
  public boolean isTrusted(String peer) {
    return isTrusted(settings.get(PortalSettings.TRUSTED_PROXIES), SettingText.address(peer));
  }

  private static boolean isTrusted(List<CidrBlock> trusted, InetAddress address) {
    return trusted.stream().anyMatch(block -> block.contains(address));
  }
}
