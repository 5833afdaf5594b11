package org.slipway.tftp;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.random.RandomGenerator;
import org.slipway.accounts.Refusal;
import org.slipway.accounts.RefusedException;
import org.slipway.leases.TftpRules;
import org.slipway.listeners.ListenerThreads;
import org.slipway.provisioning.BootContent;
import org.slipway.provisioning.BootContent.BootTransfer;
import org.slipway.provisioning.HardwareAddress;
import org.slipway.settings.PortalSettings;
import org.slipway.settings.Settings;
import org.slipway.storage.VirtualPath;
import org.slipway.tftp.OptionNegotiation.Limits;
import org.slipway.tftp.TransferTable.Entry;
import org.slipway.tftp.wire.TftpCodec;
import org.slipway.tftp.wire.TftpPacket.ReadRequest;
import org.slipway.tftp.wire.TransferMode;
import org.slipway.transfers.TransferDescription;
import org.slipway.transfers.TransferDescription.Direction;
import org.slipway.transfers.Transfers;

/** Turns a read request into a running transfer, or into an error. */
final class ReadRequests {
  private static final Logger LOG = Logger.getLogger(ReadRequests.class.getName());
  private static final long MOST_BUFFERED = 128L << 20;
  private static final long WARNING_PAUSE = 60_000_000_000L;
  private static final String OCTET_FF = "\u00ff";
  private static final String OCTET_FF_AS_TEXT = "M-^?";

  private final Settings settings;
  private final BootContent content;
  private final Transfers history;
  private final RequestJournal journal;
  private final ListenerThreads threads;
  private final RandomGenerator random;
  private final TransferLoop loop;
  private final PortAllocation ports;
  private final BlockBuffers buffers = new BlockBuffers(MOST_BUFFERED);
  private long warnedAt;

  ReadRequests(
      Settings settings,
      BootContent content,
      Transfers history,
      RequestJournal journal,
      ListenerThreads threads,
      RandomGenerator random,
      TransferLoop loop,
      PortAllocation ports) {
    this.settings = settings;
    this.content = content;
    this.history = history;
    this.journal = journal;
    this.threads = threads;
    this.random = random;
    this.loop = loop;
    this.ports = ports;
  }

  void serve(ListeningSocket socket, InetSocketAddress client, ReadRequest request, long now) {
    BootTransfer file;
    try {
      file = content.open("TFTP", client.getAddress(), path(request.filename()));
    } catch (RefusedException e) {
      journal.refuse(
          socket, client, Direction.DOWN, request.filename(), e.refusal(), loop.budget(), now);
      return;
    } catch (RuntimeException e) {
      LOG.log(Level.SEVERE, "A boot file could not be opened", e);
      socket.refuse(TftpCodec.encode(RefusalCode.FAULT), client);
      return;
    }
    try {
      start(socket, client, request, file, now);
    } catch (IOException e) {
      journal.ignored(client.getAddress(), e.getMessage());
      warn(e, now);
      file.close();
    }
  }

  /**
   * Windows boot loaders separate names by backslashes; old boot ROMs append 0xFF to a name, which
   * some programs on the way have made readable.
   */
  static VirtualPath path(String filename) {
    String name = filename;
    while (name.endsWith(OCTET_FF) || name.endsWith(OCTET_FF_AS_TEXT)) {
      int junk = name.endsWith(OCTET_FF) ? OCTET_FF.length() : OCTET_FF_AS_TEXT.length();
      name = name.substring(0, name.length() - junk);
    }
    VirtualPath path = VirtualPath.parse(name.replace('\\', '/'));
    if (path.isRoot()) {
      throw new RefusedException(Refusal.Kind.IS_A_FOLDER, "The root is a folder");
    }
    return path;
  }

  private void start(
      ListeningSocket socket,
      InetSocketAddress client,
      ReadRequest request,
      BootTransfer file,
      long now)
      throws IOException {
    TftpRules rules = content.rules(client.getAddress());
    Limits limits = limits(rules);
    Map<String, String> asked = rules.options().orElse(true) ? request.options() : Map.of();
    boolean netascii = request.isMode(TransferMode.NETASCII);
    long size = netascii ? NetasciiSource.size(file, loop.out()) : file.size();
    OptionNegotiation options = OptionNegotiation.forRead(asked, size, limits);
    Optional<ByteBuffer> buffer =
        buffers.take(options.blksize(), options.windowsize(), file.size());
    if (buffer.isEmpty()) {
      throw new IOException("no memory is left for reading ahead");
    }
    try {
      TransferPort port = ports.open(socket, client);
      TransferReport report = new TransferReport(file, threads, journal.malformedPackets());
      SendFile transfer =
          new SendFile(
              options,
              size,
              netascii ? new NetasciiSource(file, buffer.get()) : new ReadAhead(file, buffer.get()),
              port,
              new Retransmission(options.timeout(), limits.giveUp(), random, now),
              report,
              loop.out());
      Entry entry =
          new Entry(client, request, transfer, () -> ended(client, transfer, buffer.get()));
      report.begun(history.start(description(client, request, file, size), () -> cancel(entry)));
      port.serve(entry);
      loop.transfers().add(entry);
      transfer.start(now);
      loop.transfers().forgetIfOver(entry);
    } catch (IOException e) {
      buffers.giveBack(buffer.get());
      throw e;
    }
  }

  /** Anybody can ask without end; the log is not to be filled that way. */
  private void warn(IOException e, long now) {
    if (warnedAt == 0 || now - warnedAt > WARNING_PAUSE) {
      warnedAt = now;
      LOG.log(Level.WARNING, "TFTP requests are left unanswered", e);
    }
  }

  private void ended(InetSocketAddress client, FileTransfer transfer, ByteBuffer buffer) {
    buffers.giveBack(buffer);
    if (transfer.isAnswered()) {
      loop.budget().proven(client.getAddress());
    }
  }

  private Limits limits(TftpRules rules) {
    return new Limits(
        rules.maxBlksize().orElseGet(() -> settings.get(PortalSettings.TFTP_MAX_BLKSIZE)),
        rules.maxWindowsize().orElseGet(() -> settings.get(PortalSettings.TFTP_MAX_WINDOWSIZE)),
        rules.rollover(),
        settings.get(PortalSettings.TFTP_GIVE_UP));
  }

  private void cancel(Entry entry) {
    loop.call(() -> {
      entry.transfer().stop("stopped by an administrator");
      loop.transfers().forgetIfOver(entry);
    });
  }

  private static TransferDescription description(
      InetSocketAddress client, ReadRequest request, BootTransfer file, long size) {
    return new TransferDescription(
        "TFTP",
        Direction.DOWN,
        Optional.empty(),
        file.device().map(HardwareAddress::text),
        client.getAddress().getHostAddress(),
        path(request.filename()).relative(),
        size == BlockSource.UNKNOWN ? Optional.empty() : Optional.of(size));
  }
}
