package org.slipway.bootfiles;

import java.util.ArrayList;
import java.util.List;
import org.slipway.accounts.InvalidInputException;
import org.slipway.accounts.Violation;

/** What a rule must be before it is stored. */
final class RuleChecks {
  private static final int MOST_ARCHITECTURES = 65_535;

  private RuleChecks() {}

  static void check(RemapRule rule) {
    List<Violation> violations = new ArrayList<>();
    if (!rule.name().matches("[A-Za-z0-9][A-Za-z0-9._-]{0,63}")) {
      violations.add(
          new Violation(
              "name", "rule.name", "1 to 64 of A-Z a-z 0-9 . _ -, the first a letter or digit"));
    }
    rule.architecture()
        .ifPresent(a -> {
          if (a < 0 || a > MOST_ARCHITECTURES) {
            violations.add(
                new Violation("architecture", "rule.architecture", "A number from 0 to 65535"));
          }
        });
    if (rule.action() == RemapRule.Action.DENY && !rule.target().isEmpty()) {
      violations.add(
          new Violation("target", "rule.denyTarget", "A rule that denies has no target"));
    }
    try {
      ReadyRule.of(rule);
    } catch (InvalidInputException e) {
      violations.addAll(e.violations());
    }
    if (!violations.isEmpty()) {
      throw new InvalidInputException(violations);
    }
  }
}
