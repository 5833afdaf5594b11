package org.slipway.bootfiles;

import com.google.re2j.Matcher;
import java.util.Optional;
import org.slipway.storage.VirtualPath;

/** A rule with its expression and target understood. */
record ReadyRule(RemapRule rule, RulePattern pattern, Optional<RuleTarget> target) {

  /**
   * @throws org.slipway.accounts.InvalidInputException for an expression or target that cannot be
   */
  static ReadyRule of(RemapRule rule) {
    RulePattern pattern = RulePattern.compile(rule.pattern());
    return new ReadyRule(
        rule,
        pattern,
        rule.action() == RemapRule.Action.REWRITE
            ? Optional.of(RuleTarget.parse(rule.target(), pattern.groups()))
            : Optional.empty());
  }

  /** Why the rule is not for this client; empty if it is. */
  Optional<String> excludes(BootClient client) {
    if (rule.device().isPresent() && !rule.device().equals(client.device())) {
      return Optional.of("It is for the device " + rule.device().get());
    }
    if (rule.network().isPresent() && !rule.network().equals(client.network())) {
      return Optional.of("It is for the network " + rule.network().get());
    }
    if (rule.architecture().isPresent() && !rule.architecture().equals(client.architecture())) {
      return Optional.of("It is for the architecture " + rule.architecture().getAsInt());
    }
    return Optional.empty();
  }

  /** The new name of what the matcher has matched. */
  VirtualPath rewrite(Matcher matched, BootClient client) {
    return target.orElseThrow().apply(matched::group, client.variables());
  }
}
