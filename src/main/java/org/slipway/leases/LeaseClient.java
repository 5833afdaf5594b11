package org.slipway.leases;

import java.util.Optional;

/**
 * Who wants an address.
 *
 * @param hardwareAddress as it is shown: lower case with colons
 * @param hostName what it calls itself, if it does (option 12)
 */
public record LeaseClient(
    ClientIdentity identity, String hardwareAddress, Optional<String> hostName) {}
