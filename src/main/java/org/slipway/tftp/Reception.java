package org.slipway.tftp;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.slipway.settings.PortalSettings;
import org.slipway.settings.Settings;
import org.slipway.tftp.wire.MalformedTftpException;
import org.slipway.tftp.wire.TftpCodec;
import org.slipway.tftp.wire.TftpPacket;
import org.slipway.tftp.wire.TftpPacket.Failure;
import org.slipway.tftp.wire.TftpPacket.ReadRequest;
import org.slipway.tftp.wire.TftpPacket.Request;
import org.slipway.tftp.wire.TftpPacket.WriteRequest;
import org.slipway.tftp.wire.TransferMode;
import org.slipway.transfers.TransferDescription.Direction;

/**
 * What comes to the well-known port. Only requests are ever answered there: an answer to anything
 * else could be made to bounce between two servers, or to hit a third party.
 */
final class Reception implements ListeningSocket.Reception {
  private final Settings settings;
  private final TransferTable transfers;
  private final RequestBudget budget;
  private final ReadRequests reads;
  private final WriteRequests writes;
  private final RequestJournal journal;
  private final boolean singlePort;

  Reception(
      Settings settings,
      TransferLoop loop,
      ReadRequests reads,
      WriteRequests writes,
      RequestJournal journal,
      boolean singlePort) {
    this.settings = settings;
    this.transfers = loop.transfers();
    this.budget = loop.budget();
    this.reads = reads;
    this.writes = writes;
    this.journal = journal;
    this.singlePort = singlePort;
  }

  @Override
  public void received(
      ListeningSocket socket, InetSocketAddress client, ByteBuffer datagram, long now) {
    Optional<TransferTable.Entry> running = transfers.find(client);
    if (TftpCodec.isRequest(datagram)) {
      if (!isAllowed(client.getAddress()) || client.getPort() == 0) {
        journal.ignored(client.getAddress(), "not in slipway.tftp.networks");
      } else if (!budget.takeRequest(client.getAddress(), now)) {
        journal.ignored(client.getAddress(), "too many requests from one address");
      } else {
        request(socket, client, datagram, running, now);
      }
    } else if (singlePort && running.isPresent()) {
      running.get().transfer().received(datagram, now);
      transfers.forgetIfOver(running.get());
    } else {
      journal.ignored(client.getAddress(), "no request");
    }
  }

  private boolean isAllowed(InetAddress client) {
    return settings
        .get(PortalSettings.TFTP_NETWORKS)
        .map(blocks -> blocks.stream().anyMatch(b -> b.contains(client)))
        .orElse(true);
  }

  private void request(
      ListeningSocket socket,
      InetSocketAddress client,
      ByteBuffer datagram,
      Optional<TransferTable.Entry> running,
      long now) {
    TftpPacket packet;
    try {
      packet = TftpCodec.decode(datagram);
    } catch (MalformedTftpException e) {
      journal.malformed(client.getAddress(), e);
      if (budget.takeError(now)) {
        socket.refuse(TftpCodec.encode(RefusalCode.MALFORMED), client);
      }
      return;
    }
    if (packet instanceof Request asked && !isRepeated(asked, running, now)) {
      serve(socket, client, asked, now);
    }
  }

  /**
   * The same request again from the same port: our answer was lost, or the network doubled it. Any
   * other one means that the client has begun anew.
   */
  private boolean isRepeated(Request asked, Optional<TransferTable.Entry> running, long now) {
    if (running.isEmpty()) {
      return false;
    }
    TransferTable.Entry entry = running.get();
    FileTransfer transfer = entry.transfer();
    boolean same = entry.request().equals(asked);
    if (same && !transfer.isAnswered()) {
      transfer.requestedAgain(now);
      transfers.forgetIfOver(entry);
      return true;
    }
    if (same && transfer.isMoving(now)) {
      return true;
    }
    transfer.abandon("the client asked anew");
    transfers.forgetIfOver(entry);
    return false;
  }

  private void serve(ListeningSocket socket, InetSocketAddress client, Request asked, long now) {
    boolean read = asked instanceof ReadRequest;
    if (!asked.isMode(TransferMode.OCTET) && !asked.isMode(TransferMode.NETASCII)) {
      Direction direction = read ? Direction.DOWN : Direction.UP;
      refuse(socket, client, direction, asked.filename(), RefusalCode.UNKNOWN_MODE, now);
    } else if (!transfers.hasRoomFor(client.getAddress())) {
      journal.ignored(client.getAddress(), "too many transfers");
    } else if (asked instanceof ReadRequest request) {
      reads.serve(socket, client, request, now);
    } else if (asked instanceof WriteRequest request) {
      writes.serve(socket, client, request, now);
    }
  }

  private void refuse(
      ListeningSocket socket,
      InetSocketAddress client,
      Direction direction,
      String filename,
      Failure answer,
      long now) {
    if (!budget.takeError(now)) {
      journal.ignored(client.getAddress(), "too many errors");
      return;
    }
    socket.refuse(TftpCodec.encode(answer), client);
    journal.refused(client.getAddress(), direction, filename, answer, answer.message());
  }
}
