package org.slipway.tftp;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.LongAdder;
import org.slipway.accounts.RefusedException;
import org.slipway.tftp.wire.MalformedTftpException;
import org.slipway.tftp.wire.TftpCodec;
import org.slipway.tftp.wire.TftpPacket.Failure;
import org.slipway.tftp.wire.TftpPacket.OptionAcknowledgement;
import org.slipway.transfers.ActiveTransfer;

/**
 * Answers one write request: OACK or ACK 0 when the file is open, then one ACK for each window. A
 * gap is answered once by an ACK of the last block in order (RFC 7440 section 4). The last block is
 * acknowledged when the file has its name, and again for as long as the client may repeat it (RFC
 * 1350 section 6, dallying).
 */
final class ReceiveFile implements FileTransfer {
  /** Clients that lost the last ACK repeat their last block after 5 s at most, as a rule. */
  private static final long DALLY = 6_000_000_000L;

  /** When more buffers than these wait for the disk, the next ACK waits with them. */
  private static final int MOST_WAITING = 4;

  /** No client gives up and begins anew within a second. */
  private static final long MOVING = 1_000_000_000L;

  private final OptionNegotiation options;
  private final ExpectedBlock numbers;
  private final BlockBuffers buffers;
  private final TransferPort port;
  private final Retransmission timer;
  private final ByteBuffer packet;
  private final LongAdder malformed;
  private ActiveTransfer active;
  private UploadWriter writer;
  private State state = State.OPENING;

  /** The blocks since the last buffer was handed to the writer. */
  private ByteBuffer filling;

  private boolean begun;
  private int sinceAck;
  private boolean gapSaid;
  private boolean ackHeldBack;

  /** Buffers that the writer has. */
  private int waiting;

  private long doneAt;

  private enum State {
    OPENING,
    RECEIVING,
    PUBLISHING,
    DALLYING,
    OVER
  }

  /**
   * @param packet room for one datagram, shared by all transfers of a loop
   * @param malformed counts what is no TFTP
   */
  ReceiveFile(
      OptionNegotiation options,
      ExpectedBlock numbers,
      BlockBuffers buffers,
      TransferPort port,
      Retransmission timer,
      ByteBuffer packet,
      LongAdder malformed) {
    this.options = options;
    this.numbers = numbers;
    this.buffers = buffers;
    this.port = port;
    this.timer = timer;
    this.packet = packet;
    this.malformed = malformed;
  }

  /** Opens the file; {@link #opened} or {@link #failed} follows. */
  void open(UploadWriter uploadWriter, ActiveTransfer transfer, OptionalLong announced) {
    writer = uploadWriter;
    active = transfer;
    writer.open(announced);
  }

  @Override
  public void start(long now) {
    // The first packet waits until the file is open.
  }

  void opened(long now) {
    if (state == State.OPENING) {
      state = State.RECEIVING;
      timer.progressed(now, false);
      answer(now);
    }
  }

  /** The last ACK, or the first answer before any block. */
  private void answer(long now) {
    sinceAck = 0;
    if (!begun && !options.granted().isEmpty()) {
      send(TftpCodec.encode(new OptionAcknowledgement(options.granted())));
    } else {
      send(TftpCodec.putAcknowledgement(packet.clear(), numbers.last()).flip());
    }
    timer.sent(now);
  }

  private void send(ByteBuffer datagram) {
    try {
      port.send(datagram);
    } catch (IOException e) {
      unreachable();
    }
  }

  @Override
  public void received(ByteBuffer datagram, long now) {
    int block = TftpCodec.dataBlock(datagram);
    if (block >= 0) {
      data(block, datagram.position(datagram.position() + TftpCodec.HEADER), now);
      return;
    }
    try {
      if (TftpCodec.decode(datagram) instanceof Failure failure) {
        end("the client ended it with error " + failure.code());
      }
    } catch (MalformedTftpException e) {
      malformed.increment();
    }
  }

  private void data(int block, ByteBuffer content, long now) {
    if (state == State.DALLYING && block == numbers.last()) {
      answer(now);
    }
    if (state != State.RECEIVING) {
      return;
    }
    if (content.remaining() > options.blksize()) {
      send(TftpCodec.encode(RefusalCode.TOO_LONG));
      end("a block longer than was agreed on");
      return;
    }
    if (numbers.showsThatOneFollows(block, options.windowsize())) {
      numbers.oneFollows();
      gapSaid = false;
    }
    if (block == numbers.expected()) {
      inOrder(content, now);
    } else if (block == numbers.last()) {
      repeated(now);
    } else if (numbers.ahead(block) < options.windowsize()) {
      gap(now);
    }
  }

