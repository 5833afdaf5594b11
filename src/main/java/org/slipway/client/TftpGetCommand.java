package org.slipway.client;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.slipway.tftp.wire.TransferOption;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Fetches one file by TFTP. */
@Command(name = "get", description = "Fetches one file by TFTP.")
final class TftpGetCommand implements Callable<Integer> {
  private static final int TFTP_PORT = 69;

  @Parameters(index = "0", paramLabel = "HOST[:PORT]", description = "The server (port: 69).")
  private String host;

  @Parameters(index = "1", paramLabel = "REMOTE", description = "Name of the file there.")
  private String remote;

  @Parameters(
      index = "2",
      arity = "0..1",
      paramLabel = "LOCAL",
      description = "Where to put it (default: under its own name, here).")
  private Path local;

  @Option(
      names = "--blksize",
      defaultValue = "1428",
      description = "Bytes in a block, 8 to 65464 (default: ${DEFAULT-VALUE}).")
  private int blksize;

  @Option(
      names = "--windowsize",
      defaultValue = "16",
      description = "Blocks on their way at once, 1 to 65535 (default: ${DEFAULT-VALUE}).")
  private int windowsize;

  @Option(names = "--timeout", description = "Seconds before a packet is sent again, 1 to 255.")
  private Integer timeout;

  @Option(names = "--json", description = "Print one JSON object instead of text.")
  private boolean json;

  @Spec private CommandSpec spec;

  private final Patience patience;

  TftpGetCommand(Patience patience) {
    this.patience = patience;
  }

  @Override
  public Integer call() throws IOException {
    require("--blksize", blksize, TransferOption.MIN_BLKSIZE, TransferOption.MAX_BLKSIZE);
    require(
        "--windowsize", windowsize, TransferOption.MIN_WINDOWSIZE, TransferOption.MAX_WINDOWSIZE);
    if (timeout != null) {
      require("--timeout", timeout, TransferOption.MIN_TIMEOUT, TransferOption.MAX_TIMEOUT);
    }
    InetSocketAddress server = HostPort.resolve(host, TFTP_PORT);
    FetchedFile file = TftpFailure.explained(server, remote, () -> fetch(server));
    if (json) {
      JsonOutput.print(file, spec.commandLine().getOut());
    } else {
      SummaryTable.lines(List.of(file)).forEach(spec.commandLine().getOut()::println);
    }
    return ExitCode.DONE.number();
  }

  private void require(String option, int value, int least, int most) {
    if (value < least || value > most) {
      throw new ParameterException(
          spec.commandLine(),
          "%s is %d; allowed is %d to %d.".formatted(option, value, least, most));
    }
  }

  private FetchedFile fetch(InetSocketAddress server) throws IOException, TftpFailedException {
    Patience waits = timeout == null ? patience : patience.withTftpTimeout(timeout);
    ProgressBars bars = json ? ProgressBars.NONE : ProgressBars.onTerminal();
    try (Selector selector = Selector.open();
        PartialFile file = new PartialFile(target().toAbsolutePath())) {
      try {
        return new TftpFiles(selector, waits.tftp(), new TftpFiles.Sizes(blksize, windowsize), bars)
            .fetch(server, Optional.empty(), remote, file);
      } finally {
        for (SelectionKey key : selector.keys()) {
          key.channel().close();
        }
      }
    }
  }

  private Path target() {
    if (local != null && !Files.isDirectory(local)) {
      return local;
    }
    Path folder = local == null ? Path.of("") : local;
    try {
      return folder.resolve(new RemoteName(remote.substring(remote.lastIndexOf('/') + 1)).text());
    } catch (RemoteName.UnsafeNameException e) {
      throw new ParameterException(
          spec.commandLine(), "Give LOCAL too, because %s.".formatted(e.getMessage()), e);
    }
  }
}
