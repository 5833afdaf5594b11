package org.slipway.client;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
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
    Allowed.check(spec, "--jobs", jobs, 1, MOST);
  }

  int atOnce() {
    return jobs;
  }
}
