package org.slipway.client;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Moves files by FTP, typed or by a script. */
@Command(
    name = "ftp",
    description =
        "Moves files by FTP: a shell on a terminal, else what -c, a script or the input says."
            + " \"-c help\" lists its commands.")
final class FtpCommand implements Callable<Integer>, PrintsFailures {
  private static final int FTP_PORT = 21;
  private static final int FTPS_PORT = 990;

  /** Who is asked by a script. */
  private static final Conflicts.Asker NOBODY = question -> ' ';

  @Parameters(index = "0", paramLabel = "HOST[:PORT]", description = "The server (port: 21).")
  private String host;

  @Mixin private CredentialOptions credentials;

  @Mixin private TlsOptions tls;

  @Option(
      names = "-c",
      paramLabel = "CMD",
      description = "A command to run; may be given several times.")
  private List<String> commands = List.of();

  @Option(names = "--script", paramLabel = "FILE", description = "File of commands, one a line.")
  private Path script;

  @Option(
      names = "--on-conflict",
      paramLabel = "RULE",
      description =
          "What happens where a name is taken: ${COMPLETION-CANDIDATES}; rename keeps both, as"
              + " NAME.new (default: ask on a terminal, else reject).")
  private OnConflict onConflict;

  @Mixin private JobsOption jobs;

  @Option(names = "--json", description = "Print one JSON object a command instead of text.")
  private boolean json;

  @Option(
      names = "--checksum",
      description =
          "Show the SHA-256 of each file, and compare it with the server's where that computes"
              + " one. --json implies it.")
  private boolean checksum;

  @Spec private CommandSpec spec;

  private final Patience patience;
  private final Interruption interruption = new Interruption();
  private FtpShell shell;

  FtpCommand(Patience patience) {
    this.patience = patience;
  }

  @Override
  public Integer call() throws IOException {
    check();
    InetSocketAddress server = HostPort.resolve(host, tls.implicit() ? FTPS_PORT : FTP_PORT);
    boolean typed = commands.isEmpty() && script == null && CredentialOptions.hasTerminal();
    Credentials who = credentials.resolveOrAsk();
    Thread breakOff = new Thread(interruption::interrupt);
    Runtime.getRuntime().addShutdownHook(breakOff);
    try (FtpSession session = FtpOpening.open(server, host, tls, who, patience)) {
      FtpLogin login = session.login();
      if (typed) {
        FtpConsole.run(
            spec,
            (asker, columns) ->
                shell(session, login, asker, ProgressBars.onTerminal(jobs.atOnce(), columns)),
            interruption);
      } else {
        follow(
            shell(
                session,
                login,
                NOBODY,
                ProgressBars.onTerminal(jobs.atOnce(), TerminalWidth::columns)));
      }
    } finally {
      Runtime.getRuntime().removeShutdownHook(breakOff);
    }
    return ExitCode.DONE.number();
  }

  private void check() {
    credentials.check();
    jobs.check();
    if (script != null && !Files.isReadable(script)) {
      throw new ParameterException(
          spec.commandLine(), Text.of("The script %s cannot be read.", script));
    }
    if (onConflict == OnConflict.ask && !CredentialOptions.hasTerminal()) {
      throw new ParameterException(
          spec.commandLine(),
          Text.of("There is no terminal to ask on: --on-conflict overwrite, reject or rename."));
    }
  }

  private FtpShell shell(
      FtpSession session, FtpLogin login, Conflicts.Asker asker, ProgressBars terminalBars)
      throws IOException {
    boolean typed = asker != NOBODY;
    OnConflict rule =
        Optional.ofNullable(onConflict).orElse(typed ? OnConflict.ask : OnConflict.reject);
    ProgressBars bars = json ? ProgressBars.NONE : terminalBars;
    Narration narration = new Narration(spec.commandLine().getErr(), json);
    FtpTransfer transfer =
        new FtpTransfer(
            bars,
            narration,
            patience.backoff(FtpTransfer.RECONNECTIONS),
            interruption,
            checksum || json);
    shell =
        new FtpShell(
            session,
            new FtpJobs<>(login, jobs.atOnce(), transfer::run),
            transfer,
            new Conflicts(rule, asker),
            interruption,
            new FtpShell.Output(
                spec.commandLine().getOut(), spec.commandLine().getErr(), json, typed && !json));
    return shell;
  }

  @Override
  public void printFailure(CommandFailedException failure) {
    if (shell != null) {
      shell.printFailure(failure);
    } else if (json) {
      JsonOutput.printLine(JsonOutput.failed(Map.of(), failure), spec.commandLine().getOut());
    }
  }

  /** The first command that fails ends the script. */
  private void follow(FtpShell opened) throws IOException {
    if (!commands.isEmpty()) {
      for (String command : commands) {
        if (!opened.ended()) {
          opened.run(command);
        }
      }
      return;
    }
    try (BufferedReader lines =
        script == null
            ? new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))
            : Files.newBufferedReader(script)) {
      for (String line = lines.readLine();
          line != null && !opened.ended();
          line = lines.readLine()) {
        opened.run(line);
      }
    }
  }
}
