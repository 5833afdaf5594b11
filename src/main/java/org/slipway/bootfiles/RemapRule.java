package org.slipway.bootfiles;

import java.util.Optional;
import java.util.OptionalInt;

/**
 * Which file a client gets for a name that it asks for.
 *
 * @param position its place in the order, from 1
 * @param pattern an RE2 expression that the whole name must match, without a leading slash
 * @param network name of the network that the client must be in
 * @param device hardware address that the client must have, lower case with colons
 * @param architecture what the client must be (RFC 4578 section 2.1), such as 7 for UEFI x64
 * @param target the new name: {@code $1} is what the first group matched, {@code {{mac}}} a
 *     variable of the client; empty for {@code DENY}
 * @param proceed whether the rules behind it look at the new name
 * @param unlessExists whether it leaves names alone under which there is a file
 */
public record RemapRule(
    String name,
    int position,
    String pattern,
    Optional<String> network,
    Optional<String> device,
    OptionalInt architecture,
    Action action,
    String target,
    boolean proceed,
    boolean unlessExists,
    boolean enabled,
    long revision) {

  /** What becomes of a name that matches. */
  public enum Action {
    REWRITE,
    DENY
  }

  RemapRule at(int place) {
    return new RemapRule(
        name,
        place,
        pattern,
        network,
        device,
        architecture,
        action,
        target,
        proceed,
        unlessExists,
        enabled,
        revision);
  }
}
