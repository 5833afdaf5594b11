package org.slipway.client;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;

/** Fetches the listed files by FTP, each one checked before it gets its name. */
final class FtpFiles {
  private final Destination destination;
  private final Narration narration;
  private final ProgressBars bars;
  private final Duration patience;

  FtpFiles(Destination destination, Narration narration, ProgressBars bars, Duration patience) {
    this.destination = destination;
    this.narration = narration;
    this.bars = bars;
    this.patience = patience;
  }

  /**
   * @param server that has the files
   * @param list where the list came from; its local address is used here too
   */
  void fetch(
      FileList files,
      InetSocketAddress server,
      Inventory.Step list,
      Checksums checksums,
      Credentials credentials,
      Inventory inventory) {
    try (FtpSession session =
        FtpSession.open(
            new FtpLogin(
                server,
                server.getHostString(),
                list.local().flatMap(a -> LocalAddress.of(a, server.getAddress())),
                Optional.empty(),
                credentials,
                patience))) {
      narration.say("Logged in to %s by FTP as %s.", Endpoint.text(server), credentials.user());
      for (FileList.Entry entry : files.entries()) {
        if (!inventory.hasListed(entry.filename().text())) {
          fetch(session, entry, checksums, inventory);
        }
      }
    } catch (FtpSession.LoginRefusedException e) {
      throw new CommandFailedException(
          ExitCode.REFUSED,
          Text.of(
              "The login of %s at %s was refused (%s); check the password, and that the account is"
                  + " active.",
              credentials.user(), Endpoint.text(server), e.getMessage()),
          e);
    } catch (IOException e) {
      throw new CommandFailedException(
          ExitCode.FTP_FAILED,
          Text.of(
              "The FTP server at %s cannot be used: %s. Check its port (--ftp-port).",
              Endpoint.text(server), IoProblem.text(e)),
          e);
    }
  }

  private void fetch(
      FtpSession session, FileList.Entry entry, Checksums checksums, Inventory inventory) {
    RemoteName name = entry.filename();
    long start = System.nanoTime();
    narration.say("File %s: %s, by FTP.", Printable.of(entry.key()), Printable.of(name.text()));
    try (PartialFile file = destination.create(name);
        Progress progress = bars.start(name.text())) {
      session.retrieve(name, file, progress);
      boolean verified = verify(name, file.sha256(), checksums);
      refuseClash(name, file.sha256(), inventory);
      file.publish();
      MovedFile fetched =
          new MovedFile(
              name.text(),
              entry.key(),
              MovedFile.Protocol.FTP,
              destination.path(name),
              file.bytes(),
              file.sha256(),
              verified,
              MovedFile.secondsSince(start));
      inventory.addListed(fetched);
      narration.say(
          "  %,d bytes in %.2f s%s",
          fetched.bytes(), fetched.seconds(), verified ? Text.of(", checksum right") : "");
    } catch (IOException e) {
      throw new CommandFailedException(
          ExitCode.FTP_FAILED,
          Text.of(
              "\"%s\" could not be fetched by FTP: %s. Check that the file is in the account's"
                  + " home.",
              Printable.of(name.text()), IoProblem.text(e)),
          e);
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
