package org.slipway.client;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.slipway.tftp.wire.TransferOption;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What both directions of {@code tftp} may be told. */
final class TftpOptions {
  @Option(
      names = "--blksize",
      paramLabel = "N",
      defaultValue = "1428",
      description = "Bytes in a block, 8 to 65464 (default: ${DEFAULT-VALUE}).")
  private int blksize;

  @Option(
      names = "--windowsize",
      paramLabel = "N",
      defaultValue = "16",
      description = "Blocks on their way at once, 1 to 65535 (default: ${DEFAULT-VALUE}).")
  private int windowsize;

  @Option(
      names = "--timeout",
      paramLabel = "S",
      description =
          "Seconds before a packet is sent again, 1 to 255; the server is asked for it too.")
  private Integer timeout;

  @Option(
      names = "--mode",
      paramLabel = "MODE",
      defaultValue = "octet",
      description = "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
  private Mode mode;

  @Option(
      names = "--retries",
      paramLabel = "N",
      defaultValue = "3",
      description =
          "How often a transfer that broke off is begun again, 0 to 100 (default:"
              + " ${DEFAULT-VALUE}).")
  private int retries;

  @Option(names = "--json", description = "Print one JSON object instead of text.")
  private boolean json;

  @Option(names = "--checksum", description = "Show the SHA-256 of the file. --json implies it.")
  private boolean checksum;

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  /** How the octets go over the wire (RFC 1350 section 1). */
  enum Mode {
    octet,
    netascii
  }

  void check() {
    require("--blksize", blksize, TransferOption.MIN_BLKSIZE, TransferOption.MAX_BLKSIZE);
    require(
        "--windowsize", windowsize, TransferOption.MIN_WINDOWSIZE, TransferOption.MAX_WINDOWSIZE);
    require("--retries", retries, 0, 100);
    if (timeout != null) {
      require("--timeout", timeout, TransferOption.MIN_TIMEOUT, TransferOption.MAX_TIMEOUT);
    }
  }

  private void require(String option, int value, int least, int most) {
    Allowed.check(spec, option, value, least, most);
  }

  boolean json() {
    return json;
  }

  boolean checksum() {
    return checksum || json;
  }

  /**
   * @param name of the file
   */
  void printFailure(String name, CommandFailedException failure) {
    if (json) {
      Map<String, Object> known = Map.of("name", name, "protocol", MovedFile.Protocol.TFTP);
      JsonOutput.print(JsonOutput.failed(known, failure), spec.commandLine().getOut());
    }
  }

  private ProgressBars bars() {
    return json ? ProgressBars.NONE : ProgressBars.onTerminal();
  }

  private TftpFiles.Sizes sizes() {
    return new TftpFiles.Sizes(
        blksize,
        windowsize,
        timeout == null ? OptionalInt.empty() : OptionalInt.of(timeout),
        mode == Mode.netascii);
  }

  /** A transfer that has the ports to itself. */
  interface Transfer {
    MovedFile run(TftpFiles files) throws IOException, TftpFailedException;
  }

  /** Runs it, and again when it breaks off. */
  MovedFile run(
      InetSocketAddress server,
      TftpFailure.Direction direction,
      String name,
      Patience patience,
      Transfer transfer) {
    Narration narration = new Narration(spec.commandLine().getErr(), json);
    return new TftpAttempts(patience.backoff(retries), narration)
        .run(server, direction, name, () -> once(patience, transfer));
  }

  private MovedFile once(Patience patience, Transfer transfer)
      throws IOException, TftpFailedException {
    try (UdpPorts ports = UdpPorts.open()) {
      return transfer.run(new TftpFiles(ports, waits(patience), sizes(), bars()));
    }
  }

  private List<Duration> waits(Patience patience) {
    return timeout == null ? patience.tftp() : patience.withTftpTimeout(timeout).tftp();
  }
}
