package org.slipway.client;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** The whole flow of one device: boot steps by BOOTP and TFTP, then the listed files by FTP. */
final class Provisioning {
  /** How often a file that TFTP did not bring whole is begun again. */
  private static final int TFTP_REPETITIONS = 3;

  /** How often it is looked whether a server that went away is there again. */
  private static final int SERVER_RETURNS = 5;

  private final ProvisionRequest request;
  private final Supplier<Optional<Credentials>> credentials;
  private final Patience patience;
  private final Narration narration;
  private final ProgressBars bars;
  private final TftpAttempts attempts;

  /**
   * @param credentials asked for only where there is something to log in for; empty leaves the
   *     listed files alone
   */
  Provisioning(
      ProvisionRequest request,
      Supplier<Optional<Credentials>> credentials,
      Patience patience,
      Narration narration,
      ProgressBars bars) {
    this.request = request;
    this.credentials = credentials;
    this.patience = patience;
    this.narration = narration;
    this.bars = bars;
    this.attempts = new TftpAttempts(patience.backoff(TFTP_REPETITIONS), narration);
  }

  /**
   * @param loss of UDP packets on purpose
   * @param inventory filled on the way
   */
  void run(Destination destination, PacketLoss loss, Inventory inventory) throws IOException {
    if (request.isToEverybody() && LocalAddress.broadcasts().isEmpty()) {
      throw new CommandFailedException(
          ExitCode.FAILED,
          Text.of(
              "No network interface of this machine is up and has an IPv4 address, and a broadcast"
                  + " leaves only from one that has. Give one an address (\"ip address add"
                  + " 192.0.2.2/24 dev eth0\", or a DHCP client), or run the client where there is"
                  + " one."));
    }
    List<InetSocketAddress> servers = request.bootpServers();
    InetAddress first = servers.getFirst().getAddress();
    try (UdpPorts ports = UdpPorts.open(loss);
        UdpPort bootpPort = BootpPort.open(ports, first, request.clientPort(), request.from())) {
      TftpFiles tftp = new TftpFiles(ports, patience.tftp(), TftpFiles.Sizes.DEFAULT, bars);
      BootpExchange bootp =
          new BootpExchange(
              bootpPort,
              servers,
              request.hardware(),
              request.from(),
              patience.bootp(),
              new SecureRandom());
      ListedFiles lists = new ListedFiles(tftp, attempts, destination);
      new BootSequence(
              request,
              new PatientExchange(
                  bootp,
                  () -> !lists.isAmong(inventory, request.list()),
                  patience.backoff(SERVER_RETURNS),
                  narration),
              tftp,
              attempts,
              destination,
              narration)
          .walk(inventory);
      fetchListed(lists, destination, inventory);
    }
  }

  private void fetchListed(ListedFiles lists, Destination destination, Inventory inventory)
      throws IOException {
    Optional<Inventory.Step> list = lists.find(inventory, request.list());
    if (list.isEmpty()) {
      narration.say("There is no file list among the steps.");
      return;
    }
    inventory.follow(list.get().file().name());
    FileList files = lists.read(list.get().file());
    narration.say("File list %s: %d files.", inventory.list().get(), files.entries().size());
    if (files.entries().isEmpty()) {
      return;
    }
    Checksums checksums = lists.checksums(list.get(), inventory);
    lists.verifySteps(checksums, files, inventory);
    Optional<Credentials> who = credentials.get();
    if (who.isEmpty()) {
      return;
    }
    new FtpFiles(destination, narration, bars, patience, request.jobs())
        .fetch(files, request.ftpServer(list.get()), list.get(), checksums, who.get(), inventory);
  }
}
