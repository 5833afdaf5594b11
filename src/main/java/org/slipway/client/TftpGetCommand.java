package org.slipway.client;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Fetches one file by TFTP. */
@Command(name = "get", description = "Fetches one file by TFTP.")
final class TftpGetCommand implements Callable<Integer>, PrintsFailures {
  static final int TFTP_PORT = 69;

  @Parameters(index = "0", paramLabel = "HOST[:PORT]", description = "The server (port: 69).")
  private String host;

  @Parameters(index = "1", paramLabel = "REMOTE", description = "Name of the file there.")
  private String remote;

  @Parameters(
      index = "2",
      arity = "0..1",
      paramLabel = "LOCAL",
      description =
          "Where to put it; - is the standard output (default: under its own name, here).")
  private Path local;

  @Mixin private TftpOptions options;

  @Spec private CommandSpec spec;

  private final Patience patience;

  TftpGetCommand(Patience patience) {
    this.patience = patience;
  }

  @Override
  public Integer call() throws IOException {
    options.check();
    boolean toOutput = StandardOutput.NAME.equals(local);
    if (toOutput && options.json()) {
      throw new ParameterException(
          spec.commandLine(),
          Text.of("With - the file alone goes to the standard output: leave --json out."));
    }
    InetSocketAddress server = HostPort.resolve(host, TFTP_PORT);
    Path target = toOutput ? local : target().toAbsolutePath();
    MovedFile file =
        options.run(
            server,
            TftpFailure.Direction.FETCH,
            remote,
            patience,
            files -> fetch(files, server, target));
    MovedFile.print(
        List.of(file),
        options.json(),
        toOutput ? spec.commandLine().getErr() : spec.commandLine().getOut());
    return ExitCode.DONE.number();
  }

  @Override
  public void printFailure(CommandFailedException failure) {
    options.printFailure(remote, failure);
  }

  private MovedFile fetch(TftpFiles files, InetSocketAddress server, Path target)
      throws IOException, TftpFailedException {
    PartialFile.Sum sum = PartialFile.Sum.of(options.checksum());
    PartialFile.Place place =
        target.equals(StandardOutput.NAME) ? new StandardOutput() : SpecialFile.orFile(target);
    try (PartialFile file = new PartialFile(place, PartialFile.LARGE_PIECE, sum)) {
      return files.fetch(server, Optional.empty(), remote, file);
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
          spec.commandLine(), Text.of("Give LOCAL too, because %s.", e.getMessage()), e);
    }
  }
}
