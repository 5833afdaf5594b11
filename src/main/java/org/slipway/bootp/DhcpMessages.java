package org.slipway.bootp;

import org.slipway.provisioning.SilenceReason;

/**
 * Who answers the messages that are DHCP and not BOOTP (RFC 1534): they come to the same port.
 * BOOTP knows no more of DHCP than this.
 */
@FunctionalInterface
public interface DhcpMessages {

  /** Where there is nobody. */
  DhcpMessages NOBODY = (message, mayWait) -> new DhcpAnswer.Unanswered(SilenceReason.DHCP_MESSAGE);

  /**
   * Never waits for the database.
   *
   * @param mayWait false for a message that has waited: no {@link DhcpAnswer.AskAgain} then
   */
  DhcpAnswer answer(DhcpMessage message, boolean mayWait);
}
