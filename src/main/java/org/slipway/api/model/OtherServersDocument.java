package org.slipway.api.model;

import java.time.Instant;
import java.util.List;

/**
 * What a search for other BOOTP and DHCP servers found.
 *
 * @param askedFrom our addresses that the question left from
 * @param answered the addresses of who answered this time
 * @param error why nothing could be heard
 * @param servers all that have shown themselves since the start, the last one first
 */
public record OtherServersDocument(
    List<String> askedFrom, List<String> answered, String error, List<Server> servers) {

  /**
   * A server.
   *
   * @param evidence {@code ANSWERED} our search, {@code REPLIED} to our port, or was {@code CHOSEN}
   *     by a client
   * @param device the client that it was seen with last
   * @param times how often it was seen
   */
  public record Server(
      String address, String evidence, String device, Instant first, Instant last, long times) {}
}
