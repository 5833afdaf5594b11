package org.slipway.client;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** How many files move at once. */
final class JobsOption {
  private static final int MOST = 32;

  @Option(
      names = "--jobs",
      paramLabel = "N",
      defaultValue = "1",
      description =
          "Files at once, each over a session of its own, 1 to 32 (default: ${DEFAULT-VALUE}).")
  private int jobs;

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  void check() {
    if (jobs < 1 || jobs > MOST) {
      throw new ParameterException(
          spec.commandLine(), Text.of("%s is %d; allowed is %d to %d.", "--jobs", jobs, 1, MOST));
    }
  }

  int atOnce() {
    return jobs;
  }
}
