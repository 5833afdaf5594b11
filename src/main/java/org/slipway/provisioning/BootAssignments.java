package org.slipway.provisioning;

/** The narrow read side that a boot protocol needs. Never touches the database on its way. */
public interface BootAssignments {

  /** Decides a request; starts or continues the device's run. */
  BootDecision decide(BootRequest request);

  /** Decides a request that has waited: never answers {@link BootDecision.Wait}. */
  BootDecision decideNow(BootRequest request);

  /**
   * Records a request that the protocol itself left unanswered (malformed, another server named,
   * DHCP while that is off, ...).
   *
   * @param hardwareAddress empty where the packet tells none
   */
  void unanswered(
      BootProtocol protocol,
      java.util.Optional<HardwareAddress> hardwareAddress,
      java.net.InetSocketAddress source,
      SilenceReason reason);
}
