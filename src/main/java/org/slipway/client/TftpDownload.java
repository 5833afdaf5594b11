package org.slipway.client;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.slipway.tftp.wire.ErrorCode;
import org.slipway.tftp.wire.MalformedTftpException;
import org.slipway.tftp.wire.TftpCodec;
import org.slipway.tftp.wire.TftpPacket;
import org.slipway.tftp.wire.TftpPacket.Acknowledgement;
import org.slipway.tftp.wire.TftpPacket.Data;
import org.slipway.tftp.wire.TftpPacket.Failure;
import org.slipway.tftp.wire.TftpPacket.ReadRequest;

/**
 * One file by TFTP: drives a {@link TftpRead} with a socket and a clock. A packet from any port but
 * the one that answered first is told so, and ignored (RFC 1350 section 4).
 */
final class TftpDownload {
  private final UdpPort port;
  private final InetSocketAddress server;
  private final List<Duration> waits;
  private InetSocketAddress transferId;

  /**
   * @param waits after each sending; giving up follows the last
   */
  TftpDownload(UdpPort port, InetSocketAddress server, List<Duration> waits) {
    this.port = port;
    this.server = server;
    this.waits = waits;
  }

  /**
   * Fetches the file. The port is then left to acknowledge the last block should the server send it
   * again: for the server the file is delivered only when that acknowledgement arrives.
   */
  void run(ReadRequest request, OutputStream sink, Progress progress)
      throws IOException, TftpFailedException {
    TftpRead read = new TftpRead(request, sink, progress);
    try {
      send(read.toSend());
      while (!read.finished()) {
        awaitProgress(read);
      }
      port.leaveTo(datagram -> dally(datagram, read.toSend()));
    } catch (TftpFailedException e) {
      if (e.toSend().isPresent() && transferId != null) {
        send(e.toSend().get());
      }
      throw e;
    } catch (IOException e) {
      if (transferId != null) {
        send(new Failure(ErrorCode.NOT_DEFINED, "transfer ended"));
      }
      throw e;
    }
  }

  /** Returns when the transfer got on; repeats what was sent last while it does not. */
  private void awaitProgress(TftpRead read) throws IOException, TftpFailedException {
    long before = read.position();
    for (int attempt = 0; attempt < waits.size(); attempt++) {
      if (attempt > 0) {
        send(read.onSilence());
      }
      listen(read, before, waits.get(attempt));
      if (read.position() > before) {
        return;
      }
    }
    throw TftpFailedException.silence();
  }

  private void listen(TftpRead read, long before, Duration wait)
      throws IOException, TftpFailedException {
    long deadline = System.nanoTime() + wait.toNanos();
    Duration left = wait;
    while (read.position() == before && !left.isNegative()) {
      Optional<UdpPort.Datagram> datagram = port.receive(left);
      if (datagram.isPresent()) {
        handle(datagram.get(), read);
      }
      left = Duration.ofNanos(deadline - System.nanoTime());
    }
  }

  private void handle(UdpPort.Datagram datagram, TftpRead read)
      throws IOException, TftpFailedException {
    Optional<TftpPacket> packet = decode(datagram.content());
    if (packet.isEmpty()) {
      return;
    }
    if (!isFromServer(datagram.from())) {
      rejectStranger(datagram.from(), packet.get());
      return;
    }
    transferId = datagram.from();
    Optional<TftpPacket> answer = read.receive(packet.get());
    if (answer.isPresent()) {
      send(answer.get());
    }
  }

  private boolean isFromServer(InetSocketAddress from) {
    return transferId == null
        ? from.getAddress().equals(server.getAddress())
        : from.equals(transferId);
  }

  /** An error is never answered by an error: that could go on for ever. */
  private void rejectStranger(InetSocketAddress stranger, TftpPacket packet) throws IOException {
    if (!(packet instanceof Failure)) {
      Failure failure = new Failure(ErrorCode.UNKNOWN_TRANSFER_ID, "unknown transfer ID");
      port.send(TftpCodec.encode(failure), stranger);
    }
  }

  private void dally(UdpPort.Datagram datagram, TftpPacket last) throws IOException {
    if (datagram.from().equals(transferId)
        && decode(datagram.content()).filter(p -> isSameBlock(p, last)).isPresent()) {
      send(last);
    }
  }

  private static boolean isSameBlock(TftpPacket packet, TftpPacket last) {
    return packet instanceof Data data
        && last instanceof Acknowledgement acknowledgement
        && data.block() == acknowledgement.block();
  }

  private static Optional<TftpPacket> decode(ByteBuffer datagram) {
    try {
      return Optional.of(TftpCodec.decode(datagram));
    } catch (MalformedTftpException e) {
      return Optional.empty();
    }
  }

  private void send(TftpPacket packet) throws IOException {
    port.send(TftpCodec.encode(packet), transferId == null ? server : transferId);
  }
}
