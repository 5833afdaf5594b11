package org.slipway.client;

import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** The command line. {@link Launcher} comes before it, for the sake of an older Java. */
@Command(
    name = "slipway-client",
    description = "Fetches from a boot-and-transfer portal as a device does.",
    scope = CommandLine.ScopeType.INHERIT,
    versionProvider = ClientVersion.class,
    synopsisHeading = "Usage: ",
    commandListHeading = "Commands:%n",
    footer = {
      "",
      "Exit codes: 0 done; 1 anything else; 2 usage; 3 nobody answered; 4 TFTP failed;",
      "5 FTP failed; 6 checksum mismatch; 7 refused."
    })
public final class Main {
  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      scope = CommandLine.ScopeType.INHERIT,
      description = "Show this text and exit.")
  private boolean help;

  @Option(
      names = {"-V", "--version"},
      versionHelp = true,
      description = "Show the version, and the Java that runs it, and exit.")
  private boolean version;

  @Option(
      names = "--profile",
      paramLabel = "NAME",
      scope = CommandLine.ScopeType.INHERIT,
      description = "Take what is not said from NAME.properties in ~/.config/slipway.")
  private String profile;

  private Main() {}

  public static void main(String[] arguments) {
    // Whatever the locale says: what we print is read by programs, and they expect UTF-8.
    PrintWriter err = utf8(System.err);
    System.exit(runToTheEnd(utf8(System.out), err, arguments));
  }

  /** Even when the program itself is broken, the user gets a sentence and scripts a code. */
  private static int runToTheEnd(PrintWriter out, PrintWriter err, String... arguments) {
    try {
      return run(Patience.DEFAULT, out, err, arguments);
    } catch (RuntimeException | Error e) {
      err.println(clientFailed(e));
      return ExitCode.FAILED.number();
    }
  }

  static int run(Patience patience, PrintWriter out, PrintWriter err, String... arguments) {
    CommandLine commandLine = commandLine(patience, Set.copyOf(List.of(arguments)));
    try {
      commandLine.setDefaultValueProvider(Profile.of(List.of(arguments)));
    } catch (CommandFailedException e) {
      err.println(e.getMessage());
      return e.exitCode().number();
    }
    HelpTexts.translate(commandLine, Locale.getDefault(Locale.Category.DISPLAY));
    return commandLine
        .setOut(out)
        .setErr(err)
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setParameterExceptionHandler((e, parsed) -> explainUsage(e))
        .setExecutionExceptionHandler((e, command, parsed) -> explain(e, command))
        .execute(arguments);
  }

  /** All commands. */
  static CommandLine commandLine(Patience patience) {
    return commandLine(patience, Set.of());
  }

  /**
   * Those commands that the words may mean, or all if they mean nothing: to read the annotations of
   * all takes longer than everything else at a start.
   */
  private static CommandLine commandLine(Patience patience, Set<String> words) {
    Map<String, Supplier<?>> commands = commands(patience);
    boolean any =
        Stream.concat(Stream.of("-V", "--version"), commands.keySet().stream())
            .anyMatch(words::contains);
    CommandLine commandLine = new CommandLine(new Main());
    commands.forEach((name, command) -> {
      if (!any || words.contains(name)) {
        commandLine.addSubcommand(name, command.get());
      }
    });
    return commandLine;
  }

  private static Map<String, Supplier<?>> commands(Patience patience) {
    Map<String, Supplier<?>> commands = new LinkedHashMap<>();
    commands.put("provision", () -> new ProvisionCommand(patience));
    commands.put("ftp", () -> new FtpCommand(patience));
    commands.put("register", () -> new RegisterCommand(patience));
    commands.put("discover", DiscoverCommand::new);
    commands.put("simulate", () -> new SimulateCommand(patience));
    commands.put(
        "tftp",
        () ->
            new CommandLine(new TftpCommand())
                .addSubcommand(new TftpGetCommand(patience))
                .addSubcommand(new TftpPutCommand(patience)));
    commands.put("completion", CompletionCommand::new);
    return commands;
  }

  /** One sentence: the whole help would push it off the screen. */
  private static int explainUsage(ParameterException e) {
    CommandLine command = e.getCommandLine();
    command
        .getErr()
        .println(
            Text.of(
                "%s%nSee: %s --help", e.getMessage(), command.getCommandSpec().qualifiedName()));
    return ExitCode.USAGE.number();
  }

  private static int explain(Exception e, CommandLine command) {
    CommandFailedException failure =
        e instanceof CommandFailedException known
            ? known
            : new CommandFailedException(ExitCode.FAILED, clientFailed(e), e);
    command.getErr().println(failure.getMessage());
    if (command.getCommand() instanceof PrintsFailures printing) {
      printing.printFailure(failure);
    }
    return failure.exitCode().number();
  }

  static String clientFailed(Throwable fault) {
    return Text.of("The client itself failed (%s); please report this.", fault);
  }

  private static PrintWriter utf8(PrintStream stream) {
    return new PrintWriter(stream, true, StandardCharsets.UTF_8);
  }
}
