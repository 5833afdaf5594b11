package org.slipway.client;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.slipway.tftp.wire.ErrorCode;
import org.slipway.tftp.wire.TftpPacket;
import org.slipway.tftp.wire.TftpPacket.Acknowledgement;
import org.slipway.tftp.wire.TftpPacket.Data;
import org.slipway.tftp.wire.TftpPacket.Failure;
import org.slipway.tftp.wire.TftpPacket.OptionAcknowledgement;
import org.slipway.tftp.wire.TftpPacket.ReadRequest;
import org.slipway.tftp.wire.TransferOption;

/**
 * The receiving side of one transfer (RFC 1350, options of RFC 2347 to 2349 and 7440): packets in,
 * packets out; no socket and no clock.
 */
final class TftpRead {
  private final ReadRequest request;
  private final OutputStream sink;
  private final Progress progress;

  private TftpPacket lastSent;
  private int blksize = TransferOption.DEFAULT_BLKSIZE;
  private int windowsize = 1;
  private OptionalLong size = OptionalLong.empty();

  /** Of all blocks, not modulo 65536. */
  private long lastBlock;

  private long bytes;
  private int unacknowledged;
  private boolean gapReported;
  private boolean answered;
  private boolean finished;

  TftpRead(ReadRequest request, OutputStream sink, Progress progress) {
    this.request = request;
    this.sink = sink;
    this.progress = progress;
    this.lastSent = request;
  }

  /** What is sent first, and again whenever the server is silent for too long. */
  TftpPacket toSend() {
    return lastSent;
  }

  boolean finished() {
    return finished;
  }

  /** Grows with everything that brings the transfer on; not with what is only repeated. */
  long position() {
    return answered ? lastBlock + 1 : 0;
  }

  /**
   * @return what is sent in answer
   * @throws TftpFailedException if the transfer is over without the file
   * @throws IOException if the file cannot be written
   */
  Optional<TftpPacket> receive(TftpPacket packet) throws IOException, TftpFailedException {
    return switch (packet) {
      case Data data -> data(data);
      case OptionAcknowledgement oack -> optionAcknowledgement(oack.options());
      case Failure failure -> throw TftpFailedException.reported(failure);
      case TftpPacket.Request r -> Optional.empty();
      case Acknowledgement a -> Optional.empty();
    };
  }

  private Optional<TftpPacket> optionAcknowledgement(Map<String, String> options)
      throws TftpFailedException {
    if (lastBlock > 0) {
      return Optional.empty();
    }
    blksize = granted(options, TransferOption.BLKSIZE, TransferOption.MIN_BLKSIZE, blksize);
    windowsize = granted(options, TransferOption.WINDOWSIZE, 1, windowsize);
    if (options.containsKey(TransferOption.TSIZE)) {
      size = OptionalLong.of(number(options, TransferOption.TSIZE));
      progress.expect(size.getAsLong());
    }
    answered = true;
    return send(new Acknowledgement(0));
  }

  /** A server may grant less than was asked for, never more (RFC 2348, RFC 7440). */
  private int granted(Map<String, String> options, String name, int least, int unset)
      throws TftpFailedException {
    if (!options.containsKey(name)) {
      return unset;
    }
    long value = number(options, name);
    if (!request.options().containsKey(name)
        || value < least
        || value > Long.parseLong(request.options().get(name))) {
      throw refusal("the server answered %s %d, which was not asked for".formatted(name, value));
    }
    return (int) value;
  }

  private static long number(Map<String, String> options, String name) throws TftpFailedException {
    String text = options.get(name);
    if (!text.matches("[0-9]{1,18}")) {
      throw refusal("the server answered %s \"%s\"".formatted(name, Printable.of(text)));
    }
    return Long.parseLong(text);
  }

  private static TftpFailedException refusal(String detail) {
    return TftpFailedException.ours(detail, ErrorCode.OPTION_NEGOTIATION);
  }

  private Optional<TftpPacket> data(Data data) throws IOException, TftpFailedException {
    // The distance to the block that comes next, whatever number it has after a wrap.
    int ahead = (short) (data.block() - (int) (lastBlock + 1));
    if (finished || ahead < 0) {
      return repeated(ahead);
    }
    if (ahead > 0) {
      return gap(ahead);
    }
    take(data);
    if (finished || ++unacknowledged >= windowsize) {
      unacknowledged = 0;
      return acknowledge();
    }
    return Optional.empty();
  }

  private void take(Data data) throws IOException, TftpFailedException {
    int length = data.content().remaining();
    if (length > blksize) {
      throw TftpFailedException.ours(
          "block %d is longer than agreed".formatted(data.block()), ErrorCode.ILLEGAL_OPERATION);
    }
    byte[] content = new byte[length];
    data.content().get(data.content().position(), content);
    sink.write(content);
    answered = true;
    gapReported = false;
    lastBlock++;
    bytes += length;
    progress.advance(length);
    if (length < blksize) {
      checkSize();
      finished = true;
    }
  }

  private void checkSize() throws TftpFailedException {
    if (size.isPresent() && size.getAsLong() != bytes) {
      throw TftpFailedException.ours(
          "the server announced %,d bytes, but sent %,d".formatted(size.getAsLong(), bytes),
          ErrorCode.NOT_DEFINED);
    }
  }

  /**
   * The last block again means that its acknowledgement was lost. Older ones are what is left of a
   * window that was sent twice: the last of them will do.
   */
  private Optional<TftpPacket> repeated(int ahead) {
    return ahead == -1 && lastBlock > 0 ? acknowledge() : Optional.empty();
  }

  /**
   * Says once what was received last in order: the server goes on from there (RFC 7440 section 4).
   */
  private Optional<TftpPacket> gap(int ahead) {
    if (gapReported || ahead >= windowsize) {
      return Optional.empty();
    }
    gapReported = true;
    unacknowledged = 0;
    return acknowledge();
  }

  /** The timer ran out: what was received so far is acknowledged, the request repeated before. */
  TftpPacket onSilence() {
    if (answered) {
      unacknowledged = 0;
      lastSent = new Acknowledgement((int) lastBlock & 0xFFFF);
    }
    return lastSent;
  }

  private Optional<TftpPacket> acknowledge() {
    return send(new Acknowledgement((int) lastBlock & 0xFFFF));
  }

  private Optional<TftpPacket> send(TftpPacket packet) {
    lastSent = packet;
    return Optional.of(packet);
  }
}