  private void inOrder(ByteBuffer content, long now) {
    int length = content.remaining();
    if (!append(content)) {
      return;
    }
    begun = true;
    gapSaid = false;
    sinceAck++;
    numbers.advance();
    timer.progressed(now, false);
    timer.sent(now);
    active.progressed(length);
    if (length < options.blksize()) {
      publish();
    } else if (sinceAck >= options.windowsize()) {
      acknowledge(now);
    }
  }

  /** False if no memory is left; the block is lost then, and comes again. */
  private boolean append(ByteBuffer content) {
    if (filling != null && filling.remaining() < content.remaining()) {
      handOver();
    }
    if (filling == null) {
      filling = buffers.takeLarge().map(ByteBuffer::clear).orElse(null);
    }
    if (filling == null) {
      return false;
    }
    filling.put(content);
    return true;
  }

  private void handOver() {
    waiting++;
    writer.write(filling.flip());
    filling = null;
  }

  private void publish() {
    state = State.PUBLISHING;
    if (filling != null) {
      handOver();
    }
    writer.publish();
  }

  private void acknowledge(long now) {
    if (waiting > MOST_WAITING) {
      ackHeldBack = true;
    } else {
      answer(now);
    }
  }

  /** The ACK of the last window was lost. Within a window a repeated block says nothing new. */
  private void repeated(long now) {
    if (begun && sinceAck == 0 && !ackHeldBack) {
      answer(now);
    }
  }

  private void gap(long now) {
    if (!gapSaid && !ackHeldBack) {
      gapSaid = true;
      answer(now);
    }
  }

  /** The writer is done with a buffer. */
  void written(ByteBuffer buffer, long now) {
    waiting--;
    buffers.giveBack(buffer);
    if (ackHeldBack && waiting <= MOST_WAITING && state == State.RECEIVING) {
      ackHeldBack = false;
      timer.progressed(now, false);
      answer(now);
    }
  }

  void published(long now) {
    if (state == State.PUBLISHING) {
      state = State.DALLYING;
      doneAt = now;
      answer(now);
    }
  }

  /** The file could not be stored; the writer has dropped it. */
  void failed(RuntimeException fault) {
    if (state != State.OVER) {
      failure(fault).ifPresent(failure -> send(TftpCodec.encode(failure)));
      over();
    }
  }

  private static Optional<Failure> failure(RuntimeException fault) {
    return fault instanceof RefusedException refused
        ? RefusalCode.of(refused.refusal().kind())
        : Optional.of(RefusalCode.FAULT);
  }

  @Override
  public void requestedAgain(long now) {
    if (state == State.RECEIVING) {
      answer(now);
    }
  }

  @Override
  public boolean isAnswered() {
    return begun;
  }

  @Override
  public boolean isMoving(long now) {
    return state == State.PUBLISHING
        || begun && state == State.RECEIVING && (ackHeldBack || timer.silence(now) < MOVING)
        || state == State.DALLYING && now - doneAt < MOVING;
  }

  @Override
  public boolean expectsMore() {
    return state == State.RECEIVING && sinceAck > 0;
  }

  @Override
  public boolean isDallying() {
    return state == State.DALLYING;
  }

  @Override
  public void tick(long now) {
    if (state == State.DALLYING && now - doneAt >= dally()) {
      over();
    } else if (state == State.RECEIVING && !ackHeldBack && timer.isDue(now)) {
      if (timer.isGivenUp(now, begun)) {
        end("no answer from the client");
      } else {
        answer(now);
        timer.repeated(now);
      }
    }
  }

  private long dally() {
    return Math.max(DALLY, options.timeout().map(Duration::toNanos).orElse(0L) * 2);
  }

  @Override
  public long deadline() {
    return switch (state) {
      case RECEIVING -> timer.deadline();
      case DALLYING -> doneAt + dally();
      default -> Long.MAX_VALUE;
    };
  }

  @Override
  public void writable(long now) {
    // An ACK that found no room is lost; the client repeats its block.
  }

  @Override
  public void unreachable() {
    end("the client's port is closed");
  }

  @Override
  public void stop(String reason) {
    if (state == State.OPENING || state == State.RECEIVING) {
      send(TftpCodec.encode(RefusalCode.STOPPED));
    }
    end(reason);
  }

  @Override
  public void abandon(String reason) {
    end(reason);
  }

  /** What is being published stays: it may have its name already. */
  private void end(String reason) {
    if (state != State.OVER) {
      writer.drop(reason);
      over();
    }
  }

  @Override
  public boolean isOver() {
    return state == State.OVER;
  }

  private void over() {
    state = State.OVER;
    port.close();
    if (filling != null) {
      buffers.giveBack(filling);
      filling = null;
    }
  }
}
