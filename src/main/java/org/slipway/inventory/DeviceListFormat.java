package org.slipway.inventory;

import java.util.Locale;
import java.util.function.Function;

/** How a list of devices is written. */
public enum DeviceListFormat {
  /** Comma-separated values with a header (RFC 4180). */
  CSV(CsvDevices::read),
  /** The file of the BOOTP server of CMU and its descendants, bootptab(5). */
  BOOTPTAB(Bootptab::read),
  /** Lines {@code dhcp-host=} of dnsmasq(8), or a file of {@code dhcp-hostsfile}. */
  DNSMASQ(DnsmasqHosts::read);

  private final Function<String, DeviceList> reader;

  DeviceListFormat(Function<String, DeviceList> reader) {
    this.reader = reader;
  }

  DeviceList read(String text) {
    return reader.apply(text);
  }

  /** As it stands in an address of the API. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
