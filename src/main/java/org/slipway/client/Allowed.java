package org.slipway.client;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** The bounds of an option. */
final class Allowed {
  private Allowed() {}

  /**
   * @throws ParameterException naming the option, if the value is out of bounds
   */
  static void check(CommandSpec spec, String option, int value, int least, int most) {
    if (value < least || value > most) {
      throw new ParameterException(
          spec.commandLine(),
          Text.of("%s is %d; allowed is %d to %d.", option, value, least, most));
    }
  }
}
