package org.slipway.bootfiles;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Supplier;

/**
 * Who asks for a boot file, as far as that is known.
 *
 * @param device its hardware address, lower case with colons; empty where nobody has entered it
 * @param network name of the network that its address is in
 * @param architecture what it said or what was entered (RFC 4578 section 2.1)
 * @param variables for targets and templates; asked for only where one is needed
 */
public record BootClient(
    Optional<String> device,
    Optional<String> network,
    OptionalInt architecture,
    Supplier<Map<String, String>> variables) {}
