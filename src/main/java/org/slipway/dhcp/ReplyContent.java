package org.slipway.dhcp;

import java.net.Inet4Address;
import java.time.Duration;
import java.util.Optional;
import org.slipway.bootp.wire.DhcpMessageType;
import org.slipway.provisioning.BootDecision.Offer;

/**
 * What a reply is to say.
 *
 * @param offer device, network, file and size; its address is yiaddr, and absent it stays zero
 * @param server our own address: siaddr and option 54
 * @param serverName ours
 * @param files the URL of the boot files, ending with a slash
 * @param lease for how long, where an address is given
 * @param proxy whether we speak beside another server: as PXE, without an address
 */
record ReplyContent(
    DhcpMessageType type,
    Offer offer,
    Inet4Address server,
    String serverName,
    String files,
    Optional<Duration> lease,
    PxeRules rules,
    boolean proxy) {}
