package org.slipway.client;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.slipway.tftp.wire.ErrorCode;
import org.slipway.tftp.wire.MalformedTftpException;
import org.slipway.tftp.wire.TftpCodec;
import org.slipway.tftp.wire.TftpPacket;
import org.slipway.tftp.wire.TftpPacket.Failure;

/**
 * One file by TFTP: drives a {@link TftpSide} with a socket and a clock. A packet from any port but
 * the one that answered first is told so, and ignored (RFC 1350 section 4).
 */
final class TftpTransfer {
  private final UdpPort port;
  private final InetSocketAddress server;
  private final List<Duration> waits;
  private InetSocketAddress transferId;

  /**
   * @param waits after each sending; giving up follows the last
   */
  TftpTransfer(UdpPort port, InetSocketAddress server, List<Duration> waits) {
    this.port = port;
    this.server = server;
    this.waits = waits;
  }

  /**
   * Moves the file. The port is then left to acknowledge the last block should the server send it
   * again: for the server the file is delivered only when that acknowledgement arrives.
   */
  void run(TftpSide side) throws IOException, TftpFailedException {
    try {
      send(List.of(side.request()));
      while (!side.finished()) {
        awaitProgress(side);
      }
      port.leaveTo(datagram -> dally(datagram, side));
    } catch (TftpFailedException e) {
      if (e.toSend().isPresent() && transferId != null) {
        send(List.of(e.toSend().get()));
      }
      throw e;
    } catch (IOException e) {
      if (transferId != null) {
        send(List.of(new Failure(ErrorCode.NOT_DEFINED, "transfer ended")));
      }
      throw e;
    }
  }

  /** Returns when the transfer got on; repeats what was sent last while it does not. */
  private void awaitProgress(TftpSide side) throws IOException, TftpFailedException {
    long before = side.position();
    for (int attempt = 0; attempt < waits.size(); attempt++) {
      if (attempt > 0) {
        send(side.onSilence());
      }
      listen(side, before, waits.get(attempt));
      if (side.position() > before) {
        return;
      }
    }
    throw transferId == null ? TftpFailedException.silence() : TftpFailedException.broken();
  }

  private void listen(TftpSide side, long before, Duration wait)
      throws IOException, TftpFailedException {
    long deadline = System.nanoTime() + wait.toNanos();
    Duration left = wait;
    while (side.position() == before && !left.isNegative()) {
      Optional<UdpPort.Datagram> datagram = port.receive(left);
      if (datagram.isPresent()) {
        handle(datagram.get(), side);
      }
      left = Duration.ofNanos(deadline - System.nanoTime());
    }
  }

  private void handle(UdpPort.Datagram datagram, TftpSide side)
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
    send(side.receive(packet.get()));
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

  private void dally(UdpPort.Datagram datagram, TftpSide side) throws IOException {
    if (datagram.from().equals(transferId)) {
      send(decode(datagram.content()).map(side::afterwards).orElse(List.of()));
    }
  }

  private static Optional<TftpPacket> decode(ByteBuffer datagram) {
    try {
      return Optional.of(TftpCodec.decode(datagram));
    } catch (MalformedTftpException e) {
      return Optional.empty();
    }
  }

  private void send(List<TftpPacket> packets) throws IOException {
    for (TftpPacket packet : packets) {
      port.send(TftpCodec.encode(packet), transferId == null ? server : transferId);
    }
  }
}
