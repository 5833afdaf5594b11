package org.slipway.tftp;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.slipway.accounts.RefusedException;
import org.slipway.leases.TftpRules;
import org.slipway.listeners.ListenerThreads;
import org.slipway.provisioning.BootUploads;
import org.slipway.provisioning.BootUploads.UploadGrant;
import org.slipway.provisioning.HardwareAddress;
import org.slipway.settings.PortalSettings;
import org.slipway.settings.Settings;
import org.slipway.tftp.OptionNegotiation.Limits;
import org.slipway.tftp.TransferTable.Entry;
import org.slipway.tftp.wire.TftpPacket.WriteRequest;
import org.slipway.tftp.wire.TransferMode;
import org.slipway.transfers.ActiveTransfer;
import org.slipway.transfers.TransferDescription;
import org.slipway.transfers.TransferDescription.Direction;
import org.slipway.transfers.Transfers;

/** Turns a write request into a running transfer, or into an error. */
final class WriteRequests {
  private static final long MOST_BUFFERED = 128L << 20;

  private final Settings settings;
  private final BootUploads uploads;
  private final Transfers history;
  private final RequestJournal journal;
  private final ListenerThreads threads;
  private final RandomGenerator random;
  private final TransferLoop loop;
  private final PortAllocation ports;
  private final BlockBuffers buffers = new BlockBuffers(MOST_BUFFERED);

  WriteRequests(
      Settings settings,
      BootUploads uploads,
      Transfers history,
      RequestJournal journal,
      ListenerThreads threads,
      RandomGenerator random,
      TransferLoop loop,
      PortAllocation ports) {
    this.settings = settings;
    this.uploads = uploads;
    this.history = history;
    this.journal = journal;
    this.threads = threads;
    this.random = random;
    this.loop = loop;
    this.ports = ports;
  }

  void serve(ListeningSocket socket, InetSocketAddress client, WriteRequest request, long now) {
    UploadGrant grant;
    try {
      grant = uploads.grant(client.getAddress(), ReadRequests.path(request.filename()));
    } catch (RefusedException e) {
      journal.refuse(
          socket, client, Direction.UP, request.filename(), e.refusal(), loop.budget(), now);
      return;
    }
    try {
      start(client, request, grant, ports.open(socket, client), now);
    } catch (IOException e) {
      journal.ignored(client.getAddress(), e.getMessage());
    }
  }

  private void start(
      InetSocketAddress client,
      WriteRequest request,
      UploadGrant grant,
      TransferPort port,
      long now) {
    TftpRules rules = grant.rules();
    Limits limits = limits(rules);
    Map<String, String> asked = rules.options().orElse(true) ? request.options() : Map.of();
    OptionNegotiation options = OptionNegotiation.forWrite(asked, limits);
    ReceiveFile transfer =
        new ReceiveFile(
            options,
            new ExpectedBlock(options.rollover()),
            buffers,
            port,
            new Retransmission(options.timeout(), limits.giveUp(), random, now),
            loop.out(),
            journal.malformedPackets());
    Entry entry = new Entry(client, request, transfer, () -> ended(client, transfer));
    OptionalLong announced = OptionNegotiation.announced(request.options());
    ActiveTransfer active =
        history.start(
            description(client, grant, announced),
            () -> inLoop(entry, at -> transfer.stop("stopped by an administrator")));
    ReceivedContent content = new ReceivedContent(request.isMode(TransferMode.NETASCII));
    port.serve(entry);
    loop.transfers().add(entry);
    transfer.open(
        new UploadWriter(grant, content, threads, active, events(entry, transfer)),
        active,
        announced);
  }

  private void ended(InetSocketAddress client, FileTransfer transfer) {
    if (transfer.isAnswered()) {
      loop.budget().proven(client.getAddress());
    }
  }

  private UploadWriter.Events events(Entry entry, ReceiveFile transfer) {
    return new UploadWriter.Events() {
      @Override
      public void opened() {
        inLoop(entry, transfer::opened);
      }

      @Override
      public void written(ByteBuffer buffer) {
        inLoop(entry, now -> transfer.written(buffer, now));
      }

      @Override
      public void published() {
        inLoop(entry, transfer::published);
      }

      @Override
      public void failed(RuntimeException fault) {
        inLoop(entry, now -> transfer.failed(fault));
      }
    };
  }

  private void inLoop(Entry entry, Consumer<Long> action) {
    loop.call(() -> {
      action.accept(System.nanoTime());
      loop.transfers().forgetIfOver(entry);
    });
  }

  private Limits limits(TftpRules rules) {
    return new Limits(
        rules.maxBlksize().orElseGet(() -> settings.get(PortalSettings.TFTP_MAX_BLKSIZE)),
        rules.maxWindowsize().orElseGet(() -> settings.get(PortalSettings.TFTP_MAX_WINDOWSIZE)),
        rules.rollover(),
        settings.get(PortalSettings.TFTP_GIVE_UP));
  }

  private static TransferDescription description(
      InetSocketAddress client, UploadGrant grant, OptionalLong announced) {
    return new TransferDescription(
        "TFTP",
        Direction.UP,
        Optional.empty(),
        grant.device().map(HardwareAddress::text),
        client.getAddress().getHostAddress(),
        grant.path().relative(),
        announced.stream().boxed().findFirst());
  }
}
