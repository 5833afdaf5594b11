package org.slipway.client;

import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Prints what teaches a shell the commands and options. */
@Command(
    name = "completion",
    description =
        "Prints a script with which bash and zsh complete commands and options:"
            + " source <(slipway-client completion)")
final class CompletionCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    CommandLine all = Main.commandLine(Patience.DEFAULT);
    spec.commandLine().getOut().print(AutoComplete.bash(all.getCommandName(), all));
    spec.commandLine().getOut().flush();
  }
}
