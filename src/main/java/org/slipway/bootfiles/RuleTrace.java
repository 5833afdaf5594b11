package org.slipway.bootfiles;

import java.util.function.Supplier;

/** Hears of each rule that was looked at; serving makes no texts. */
@FunctionalInterface
public interface RuleTrace {
  RuleTrace NONE = (rule, matched, text) -> {};

  /**
   * @param rule its name
   * @param matched whether it applied
   * @param text what it did, or why it did not apply
   */
  void rule(String rule, boolean matched, Supplier<String> text);
}
