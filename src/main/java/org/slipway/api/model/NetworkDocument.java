package org.slipway.api.model;

import java.util.List;
import java.util.Map;

/**
 * A network.
 *
 * @param subnet such as {@code 10.0.0.0/24}
 * @param serverAddress our own address as its devices reach it
 * @param variables for rendered files, beside those of the device
 * @param unknownDevices {@code IGNORE} or {@code POOL}; absent is {@code IGNORE}
 */
public record NetworkDocument(
    String name,
    String subnet,
    String serverAddress,
    String router,
    List<String> dnsServers,
    List<String> ntpServers,
    String domain,
    List<Pool> pools,
    List<String> relays,
    String unknownDevices,
    Map<String, String> options,
    Map<String, String> variables,
    TftpDocument tftp) {

  /** Addresses from first to last, both included. */
  public record Pool(String first, String last) {}
}
