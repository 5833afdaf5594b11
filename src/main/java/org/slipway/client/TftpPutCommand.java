package org.slipway.client;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Sends one file by TFTP. */
@Command(name = "put", description = "Sends one file by TFTP.")
final class TftpPutCommand implements Callable<Integer>, PrintsFailures {
  @Parameters(index = "0", paramLabel = "HOST[:PORT]", description = "The server (port: 69).")
  private String host;

  @Parameters(index = "1", paramLabel = "REMOTE", description = "Name of the file there.")
  private String remote;

  @Parameters(
      index = "2",
      arity = "0..1",
      paramLabel = "LOCAL",
      description = "The file here; - is the standard input (default: the one of the same name).")
  private Path local;

  @Mixin private TftpOptions options;

  @Spec private CommandSpec spec;

  private final Patience patience;

  TftpPutCommand(Patience patience) {
    this.patience = patience;
  }

  @Override
  public Integer call() throws IOException {
    options.check();
    MovedFile file = StandardOutput.NAME.equals(local) ? sendInput() : send(source());
    MovedFile.print(List.of(file), options.json(), spec.commandLine().getOut());
    return ExitCode.DONE.number();
  }

  @Override
  public void printFailure(CommandFailedException failure) {
    options.printFailure(remote, failure);
  }

  private MovedFile send(Path source) {
    InetSocketAddress server = HostPort.resolve(host, TftpGetCommand.TFTP_PORT);
    return options.run(
        server,
        TftpFailure.Direction.SEND,
        remote,
        patience,
        files -> files.send(server, remote, source, options.checksum()));
  }

  /** The server is told the size before, and a transfer that broke off begins again. */
  private MovedFile sendInput() throws IOException {
    Path input = Files.createTempFile("slipway-", ".put");
    input.toFile().deleteOnExit();
    try {
      keepInput(input);
      return send(input).withoutPath();
    } finally {
      Files.delete(input);
    }
  }

  private static void keepInput(Path file) {
    try (OutputStream out = Files.newOutputStream(file)) {
      System.in.transferTo(out);
    } catch (IOException e) {
      throw new LocalFileException(file, e).failure();
    }
  }

  private Path source() {
    Path file = local == null ? Path.of(remote).getFileName() : local;
    if (file == null || !Files.isRegularFile(file) || !Files.isReadable(file)) {
      throw new ParameterException(
          spec.commandLine(), Text.of("There is no file %s to send.", file));
    }
    return file;
  }
}
