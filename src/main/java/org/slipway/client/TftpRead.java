package org.slipway.client;

import java.io.IOException;
import java.nio.channels.WritableByteChannel;
import java.util.List;
import java.util.Map;
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
final class TftpRead implements TftpSide {
  private final ReadRequest request;
  private final WritableByteChannel sink;
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

  TftpRead(ReadRequest request, WritableByteChannel sink, Progress progress) {
    this.request = request;
    this.sink = sink;
    this.progress = progress;
    this.lastSent = request;
  }

  @Override
  public TftpPacket request() {
    return request;
  }

  @Override
  public boolean finished() {
    return finished;
  }

  @Override
  public long position() {
    return answered ? lastBlock + 1 : 0;
  }

  @Override
  public List<TftpPacket> receive(TftpPacket packet) throws IOException, TftpFailedException {
    return switch (packet) {
      case Data data -> data(data);
      case OptionAcknowledgement oack -> optionAcknowledgement(oack.options());
      case Failure failure -> throw TftpFailedException.reported(failure);
      case TftpPacket.Request r -> List.of();
      case Acknowledgement a -> List.of();
    };
  }

  private List<TftpPacket> optionAcknowledgement(Map<String, String> options)
      throws TftpFailedException {
    if (lastBlock > 0) {
      return List.of();
    }
    GrantedOptions granted = new GrantedOptions(request.options(), options);
    blksize = granted.blksize();
    windowsize = granted.windowsize();
    if (options.containsKey(TransferOption.TSIZE)) {
      size = OptionalLong.of(granted.number(TransferOption.TSIZE));
      progress.expect(size.getAsLong());
    }
    answered = true;
    return send(new Acknowledgement(0));
  }

  private List<TftpPacket> data(Data data) throws IOException, TftpFailedException {
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
    return List.of();
  }

  private void take(Data data) throws IOException, TftpFailedException {
    int length = data.content().remaining();
    if (length > blksize) {
      throw TftpFailedException.ours(
          Text.of("block %d is longer than agreed", data.block()), ErrorCode.ILLEGAL_OPERATION);
    }
    sink.write(data.content());
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
          Text.of("the server announced %,d bytes, but sent %,d", size.getAsLong(), bytes),
          ErrorCode.NOT_DEFINED);
    }
  }

  /**
   * The last block again means that its acknowledgement was lost. Older ones are what is left of a
   * window that was sent twice: the last of them will do.
   */
  private List<TftpPacket> repeated(int ahead) {
    return ahead == -1 && lastBlock > 0 ? acknowledge() : List.of();
  }

  /**
   * Says once what was received last in order: the server goes on from there (RFC 7440 section 4).
   */
  private List<TftpPacket> gap(int ahead) {
    if (gapReported || ahead >= windowsize) {
      return List.of();
    }
    gapReported = true;
    unacknowledged = 0;
    return acknowledge();
  }

  /** The timer ran out: what was received so far is acknowledged, the request repeated before. */
  @Override
  public List<TftpPacket> onSilence() {
    if (answered) {
      unacknowledged = 0;
      lastSent = new Acknowledgement((int) lastBlock & 0xFFFF);
    }
    return List.of(lastSent);
  }

  /** The last block again means that its acknowledgement was lost. */
  @Override
  public List<TftpPacket> afterwards(TftpPacket packet) {
    return packet instanceof Data data && data.block() == ((int) lastBlock & 0xFFFF)
        ? List.of(lastSent)
        : List.of();
  }

  private List<TftpPacket> acknowledge() {
    return send(new Acknowledgement((int) lastBlock & 0xFFFF));
  }

  private List<TftpPacket> send(TftpPacket packet) {
    lastSent = packet;
    return List.of(packet);
  }
}
