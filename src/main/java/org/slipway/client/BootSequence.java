package org.slipway.client;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;

/**
 * Walks the boot steps as a device does: asks by BOOTP, fetches by TFTP what is offered, asks
 * again, until nobody answers or an answer names no file.
 */
final class BootSequence {
  /** The server did not notice, and never will: it looks for the device's address. */
  private static final int MOST_REPEATS = 3;

  private final ProvisionRequest request;
  private final PatientExchange bootp;
  private final TftpFiles tftp;
  private final TftpAttempts attempts;
  private final Destination destination;
  private final Narration narration;

  BootSequence(
      ProvisionRequest request,
      PatientExchange bootp,
      TftpFiles tftp,
      TftpAttempts attempts,
      Destination destination,
      Narration narration) {
    this.request = request;
    this.bootp = bootp;
    this.tftp = tftp;
    this.attempts = attempts;
    this.destination = destination;
    this.narration = narration;
  }

  void walk(Inventory inventory) throws IOException {
    InetSocketAddress server = request.bootpServer();
    String hardware = MacAddressConverter.spelt(request.hardware());
    narration.say("Asking %s by BOOTP as %s.", Endpoint.text(server), hardware);
    Optional<BootOffer> offer = bootp.first();
    if (offer.isEmpty()) {
      throw bootp.refused() ? nothingListens(server) : nobodyAnswered(server, hardware);
    }
    inventory.giveAddress(offer.get().address());
    narration.say(
        "%s answered: the address is %s.",
        offer.get().from().getHostAddress(), offer.get().address().getHostAddress());
    follow(offer, inventory);
  }

  private void follow(Optional<BootOffer> first, Inventory inventory) throws IOException {
    Optional<BootOffer> offer = first;
    String previous = "";
    int repeats = 0;
    while (offer.isPresent() && !offer.get().file().isEmpty()) {
      String file = offer.get().file();
      repeats = file.equals(previous) ? repeats + 1 : 0;
      if (repeats == MOST_REPEATS) {
        throw offeredAgain(file, offer.get().address(), inventory);
      }
      fetch(offer.get(), repeats, inventory);
      if (request.once()) {
        narration.say("One step was asked for: the boot sequence is over.");
        return;
      }
      previous = file;
      offer = askAfter(file);
    }
    narration.say(
        offer.isPresent()
            ? "The answer names no further file: the boot sequence is over."
            : "Nobody answers any more: the boot sequence is over.");
  }

  /**
   * A busy server may answer before it looks at the acknowledgement of the last block, or that one
   * was lost: an offer of the same file is asked for again, when there was time for it.
   */
  private Optional<BootOffer> askAfter(String fetched) throws IOException {
    Optional<BootOffer> offer = bootp.next();
    if (offer.isPresent() && offer.get().file().equals(fetched)) {
      bootp.pause();
      return bootp.next();
    }
    return offer;
  }

  private void fetch(BootOffer offer, int repeats, Inventory inventory) throws IOException {
    RemoteName name = name(offer.file());
    InetSocketAddress server = request.tftpServer(offer);
    Optional<InetAddress> local =
        LocalAddress.of(offer.address(), server.getAddress()).or(request::from);
    narration.say(
        repeats == 0 ? "Step %s, by TFTP from %s." : "Step %s is offered again, by TFTP from %s.",
        Printable.of(offer.file()),
        Endpoint.text(server));
    MovedFile file =
        attempts.run(
            server,
            TftpFailure.Direction.FETCH,
            offer.file(),
            () -> tftp.fetch(server, local, offer.file(), name, destination));
    inventory.add(new Inventory.Step(file, offer.file(), server, local));
    narration.say("  %,d bytes in %.2f s", file.bytes(), file.seconds());
  }

  private static RemoteName name(String file) {
    try {
      return RemoteName.ofBootFile(file);
    } catch (RemoteName.UnsafeNameException e) {
      throw new CommandFailedException(
          ExitCode.TFTP_FAILED,
          Text.of("The server offers a boot step that is not fetched: %s.", e.getMessage()),
          e);
    }
  }

  private static CommandFailedException nothingListens(InetSocketAddress server) {
    return new CommandFailedException(
        ExitCode.NOBODY_ANSWERED,
        Text.of(
            "Nobody answered the BOOTP requests to %s: nothing listens there. Check that the server"
                + " runs, and that its BOOTP listener is on that port (--bootp-port).",
            Endpoint.text(server)));
  }

  private static CommandFailedException nobodyAnswered(InetSocketAddress server, String hardware) {
    return new CommandFailedException(
        ExitCode.NOBODY_ANSWERED,
        Text.of(
            "Nobody answered the BOOTP requests to %s. Check on the server that the device %s is"
                + " known, enabled and not yet at the end of its sequence (re-arm it), and that its"
                + " BOOTP listener is on that port (--bootp-port).",
            Endpoint.text(server), hardware));
  }

  private static CommandFailedException offeredAgain(
      String file, InetAddress expected, Inventory inventory) {
    String address = expected.getHostAddress();
    boolean leftFromThere =
        inventory
            .step(name(file).text())
            .flatMap(Inventory.Step::local)
            .filter(expected::equals)
            .isPresent();
    String advice =
        leftFromThere
            ? Text.of(
                "The packets did leave from there: see on the server what the device's timeline"
                    + " says, and whether it has a manifest at all")
            : Text.of(
                "This host does not have that address: run the client on the host that has it, or"
                    + " give the device an address of this host");
    return new CommandFailedException(
        ExitCode.TFTP_FAILED,
        Text.of(
            "The server offers \"%s\" again and again, although it was fetched whole. It expects it"
                + " to be fetched from the address %s. %s.",
            Printable.of(file), address, advice));
  }
}
