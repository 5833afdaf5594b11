package org.slipway.client;

import java.io.PrintWriter;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slipway.bootp.wire.ClientHardware;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Puts a server under the load of many devices. */
@Command(
    name = "simulate",
    description =
        "Lets many devices walk their sequences at once, each from an address of its own, and"
            + " reports how they fared. The server must know them.")
final class SimulateCommand implements Callable<Integer> {
  private static final int MOST_DEVICES = 100_000;
  private static final int LONGEST_RAMP = 86_400;
  private static final int MOST_LOSS = 90;
  private static final Duration REDRAW = Duration.ofMillis(250);

  @Parameters(index = "0", paramLabel = "HOST", description = "The server.")
  private String host;

  @Option(
      names = "--mac",
      paramLabel = "FIRST",
      required = true,
      converter = MacAddressConverter.class,
      description = "Hardware address of the first device; the others have those that follow.")
  private ClientHardware first;

  @Option(
      names = "--count",
      paramLabel = "N",
      required = true,
      description = "Devices, 1 to 100000.")
  private int count;

  @Option(
      names = "--from",
      paramLabel = "ADDRESS",
      converter = Ipv4Converter.class,
      description =
          "Address of this machine that the first device asks from; the others have those that"
              + " follow (default: 127.1.0.1, if the server is on this machine).")
  private Inet4Address from;

  @Option(
      names = "--parallel",
      paramLabel = "N",
      description = "Devices on their way at once (default: all).")
  private Integer parallel;

  @Option(
      names = "--ramp",
      paramLabel = "S",
      defaultValue = "0",
      description =
          "Seconds that the starts are spread over, 0 to 86400 (default: ${DEFAULT-VALUE}).")
  private int ramp;

  @Option(
      names = "--loss",
      paramLabel = "PERCENT",
      defaultValue = "0",
      description =
          "Of the UDP packets, each way, so many are lost on purpose, 0 to 90 (default:"
              + " ${DEFAULT-VALUE}).")
  private int loss;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "Decides which packets are lost (default: ${DEFAULT-VALUE}).")
  private long seed;

  @Mixin private ServerOptions server;

  @Mixin private CredentialOptions credentials;

  @Option(
      names = "--into",
      paramLabel = "DIR",
      description =
          "Keep what the devices fetch, in a folder of DIR for each (default: it is counted,"
              + " checked and forgotten).")
  private Path into;

  @Option(names = "--json", description = "Print one JSON object instead of text.")
  private boolean json;

  @Spec private CommandSpec spec;

  private final Patience patience;
  private final AtomicBoolean reported = new AtomicBoolean();

  SimulateCommand(Patience patience) {
    this.patience = patience;
  }

  @Override
  public Integer call() {
    check();
    InetAddress address = HostPort.resolve(host);
    List<SimulatedDevice> devices = SimulatedDevice.range(first, from(address), count);
    checkAddresses(devices, address);
    credentials.check();
    SimulationPlan plan =
        new SimulationPlan(
            address,
            server,
            credentials.resolveIfNamed(),
            patience,
            Optional.ofNullable(into),
            loss,
            seed);
    int atOnce = parallel == null ? count : parallel;
    return run(new Simulation(devices, plan, atOnce, Duration.ofSeconds(ramp)));
  }

  private void check() {
    Allowed.check(spec, "--count", count, 1, MOST_DEVICES);
    Allowed.check(spec, "--ramp", ramp, 0, LONGEST_RAMP);
    Allowed.check(spec, "--loss", loss, 0, MOST_LOSS);
    if (parallel != null) {
      Allowed.check(spec, "--parallel", parallel, 1, MOST_DEVICES);
    }
  }

  private Inet4Address from(InetAddress server) {
    if (from != null) {
      return from;
    }
    Inet4Address usual = Inet4Address.ofLiteral("127.1.0.1");
    if (LocalAddress.of(usual, server).isEmpty()) {
      throw new CommandFailedException(
          ExitCode.USAGE,
          Text.of(
              "%s is another machine: give the first of the addresses that this one has for the"
                  + " devices with --from.",
              Printable.of(host)));
    }
    return usual;
  }

  private void checkAddresses(List<SimulatedDevice> devices, InetAddress server) {
    for (SimulatedDevice device : devices) {
      if (LocalAddress.of(device.address(), server).isEmpty()) {
        throw new CommandFailedException(
            ExitCode.USAGE,
            Text.of(
                "This machine has no address %s that %s could be reached from; %d are needed from"
                    + " %s on (--from).",
                device.address().getHostAddress(),
                Printable.of(host),
                count,
                devices.getFirst().address().getHostAddress()));
      }
    }
  }

  private int run(Simulation simulation) {
    boolean shown = !json && CredentialOptions.hasTerminal();
    SimulationTable table =
        new SimulationTable(System.err, shown ? TerminalWidth.columns() : Integer.MAX_VALUE);
    // Ctrl-C ends the program; what is known so far is told all the same.
    Thread interrupted = new Thread(() -> report(simulation, table));
    Runtime.getRuntime().addShutdownHook(interrupted);
    simulation.start();
    while (!simulation.await(REDRAW)) {
      if (shown) {
        table.draw(simulation.states(), simulation.received(), simulation.seconds());
      }
    }
    ExitCode outcome = report(simulation, table);
    forget(interrupted);
    return outcome.number();
  }

  /** Once, whoever comes first. */
  private ExitCode report(Simulation simulation, SimulationTable table) {
    SimulationReport report = SimulationReport.of(simulation.runs(), simulation.seconds());
    if (reported.compareAndSet(false, true)) {
      table.close();
      PrintWriter out = spec.commandLine().getOut();
      if (json) {
        JsonOutput.print(report, out);
      } else {
        SimulationText.lines(report).forEach(out::println);
        out.flush();
      }
    }
    return report.outcome();
  }

  private static void forget(Thread hook) {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The program ends already.
    }
  }
}
