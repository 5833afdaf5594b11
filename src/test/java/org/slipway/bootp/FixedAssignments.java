package org.slipway.bootp;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.slipway.leases.Network;
import org.slipway.leases.TftpRules;
import org.slipway.provisioning.BootAssignments;
import org.slipway.provisioning.BootDecision;
import org.slipway.provisioning.BootProtocol;
import org.slipway.provisioning.BootRequest;
import org.slipway.provisioning.Device;
import org.slipway.provisioning.HardwareAddress;
import org.slipway.provisioning.SilenceReason;

/** Decisions that a test has fixed beforehand, and a note of everything that was asked. */
final class FixedAssignments implements BootAssignments {

  /** What the listener has left unanswered by itself. */
  record Unanswered(
      Optional<HardwareAddress> hardwareAddress, InetSocketAddress source, SilenceReason reason) {}

  final Map<String, Function<BootRequest, BootDecision>> decisions = new ConcurrentHashMap<>();
  final Map<String, Function<BootRequest, BootDecision>> lateDecisions = new ConcurrentHashMap<>();
  final List<BootRequest> asked = new CopyOnWriteArrayList<>();
  final List<Unanswered> unanswered = new CopyOnWriteArrayList<>();

  void offer(String mac, String address, String file) {
    BootDecision offer = offerOf(mac, address, file, 1);
    decisions.put(mac, request -> offer);
  }

  static BootDecision.Offer offerOf(String mac, String address, String file, long stamp) {
    return offerOf(device(mac, Map.of()), address, file, OptionalLong.empty(), null, stamp);
  }

  static BootDecision.Offer offerOf(
      Device device, String address, String file, OptionalLong size, Network network, long stamp) {
    return new BootDecision.Offer(
        device,
        Optional.ofNullable(address).map(InetAddress::ofLiteral),
        file,
        size,
        Optional.ofNullable(network),
        stamp);
  }

  static Device device(String mac, Map<String, String> options) {
    return new Device(
        new HardwareAddress(mac),
        "sw-01",
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        true,
        Map.of(),
        options,
        TftpRules.NONE,
        1);
  }

  @Override
  public BootDecision decide(BootRequest request) {
    asked.add(request);
    return decisions
        .getOrDefault(
            request.hardwareAddress().text(),
            r -> new BootDecision.Silence(SilenceReason.UNKNOWN_DEVICE))
        .apply(request);
  }

  @Override
  public BootDecision decideNow(BootRequest request) {
    return lateDecisions.get(request.hardwareAddress().text()).apply(request);
  }

  @Override
  public void unanswered(
      BootProtocol protocol,
      Optional<HardwareAddress> hardwareAddress,
      InetSocketAddress source,
      SilenceReason reason) {
    unanswered.add(new Unanswered(hardwareAddress, source, reason));
  }

  List<SilenceReason> reasons() {
    return unanswered.stream().map(Unanswered::reason).toList();
  }
}
