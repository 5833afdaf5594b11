package org.slipway.ftp;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.Optional;
import org.slipway.settings.FtpSettings;
import org.slipway.settings.PublicAddresses;
import org.slipway.settings.Settings;

/**
 * The address that PASV tells a client.
 *
 * @param rule of {@code slipway.ftp.public-addresses}, if that decides
 */
record AnnouncedAddress(Inet4Address address, Source source, Optional<PublicAddresses.Rule> rule) {

  /** What decides which address it is. */
  enum Source {
    PUBLIC_ADDRESSES,
    PUBLIC_ADDRESS,
    CONTROL_CONNECTION
  }

  /**
   * @param own the address of the server that the client has come to
   * @return empty if the client has not come by IPv4
   */
  static Optional<AnnouncedAddress> of(Settings settings, InetAddress own, InetAddress client) {
    return own instanceof Inet4Address come
        ? Optional.of(ofIpv4(settings, come, client))
        : Optional.empty();
  }

  private static AnnouncedAddress ofIpv4(Settings settings, Inet4Address own, InetAddress client) {
    Optional<PublicAddresses.Rule> rule = settings.get(FtpSettings.PUBLIC_ADDRESSES).of(client);
    if (rule.isPresent()) {
      return new AnnouncedAddress(rule.get().address().orElse(own), Source.PUBLIC_ADDRESSES, rule);
    }
    return settings
        .get(FtpSettings.PUBLIC_ADDRESS)
        .filter(Inet4Address.class::isInstance)
        .map(told ->
            new AnnouncedAddress((Inet4Address) told, Source.PUBLIC_ADDRESS, Optional.empty()))
        .orElseGet(() -> new AnnouncedAddress(own, Source.CONTROL_CONNECTION, Optional.empty()));
  }
}
