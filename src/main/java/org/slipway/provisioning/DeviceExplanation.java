package org.slipway.provisioning;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slipway.leases.Leases;
import org.slipway.leases.Network;
import org.slipway.leases.Networks;
import org.slipway.provisioning.BootRules.Circumstances;
import org.slipway.provisioning.BootRules.Verdict;
import org.slipway.provisioning.PoolProspects.Prospect;

/** What a device would get now, and why, rule by rule. Asking changes nothing. */
@Singleton
public final class DeviceExplanation {
  private final BootRules rules;
  private final Devices devices;
  private final Networks networks;
  private final PoolProspects pools;

  @Inject
  public DeviceExplanation(BootRules rules, Devices devices, Leases leases, Networks networks) {
    this.rules = rules;
    this.devices = devices;
    this.networks = networks;
    this.pools = new PoolProspects(devices, leases, networks);
  }

  /** One rule that was looked at. */
  public record Rule(String rule, boolean matched, String text) {}

  /**
   * The answer.
   *
   * @param reason why not, where it is silence
   * @param step the file that would be offered; empty for "an address only"
   * @param address empty also where a pool would give one that is not certain yet
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
    Optional<Prospect> pool = pools.of(mac);
    Optional<Prospect> given = pool.filter(Prospect::given);
    boolean entered = devices.find(mac).isPresent();
    List<Rule> looked = new ArrayList<>();
    Verdict verdict =
        rules.apply(
            mac,
            given.map(p -> circumstances(p, entered)).orElse(Circumstances.NONE),
            (rule, matched, text) -> looked.add(new Rule(rule, matched, text.get())));
    // The first rule asks whether the device is entered, and the pools are asked for it next.
    pool.ifPresent(p -> looked.add(1, new Rule("POOL", p.given(), p.text())));
    return switch (verdict) {
      case Verdict.Quiet q -> {
        boolean exhausted = !entered && pool.filter(Prospect::exhausted).isPresent();
        SilenceReason reason = exhausted ? SilenceReason.POOL_EXHAUSTED : q.reason();
        yield explained(mac, Optional.of(reason), "", q.device(), given, looked);
      }
      case Verdict.Answer a ->
          explained(mac, Optional.empty(), a.file(), Optional.of(a.device()), given, looked);
    };
  }

  /** As for a request by BOOTP, which does not tell what kind of device it comes from. */
  private static Circumstances circumstances(Prospect pool, boolean entered) {
    Optional<String> bootFile =
        entered ? Optional.empty() : pool.network().flatMap(Network::bootFile);
    return new Circumstances(Optional.empty(), bootFile, true);
  }

  private Explanation explained(
      HardwareAddress mac,
      Optional<SilenceReason> reason,
      String file,
      Optional<Device> device,
      Optional<Prospect> given,
      List<Rule> looked) {
    Optional<InetAddress> address =
        device.flatMap(Device::address).or(() -> given.flatMap(Prospect::address));
    return new Explanation(
        mac,
        reason.isEmpty(),
        reason,
        Optional.of(file).filter(f -> !f.isEmpty()),
        address,
        address.flatMap(networks::of).or(() -> given.flatMap(Prospect::network)),
        List.copyOf(looked));
  }
}
