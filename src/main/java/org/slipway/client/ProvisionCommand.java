package org.slipway.client;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.slipway.bootp.wire.ClientHardware;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
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

  @Mixin private JobsOption jobs;

  @Option(
      names = "--report",
      paramLabel = "FILE",
      description = "Write what --json prints to a file, also when something failed.")
  private Path report;

  @Option(
      names = "--portal",
      paramLabel = "URL",
      description =
          "Tell this portal, such as https://host:8443, that the device has everything, or what"
              + " failed, as the account of --user.")
  private String portal;

  @Option(
      names = "--trust",
      paramLabel = "FINGERPRINT",
      description = "SHA-256 fingerprint of a certificate that nobody vouches for, but you.")
  private String trust;

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
    try (PortalNotice notice = prepared()) {
      Optional<CommandFailedException> failure = run(inventory);
      // A device that nobody answers begins no run: there is nothing to say about one.
      boolean toTell = notice != null && inventory.address().isPresent();
      Optional<CommandFailedException> untold = toTell ? tell(notice, failure) : Optional.empty();
      ProvisionReport result =
          report(
              inventory,
              failure.or(() -> untold),
              toTell ? PortalNotice.Result.of(portal, untold) : null,
              MovedFile.secondsSince(start));
      if (json) {
        JsonOutput.print(result, spec.commandLine().getOut());
      } else {
        printSummary(result, failure.isEmpty());
      }
      return keep(result).number();
    }
  }

  /** What is wrong with the options is said before anything is sent. */
  private PortalNotice prepared() {
    credentials.check();
    jobs.check();
    if (report != null && !Files.isDirectory(report.toAbsolutePath().getParent())) {
      throw new ParameterException(
          spec.commandLine(), Text.of("There is no folder for the report %s.", report));
    }
    if (portal == null) {
      return null;
    }
    if (!credentials.namesUser()) {
      throw new ParameterException(
          spec.commandLine(),
          Text.of("To tell the portal an account is needed: give it with --user."));
    }
    Set<String> fingerprints = ServerTrust.named(trust).map(Set::of).orElse(Set.of());
    return PortalNotice.to(portal, fingerprints, patience.ftp());
  }

  private Optional<CommandFailedException> run(Inventory inventory) {
    try {
      ProgressBars bars =
          json ? ProgressBars.NONE : ProgressBars.onTerminal(jobs.atOnce(), TerminalWidth::columns);
      ProvisionRequest request =
          server.request(
              HostPort.resolve(host), broadcast, hardware, Optional.empty(), jobs.atOnce());
      new Provisioning(
              request,
              () -> Optional.of(credentials.resolveFor(inventory.list().orElseThrow())),
              patience,
              narration(),
              bars)
          .run(Destination.at(into), PacketLoss.none(), inventory);
      return Optional.empty();
    } catch (CommandFailedException e) {
      return said(e);
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

  private Optional<CommandFailedException> failed(String sentence, Exception cause) {
    return said(new CommandFailedException(ExitCode.FAILED, sentence, cause));
  }

  private Optional<CommandFailedException> said(CommandFailedException failure) {
    spec.commandLine().getErr().println(failure.getMessage());
    return Optional.of(failure);
  }

  private Optional<CommandFailedException> tell(
      PortalNotice notice, Optional<CommandFailedException> failure) {
    try {
      notice.send(hardware, credentials.resolve(), failure.map(Exception::getMessage));
      narration().say("The portal at %s knows how it ended.", Printable.of(portal));
      return Optional.empty();
    } catch (CommandFailedException e) {
      return said(e);
    }
  }

  /** Writes the report, if one is wanted; a run without it is not what was asked for. */
  private ExitCode keep(ProvisionReport result) {
    if (report != null) {
      try {
        JsonOutput.write(result, report);
      } catch (IOException e) {
        failed(Text.of("The report %s cannot be written: %s.", report, IoProblem.text(e)), e);
        return result.outcome() == ExitCode.DONE ? ExitCode.FAILED : result.outcome();
      }
    }
    return result.outcome();
  }

  private Narration narration() {
    return new Narration(spec.commandLine().getOut(), json);
  }

  private ProvisionReport report(
      Inventory inventory,
      Optional<CommandFailedException> failure,
      PortalNotice.Result told,
      double seconds) {
    ExitCode exitCode = failure.map(CommandFailedException::exitCode).orElse(ExitCode.DONE);
    return new ProvisionReport(
        exitCode,
        exitCode.number(),
        failure.map(Exception::getMessage).orElse(null),
        host,
        MacAddressConverter.spelt(hardware),
        inventory.address().map(InetAddress::getHostAddress).orElse(null),
        inventory.list().orElse(null),
        inventory.files(),
        told,
        seconds);
  }

  private void printSummary(ProvisionReport result, boolean whole) {
    PrintWriter out = spec.commandLine().getOut();
    if (!result.files().isEmpty()) {
      out.println();
      SummaryTable.lines(result.files()).forEach(out::println);
    }
    if (whole) {
      out.println(Text.of("%nDone: %d files in %.1f s.", result.files().size(), result.seconds()));
    }
    out.flush();
  }
}
