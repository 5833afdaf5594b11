package org.slipway.client;

import java.io.IOException;
import java.net.InetSocketAddress;

/** Turns a TFTP transfer that failed into a sentence that says what to do. */
final class TftpFailure {
  private TftpFailure() {}

  /** A transfer, which may fail. */
  interface Transfer {
    FetchedFile run() throws IOException, TftpFailedException;
  }

  static FetchedFile explained(InetSocketAddress server, String name, Transfer transfer) {
    try {
      return transfer.run();
    } catch (TftpFailedException e) {
      throw failed(server, name, e);
    } catch (IOException e) {
      throw new CommandFailedException(
          ExitCode.TFTP_FAILED, sentence(server, name, IoProblem.text(e), ""), e);
    }
  }

  static CommandFailedException failed(
      InetSocketAddress server, String name, TftpFailedException e) {
    String advice =
        switch (e.kind()) {
          case NOT_FOUND -> " Check that the server has a file of exactly that name.";
          case SILENCE ->
              " Check that its TFTP listener is on that port (--tftp-port), and that no firewall"
                  + " stands between.";
          case OTHER -> " Try again; if it fails again, see the server's record of transfers.";
        };
    return new CommandFailedException(
        ExitCode.TFTP_FAILED, sentence(server, name, e.getMessage(), advice), e);
  }

  private static String sentence(
      InetSocketAddress server, String name, String problem, String advice) {
    return "\"%s\" could not be fetched by TFTP from %s: %s.%s"
        .formatted(Printable.of(name), Endpoint.text(server), problem, advice);
  }
}
