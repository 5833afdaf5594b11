package org.slipway.provisioning;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slipway.leases.Network;
import org.slipway.leases.Networks;
import org.slipway.provisioning.BootRules.Verdict;

/** What a device would get now, and why, rule by rule. Asking changes nothing. */
@Singleton
public final class DeviceExplanation {
  private final BootRules rules;
  private final Networks networks;

  @Inject
  public DeviceExplanation(BootRules rules, Networks networks) {
    this.rules = rules;
    this.networks = networks;
  }

  /** One rule that was looked at. */
  public record Rule(String rule, boolean matched, String text) {}

  /**
   * The answer.
   *
   * @param reason why not, where it is silence
   * @param step the file that would be offered; empty for "an address only"
   */
  public record Explanation(
      HardwareAddress hardwareAddress,
      boolean offer,
      Optional<SilenceReason> reason,
      Optional<String> step,
      Optional<InetAddress> address,
      Optional<Network> network,
      List<Rule> rules) {}

  public Explanation explain(HardwareAddress mac) {
    List<Rule> looked = new ArrayList<>();
    Verdict verdict =
        rules.apply(
            mac,
            BootRules.Circumstances.NONE,
            (rule, matched, text) -> looked.add(new Rule(rule, matched, text.get())));
    return switch (verdict) {
      case Verdict.Quiet q ->
          new Explanation(
              mac,
              false,
              Optional.of(q.reason()),
              Optional.empty(),
              q.device().flatMap(Device::address),
              q.device().flatMap(Device::address).flatMap(networks::of),
              List.copyOf(looked));
      case Verdict.Answer a ->
          new Explanation(
              mac,
              true,
              Optional.empty(),
              Optional.of(a.file()).filter(f -> !f.isEmpty()),
              a.device().address(),
              a.device().address().flatMap(networks::of),
              List.copyOf(looked));
    };
  }
}
