package org.slipway.api.model;

import java.time.Instant;
import java.util.List;

/**
 * A BOOTP or DHCP datagram of a device.
 *
 * @param sent whether the portal sent it
 * @param from address and port
 * @param to address and port
 */
public record PacketDocument(
    Instant at, boolean sent, String from, String to, int octets, List<Field> fields) {

  /**
   * @param name as the RFC has it; for an option its tag and its name
   * @param offset in octets
   * @param length in octets
   */
  public record Field(String name, String value, int offset, int length) {}
}
