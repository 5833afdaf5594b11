package org.slipway.accounts;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.net.InetAddress;
import java.time.Clock;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.slipway.settings.FtpSettings;
import org.slipway.settings.Settings;

/**
 * What an account may do at a path by a way, and why: the same rules that {@link Authorization}
 * applies, gone through one by one. Asking changes nothing.
 */
@Singleton
public final class AccessExplanation {
  private final Authorization authorization;
  private final Settings settings;
  private final Clock clock;

  @Inject
  public AccessExplanation(Authorization authorization, Settings settings, Clock clock) {
    this.authorization = authorization;
    this.settings = settings;
    this.clock = clock;
  }

  /**
   * One rule that was looked at.
   *
   * @param rule a fixed name: {@code state}, {@code channel}, {@code network}, {@code hours},
   *     {@code path}, {@code below}, {@code tls}, {@code tlsDataSession}, {@code names}, {@code
   *     bandwidth}
   * @param passed whether it lets the account go on
   * @param source who says so
   * @param text the same for people
   * @param values what the text says as codes, for who says it in another language: the channels;
   *     the address; the path and what is granted there; the choice; the direction and its limit
   */
  public record Rule(
      String rule, boolean passed, String source, String text, List<String> values) {}

  /**
   * The answer.
   *
   * @param refusals why not, for what may not be done; a permission that is missing here is granted
   */
  public record Explanation(
      String path, Channel channel, Map<Permission, Refusal> refusals, List<Rule> rules) {
    public boolean allows(Permission permission) {
      return !refusals.containsKey(permission);
    }
  }

  /**
   * Explains.
   *
   * @param address from where; empty leaves the networks out
   */
  public Explanation explain(
      Account account, Channel channel, String path, Optional<InetAddress> address) {
    EffectivePolicy policy = authorization.policy(account);
    List<Rule> rules = new ArrayList<>();
    Optional<Refusal> entry =
        state(account, rules)
            .or(() -> channel(policy, channel, rules))
            .or(() -> address.flatMap(a -> network(policy, a, rules)))
            .or(() -> hours(policy, rules));
    Map<Permission, Refusal> refusals = new EnumMap<>(Permission.class);
    for (Permission permission : Permission.values()) {
      entry
          .or(() -> authorization.check(account.id(), channel, permission, path))
          .ifPresent(refusal -> refusals.put(permission, refusal));
    }
    if (entry.isEmpty()) {
      EffectivePolicy.Said<Set<Permission>> said = policy.permissionsAt(channel, path);
      rules.add(
          new Rule(
              "path",
              !said.value().isEmpty(),
              said.source(),
              "At " + path + ": " + said.value().stream().sorted().toList(),
              granted(path, said.value())));
      below(policy, channel, path, rules);
      if (channel == Channel.FTP) {
        ftp(policy, rules);
      }
      bandwidth(policy, rules);
    }
    return new Explanation(path, channel, refusals, List.copyOf(rules));
  }

  private Optional<Refusal> state(Account account, List<Rule> rules) {
    Optional<Refusal> refusal = account.stateRefusal(clock.instant());
    rules.add(
        new Rule(
            "state",
            refusal.isEmpty(),
            "the account",
            refusal.map(Refusal::detail).orElse("The account is active"),
            List.of()));
    return refusal;
  }

  private Optional<Refusal> channel(EffectivePolicy policy, Channel channel, List<Rule> rules) {
    var said = policy.channels();
    boolean passed = said.value().contains(channel);
    rules.add(
        new Rule(
            "channel",
            passed,
            said.source(),
            "May come by " + said.value().stream().sorted().toList(),
            said.value().stream().sorted().map(Channel::name).toList()));
    return passed ? Optional.empty() : policy.channelRefusal(channel);
  }

  private static Optional<Refusal> network(
      EffectivePolicy policy, InetAddress address, List<Rule> rules) {
    Optional<Refusal> refusal = policy.addressRefusal(address);
    String source =
        policy
            .denying(address)
            .map(EffectivePolicy.Said::source)
            .or(() -> policy.allowedNetworks().map(EffectivePolicy.Said::source))
            .orElse("the default");
    rules.add(
        new Rule(
            "network",
            refusal.isEmpty(),
            source,
            address.getHostAddress() + (refusal.isEmpty() ? " is allowed" : " is not allowed"),
            List.of(address.getHostAddress())));
    return refusal;
  }

  private Optional<Refusal> hours(EffectivePolicy policy, List<Rule> rules) {
    Optional<Refusal> refusal = policy.hoursRefusal(clock.instant());
    rules.add(
        new Rule(
            "hours",
            refusal.isEmpty(),
            policy.hours().map(EffectivePolicy.Said::source).orElse("the default"),
            refusal.isEmpty() ? "May come now" : "May not come now",
            List.of()));
    return refusal;
  }

  private static void below(
      EffectivePolicy policy, Channel channel, String path, List<Rule> rules) {
    for (String other : policy.differingBelow(channel, path)) {
      var said = policy.permissionsAt(channel, other);
      rules.add(
          new Rule(
              "below",
              said.value().contains(Permission.DELETE) && said.value().contains(Permission.RENAME),
              said.source(),
              "At " + other + ": " + said.value().stream().sorted().toList(),
              granted(other, said.value())));
    }
  }

  private static List<String> granted(String path, Set<Permission> permissions) {
    return Stream.concat(Stream.of(path), permissions.stream().sorted().map(Permission::name))
        .toList();
  }

  /** How its sessions are; whether one has TLS cannot be known here. */
  private void ftp(EffectivePolicy policy, List<Rule> rules) {
    var tls = policy.ftpTls(settings.get(FtpSettings.TLS));
    rules.add(
        new Rule(
            "tls",
            true,
            tls.source(),
            tls.value() == FtpTls.REQUIRED
                ? "Login and data need TLS"
                : "Login and data may be without TLS",
            List.of(tls.value().name())));
    var session = policy.tlsDataSession(settings.get(FtpSettings.TLS_DATA_SESSION));
    rules.add(
        new Rule(
            "tlsDataSession",
            true,
            session.source(),
            switch (session.value()) {
              case REQUIRE -> "A data connection must resume the TLS session";
              case WARN -> "A data connection that does not resume the TLS session is written down";
              case OFF -> "A data connection need not resume the TLS session";
            },
            List.of(session.value().name())));
    var names = policy.nameCharset();
    rules.add(
        new Rule(
            "names",
            true,
            names.source(),
            "Names are " + names.value().charset(),
            List.of(names.value().name())));
  }

  private static void bandwidth(EffectivePolicy policy, List<Rule> rules) {
    for (Bandwidth.Direction direction : Bandwidth.Direction.values()) {
      policy
          .bandwidth(direction)
          .ifPresent(said ->
              rules.add(
                  new Rule(
                      "bandwidth",
                      true,
                      said.source(),
                      direction + ": at most " + said.value() + " bytes per second",
                      List.of(direction.name(), said.value().toString()))));
    }
  }
}
