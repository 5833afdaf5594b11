package org.slipway.tftp;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.random.RandomGenerator;
import org.slipway.accounts.Refusal;
import org.slipway.accounts.RefusedException;
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
import org.slipway.tftp.wire.TftpPacket.Failure;
import org.slipway.tftp.wire.TftpPacket.ReadRequest;
import org.slipway.transfers.TransferDescription;
import org.slipway.transfers.TransferDescription.Direction;
import org.slipway.transfers.Transfers;

/** Turns a read request into a running transfer, or into an error. */
final class ReadRequests {
  private static final Logger LOG = Logger.getLogger(ReadRequests.class.getName());
  private static final long MOST_BUFFERED = 128L << 20;
  private static final int LONGEST_REASON = 300;
  private static final long WARNING_PAUSE = 60_000_000_000L;

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
      refuse(socket, client, request.filename(), e.refusal());
      return;
    } catch (RuntimeException e) {
      LOG.log(Level.SEVERE, "A boot file could not be opened", e);
      socket.send(TftpCodec.encode(RefusalCode.FAULT), client);
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

  /** Windows boot loaders separate names by backslashes; old boot ROMs append 0xFF to a name. */
  static VirtualPath path(String filename) {
    int end = filename.length();
    while (end > 0 && filename.charAt(end - 1) == '\u00ff') {
      end--;
    }
    VirtualPath path = VirtualPath.parse(filename.substring(0, end).replace('\\', '/'));
    if (path.isRoot()) {
      throw new RefusedException(Refusal.Kind.IS_A_FOLDER, "The root is a folder");
    }
    return path;
  }

  private void refuse(
      ListeningSocket socket, InetSocketAddress client, String filename, Refusal refusal) {
    Optional<Failure> answer = RefusalCode.of(refusal.kind());
    answer.ifPresentOrElse(
        failure -> {
          socket.send(TftpCodec.encode(failure), client);
          journal.refused(client.getAddress(), Direction.DOWN, filename, failure, why(refusal));
        },
        () -> journal.ignored(client.getAddress(), refusal.detail()));
  }

  /** A rule or a template that says no is told in its own words. */
  private static String why(Refusal refusal) {
    if (refusal.kind() != Refusal.Kind.NO_PERMISSION) {
      return refusal.kind().name();
    }
    String text = refusal.kind() + ": " + refusal.detail();
    return text.length() <= LONGEST_REASON ? text : text.substring(0, LONGEST_REASON);
  }

  private void start(
      ListeningSocket socket,
      InetSocketAddress client,
      ReadRequest request,
      BootTransfer file,
      long now)
      throws IOException {
    Limits limits = limits();
    OptionNegotiation options = OptionNegotiation.forRead(request.options(), file.size(), limits);
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
              file.size(),
              new ReadAhead(file, buffer.get()),
              port,
              new Retransmission(options.timeoutSeconds(), limits.giveUp(), random, now),
              report,
              loop.out());
      Entry entry = new Entry(client, request, transfer, () -> buffers.giveBack(buffer.get()));
      report.begun(history.start(description(client, request, file), () -> cancel(entry)));
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

  private Limits limits() {
    return new Limits(
        settings.get(PortalSettings.TFTP_MAX_BLKSIZE),
        settings.get(PortalSettings.TFTP_MAX_WINDOWSIZE),
        settings.get(PortalSettings.TFTP_GIVE_UP));
  }

  private void cancel(Entry entry) {
    loop.call(() -> {
      entry.transfer().stop("stopped by an administrator");
      loop.transfers().forgetIfOver(entry);
    });
  }

  private static TransferDescription description(
      InetSocketAddress client, ReadRequest request, BootTransfer file) {
    return new TransferDescription(
        "TFTP",
        Direction.DOWN,
        Optional.empty(),
        file.device().map(HardwareAddress::text),
        client.getAddress().getHostAddress(),
        path(request.filename()).relative(),
        Optional.of(file.size()));
  }
}
