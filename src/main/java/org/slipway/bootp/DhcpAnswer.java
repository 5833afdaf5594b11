package org.slipway.bootp;

import java.net.Inet4Address;
import java.util.concurrent.CompletableFuture;
import org.slipway.bootp.wire.BootpPacket;
import org.slipway.provisioning.SilenceReason;

/** What is to be done with a DHCP message. */
public sealed interface DhcpAnswer {

  /**
   * Send a reply.
   *
   * @param server the address that a broadcast leaves from
   */
  record Send(BootpPacket packet, ReplyAddress to, Inet4Address server) implements DhcpAnswer {}

  /**
   * Send it when what it promises is durable; nothing if the future fails, which is recorded as
   * {@link SilenceReason#LEASE_NOT_WRITTEN}.
   */
  record SendWhen(CompletableFuture<Send> written) implements DhcpAnswer {}

  /** Ask again when the future completes, or after 100 ms. */
  record AskAgain(CompletableFuture<Void> settled) implements DhcpAnswer {}

  /** Answer it as if it were BOOTP (RFC 1534 section 3). */
  record AsBootp() implements DhcpAnswer {}

  /** No reply, for a reason that is to be recorded. */
  record Unanswered(SilenceReason reason) implements DhcpAnswer {}

  /** No reply: none is due, or the reason is recorded already. */
  record Nothing() implements DhcpAnswer {}
}
