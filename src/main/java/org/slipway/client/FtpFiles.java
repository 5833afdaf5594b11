package org.slipway.client;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Fetches the listed files by FTP, each one checked before it gets its name. */
final class FtpFiles {
  private final Destination destination;
  private final Narration narration;
  private final Patience patience;
  private final FtpTransfer transfer;
  private final int jobs;

  /**
   * @param jobs files at once
   */
  FtpFiles(
      Destination destination,
      Narration narration,
      ProgressBars bars,
      Patience patience,
      int jobs) {
    this.destination = destination;
    this.narration = narration;
    this.patience = patience;
    this.jobs = jobs;
    this.transfer =
        new FtpTransfer(
            bars, narration, patience.backoff(FtpTransfer.RECONNECTIONS), new Interruption(), true);
  }

  /**
   * @param server that has the files
   * @param list where the list came from; its local address is used here too
   * @throws CommandFailedException of the first file that failed; those that wait are left
   */
  void fetch(
      FileList files,
      InetSocketAddress server,
      Inventory.Step list,
      Checksums checksums,
      Credentials credentials,
      Inventory inventory) {
    FtpLogin login =
        new FtpLogin(
            server,
            server.getHostString(),
            list.local().flatMap(a -> LocalAddress.of(a, server.getAddress())),
            Optional.empty(),
            credentials,
            patience.ftp());
    Wanted wanted = new Wanted(login, checksums, inventory);
    try (FtpSession session = transfer.open(login)) {
      narration.say("Logged in to %s by FTP as %s.", Endpoint.text(server), credentials.user());
      new FtpJobs<>(login, jobs, wanted::fetch).run(session, once(files), wanted);
    } catch (IOException e) {
      throw unusable(login, e);
    }
    wanted.failure.ifPresent(failure -> {
      throw failure;
    });
  }

  /** What is listed under several keys is fetched once. */
  private static List<FileList.Entry> once(FileList files) {
    Map<RemoteName, FileList.Entry> entries = new LinkedHashMap<>();
    files.entries().forEach(entry -> entries.putIfAbsent(entry.filename(), entry));
    return List.copyOf(entries.values());
  }

  private static CommandFailedException unusable(FtpLogin login, IOException e) {
    if (e instanceof FtpSession.LoginRefusedException) {
      return new CommandFailedException(
          ExitCode.REFUSED,
          Text.of(
              "The login of %s at %s was refused (%s); check the password, and that the account is"
                  + " active.",
              login.credentials().user(), Endpoint.text(login.server()), e.getMessage()),
          e);
    }
    return new CommandFailedException(
        ExitCode.FTP_FAILED,
        Text.of(
            "The FTP server at %s cannot be used: %s. Check its port (--ftp-port).",
            Endpoint.text(login.server()), IoProblem.text(e)),
        e);
  }

  /** The files of one list. */
  private final class Wanted implements FtpJobs.Listener<FileList.Entry> {
    private final FtpLogin login;
    private final Checksums checksums;
    private final Inventory inventory;
    private Optional<CommandFailedException> failure = Optional.empty();

    private Wanted(FtpLogin login, Checksums checksums, Inventory inventory) {
      this.login = login;
      this.checksums = checksums;
      this.inventory = inventory;
    }

    private MovedFile fetch(FtpSession session, FileList.Entry entry) throws IOException {
      RemoteName name = entry.filename();
      long start = System.nanoTime();
      narration.say("File %s: %s, by FTP.", Printable.of(entry.key()), Printable.of(name.text()));
      try (PartialFile file = destination.create(name)) {
        boolean whole = transfer.fetch(session, name.text(), file);
        boolean verified = verify(name, file.sha256(), checksums) || whole;
        refuseClash(name, file.sha256(), inventory);
        file.publish();
        return new MovedFile(
            name.text(),
            entry.key(),
            MovedFile.Protocol.FTP,
            destination.path(name),
            file.bytes(),
            file.sha256(),
            verified,
            MovedFile.secondsSince(start));
      }
    }

    @Override
    public void moved(MovedFile file) {
      inventory.addListed(file);
      narration.say(
          "  %s: %,d bytes in %.2f s%s",
          Printable.of(file.name()),
          file.bytes(),
          file.seconds(),
          file.verified() ? Text.of(", checksum right") : "");
    }

    @Override
    public boolean failed(FileList.Entry entry, Exception problem) {
      if (failure.isEmpty()) {
        failure = Optional.of(explained(entry.filename(), problem));
      }
      return false;
    }

    private CommandFailedException explained(RemoteName name, Exception problem) {
      return switch (problem) {
        case CommandFailedException known -> known;
        case LocalFileException local -> local.failure();
        case FtpSession.LoginRefusedException refused -> unusable(login, refused);
        case IOException io ->
            new CommandFailedException(
                ExitCode.FTP_FAILED,
                Text.of(
                    "\"%s\" could not be fetched by FTP: %s. Check that the file is in the"
                        + " account's home.",
                    Printable.of(name.text()), IoProblem.text(io)),
                io);
        default -> throw new IllegalStateException(problem);
      };
    }
  }

  private static boolean verify(RemoteName name, String actual, Checksums checksums) {
    Optional<String> expected = checksums.of(name);
    if (expected.isPresent() && !expected.get().equals(actual)) {
      throw Checksums.mismatch(name, actual, expected.get());
    }
    return expected.isPresent();
  }

  /** A boot step must not be replaced by another file that happens to have its name. */
  private static void refuseClash(RemoteName name, String actual, Inventory inventory) {
    inventory
        .step(name.text())
        .filter(step -> !step.file().sha256().equals(actual))
        .ifPresent(step -> {
          throw new CommandFailedException(
              ExitCode.FTP_FAILED,
              Text.of(
                  "A boot step and a listed file are both named \"%s\", but differ; give one of"
                      + " them another name in the manifest.",
                  Printable.of(name.text())));
        });
  }
}
