package org.slipway.client;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Only says which commands there are. */
@Command(name = "tftp", description = "Moves single files by TFTP.")
final class TftpCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(), Text.of("What to do is missing: tftp get, or tftp put."));
  }
}
