package org.slipway.client;

import java.io.IOException;
import java.net.InetSocketAddress;

/** Turns a TFTP transfer that failed into a sentence that says what to do. */
final class TftpFailure {
  private TftpFailure() {}

  /** A transfer, which may fail. */
  interface Transfer {
    MovedFile run() throws IOException, TftpFailedException;
  }

  /** Which way the file was to go. */
  enum Direction {
    FETCH,
    SEND
  }

  static MovedFile explained(
      InetSocketAddress server, Direction direction, String name, Transfer transfer) {
    try {
      return transfer.run();
    } catch (TftpFailedException e) {
      throw failed(server, direction, name, e);
    } catch (LocalFileException e) {
      throw e.failure();
    } catch (IOException e) {
      throw new CommandFailedException(
          ExitCode.TFTP_FAILED, sentence(server, direction, name, IoProblem.text(e), ""), e);
    }
  }

  static CommandFailedException failed(
      InetSocketAddress server, Direction direction, String name, TftpFailedException e) {
    String advice =
        switch (e.kind()) {
          case NOT_FOUND -> Text.of("Check that the server has a file of exactly that name.");
          case SILENCE ->
              Text.of(
                  "Check that its TFTP listener is on that port, and that no firewall stands"
                      + " between.");
          case REFUSED ->
              Text.of("Check that writing is allowed there, to this name and from this address.");
          case BROKEN, ENDED, OTHER ->
              Text.of("Try again; if it fails again, see the server's record of transfers.");
        };
    return new CommandFailedException(
        ExitCode.TFTP_FAILED, sentence(server, direction, name, e.getMessage(), " " + advice), e);
  }

  private static String sentence(
      InetSocketAddress server, Direction direction, String name, String problem, String advice) {
    String sentence =
        direction == Direction.FETCH
            ? Text.of(
                "\"%s\" could not be fetched by TFTP from %s: %s.",
                Printable.of(name), Endpoint.text(server), problem)
            : Text.of(
                "\"%s\" could not be sent by TFTP to %s: %s.",
                Printable.of(name), Endpoint.text(server), problem);
    return sentence + advice;
  }
}
