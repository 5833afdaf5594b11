package org.slipway.client;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.slipway.bootp.wire.ClientHardware;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Walks a device's whole sequence, and keeps what it brings. */
@Command(
    name = "provision",
    description =
        "Does what a device does: asks by BOOTP, fetches each boot step by TFTP and each listed"
            + " file by FTP, and checks the published checksums.")
final class ProvisionCommand implements Callable<Integer> {
  @Parameters(index = "0", paramLabel = "HOST", description = "The server.")
  private String host;

  @Option(
      names = "--mac",
      paramLabel = "M",
      required = true,
      converter = MacAddressConverter.class,
      description = "Hardware address of the device.")
  private ClientHardware hardware;

  @Option(names = "--broadcast", description = "Ask everybody by BOOTP, not only HOST.")
  private boolean broadcast;

  @Mixin private ServerOptions server;

  @Mixin private CredentialOptions credentials;

  @Option(
      names = "--into",
      paramLabel = "DIR",
      required = true,
      description = "Folder that everything is put into.")
  private Path into;

  @Option(names = "--json", description = "Print one JSON object instead of text.")
  private boolean json;

  @Spec private CommandSpec spec;

  private final Patience patience;

  ProvisionCommand(Patience patience) {
    this.patience = patience;
  }

  @Override
  public Integer call() {
    long start = System.nanoTime();
    Inventory inventory = new Inventory();
    Optional<CommandFailedException> failure = run(inventory);
    failure.ifPresent(f -> spec.commandLine().getErr().println(f.getMessage()));
    ExitCode exitCode = failure.map(CommandFailedException::exitCode).orElse(ExitCode.DONE);
    double seconds = MovedFile.secondsSince(start);
    if (json) {
      JsonOutput.print(
          report(inventory, exitCode, failure.map(Exception::getMessage), seconds),
          spec.commandLine().getOut());
    } else {
      printSummary(inventory, exitCode, seconds);
    }
    return exitCode.number();
  }

  private Optional<CommandFailedException> run(Inventory inventory) {
    try {
      credentials.check();
      Narration narration = new Narration(spec.commandLine().getOut(), json);
      ProgressBars bars = json ? ProgressBars.NONE : ProgressBars.onTerminal();
      ProvisionRequest request =
          server.request(HostPort.resolve(host), broadcast, hardware, Optional.empty());
      new Provisioning(request, () -> Optional.of(credentials.resolve()), patience, narration, bars)
          .run(Destination.at(into), PacketLoss.none(), inventory);
      return Optional.empty();
    } catch (CommandFailedException e) {
      return Optional.of(e);
    } catch (InvalidPathException e) {
      return failed(
          Text.of("A name cannot be stored under this locale's character set: set LC_ALL=C.UTF-8."),
          e);
    } catch (IOException e) {
      return failed(Text.of("Provisioning failed: %s.", IoProblem.text(e)), e);
    } catch (UncheckedIOException e) {
      return failed(Text.of("Provisioning failed: %s.", IoProblem.text(e.getCause())), e);
    }
  }

  private static Optional<CommandFailedException> failed(String sentence, Exception cause) {
    return Optional.of(new CommandFailedException(ExitCode.FAILED, sentence, cause));
  }

  private ProvisionReport report(
      Inventory inventory, ExitCode exitCode, Optional<String> error, double seconds) {
    return new ProvisionReport(
        exitCode,
        exitCode.number(),
        error.orElse(null),
        host,
        MacAddressConverter.spelt(hardware),
        inventory.address().map(InetAddress::getHostAddress).orElse(null),
        inventory.list().orElse(null),
        inventory.files(),
        seconds);
  }

  private void printSummary(Inventory inventory, ExitCode exitCode, double seconds) {
    PrintWriter out = spec.commandLine().getOut();
    if (!inventory.files().isEmpty()) {
      out.println();
      SummaryTable.lines(inventory.files()).forEach(out::println);
    }
    if (exitCode == ExitCode.DONE) {
      out.println(Text.of("%nDone: %d files in %.1f s.", inventory.files().size(), seconds));
    }
    out.flush();
  }
}
