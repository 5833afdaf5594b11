package org.slipway.tftp;

import java.io.EOFException;
import java.io.IOException;
import java.net.PortUnreachableException;
import java.nio.ByteBuffer;
import org.slipway.provisioning.BrokenOffException;
import org.slipway.tftp.wire.ErrorCode;
import org.slipway.tftp.wire.MalformedTftpException;
import org.slipway.tftp.wire.TftpCodec;
import org.slipway.tftp.wire.TftpPacket;
import org.slipway.tftp.wire.TftpPacket.Failure;
import org.slipway.tftp.wire.TftpPacket.OptionAcknowledgement;

/**
 * Answers one read request: OACK if options were agreed on, then blocks up to the window, until the
 * last is acknowledged. A duplicate ACK never makes DATA go out again in lockstep (RFC 1123 section
 * 4.2.3.1); with a window the sender goes back once to the first block that is missing (RFC 7440
 * section 4). Before the first ACK only one packet is on its way.
 *
 * <p>Blocks are counted from 1 without wrapping; {@link BlockNumbers} are what is on the wire.
 */
final class SendFile implements FileTransfer {
  /** A last block without an answer is repeated at least this often before the end. */
  static final int LAST_BLOCK_REPETITIONS = 3;

  /** For so long at most, seconds in which a device that dallies still answers. */
  private static final long LAST_BLOCK_WAIT = 5_000_000_000L;

  /** No client gives up and begins anew within a second. */
  private static final long MOVING = 1_000_000_000L;

  private final OptionNegotiation options;
  private final BlockSource file;
  private final TransferPort port;
  private final Retransmission timer;
  private final TransferReport report;
  private final ByteBuffer packet;
  private final BlockNumbers numbers;

  /** Known from the beginning or found at the end of the file. */
  private long size;

  private long lastBlock;
  private boolean awaitsOptionAck;
  private long acked;
  private long next = 1;
  private long highest;
  private long wentBackTo = -1;
  private boolean over;

  /**
   * @param size in octets on the wire, or {@link BlockSource#UNKNOWN}
   * @param packet room for one datagram of the greatest size, shared by all transfers of a loop
   */
  SendFile(
      OptionNegotiation options,
      long size,
      BlockSource file,
      TransferPort port,
      Retransmission timer,
      TransferReport report,
      ByteBuffer packet) {
    this.options = options;
    this.size = size;
    this.lastBlock = size / options.blksize() + 1;
    this.file = file;
    this.port = port;
    this.timer = timer;
    this.report = report;
    this.packet = packet;
    this.numbers = new BlockNumbers(options.rollover());
    this.awaitsOptionAck = !options.granted().isEmpty();
  }

  @Override
  public void start(long now) {
    sendWhatIsDue(now);
    timer.sent(now);
  }

  @Override
  public boolean isOver() {
    return over;
  }

  @Override
  public long deadline() {
    return timer.deadline();
  }

  @Override
  public void received(ByteBuffer datagram, long now) {
    int block = TftpCodec.acknowledgedBlock(datagram);
    if (block >= 0) {
      acknowledged(block, now);
      return;
    }
    try {
      TftpPacket other = TftpCodec.decode(datagram);
      if (other instanceof Failure failure) {
        failedByPeer(failure);
      }
    } catch (MalformedTftpException e) {
      report.malformed(e);
    }
  }

  private void acknowledged(int block, long now) {
    if (awaitsOptionAck) {
      if (block == 0) {
        awaitsOptionAck = false;
        timer.progressed(now, true);
        sendWhatIsDue(now);
        timer.sent(now);
      }
      return;
    }
    int delta = numbers.ahead(block, acked);
    if (delta == 0) {
      repeatedAck(now);
    } else if (delta > 0 && delta <= highest - acked) {
      advanced(acked + delta, now);
    }
  }

  private void advanced(long block, long now) {
    report.progressed(offset(block) - offset(acked));
    acked = block;
    timer.progressed(now, block == highest);
    if (block == lastBlock) {
      end();
      report.delivered();
      return;
    }
    // An ACK in the middle of a window says that the receiver lost what followed.
    next = block + 1;
    wentBackTo = block == highest ? -1 : block;
    sendWhatIsDue(now);
    if (wentBackTo < 0) {
      timer.sent(now);
    } else {
      timer.resent(now);
    }
  }

  private void repeatedAck(long now) {
    boolean lockstep = options.windowsize() == 1;
    if (lockstep || highest == acked || wentBackTo == acked || !timer.mayAnswerLast(now)) {
      return;
    }
    wentBackTo = acked;
    next = acked + 1;
    sendWhatIsDue(now);
    timer.resent(now);
  }

  private void failedByPeer(Failure failure) {
    boolean quietly = failure.is(ErrorCode.OPTION_NEGOTIATION) || failure.is(ErrorCode.NOT_DEFINED);
    end();
    if (awaitsOptionAck && quietly) {
      report.sizeProbed();
    } else {
      report.aborted(bytesSent(), "the client ended it with error " + failure.code());
    }
  }

  @Override
  public void requestedAgain(long now) {
    if (acked == 0) {
      next = 1;
      sendWhatIsDue(now);
      timer.resent(now);
    }
  }

  @Override
  public boolean isAnswered() {
    return acked > 0 || !awaitsOptionAck && !options.granted().isEmpty();
  }

  @Override
  public void tick(long now) {
    if (over || !timer.isDue(now)) {
      return;
    }
    if (isLastBlockOut() && isLastBlockGivenUp(now)) {
      end();
      report.neverAcknowledged(bytesSent());
    } else if (timer.isGivenUp(now, isAnswered())) {
      gone("no answer from the client");
    } else {
      next = acked + 1;
      sendWhatIsDue(now);
      timer.repeated(now);
    }
  }

  @Override
  public boolean isMoving(long now) {
    return isAnswered() && timer.silence(now) < MOVING;
  }

  private boolean isLastBlockOut() {
    return highest == lastBlock;
  }

  private boolean isLastBlockGivenUp(long now) {
    return timer.repetitions() >= LAST_BLOCK_REPETITIONS
        && (timer.silence(now) >= LAST_BLOCK_WAIT || timer.isGivenUp(now));
  }

  @Override
  public void writable(long now) {
    sendWhatIsDue(now);
    timer.sent(now);
  }

  @Override
  public void unreachable() {
    gone("the client's port is closed");
  }

  private void gone(String reason) {
    end();
    if (isLastBlockOut()) {
      report.unacknowledged(reason);
    } else {
      report.aborted(bytesSent(), reason);
    }
  }

  private void sendWhatIsDue(long now) {
    try {
      if (awaitsOptionAck) {
        port.send(TftpCodec.encode(new OptionAcknowledgement(options.granted())));
      } else {
        sendBlocks();
      }
    } catch (PortUnreachableException e) {
      unreachable();
    } catch (BrokenOffException e) {
      tell(new Failure(ErrorCode.NOT_DEFINED, e.getMessage()));
      end();
      report.aborted(bytesSent(), e.getMessage());
    } catch (IOException | RuntimeException e) {
      tell(RefusalCode.FAULT);
      end();
      report.failed(bytesSent(), e);
    }
  }

  private void sendBlocks() throws IOException {
    long limit = Math.min(lastBlock, acked + options.windowsize());
    int most = options.windowsize() == 1 ? 1 : port.batch(TftpCodec.HEADER + options.blksize());
    while (next <= limit) {
      int count = pack((int) Math.min(most, limit - next + 1));
      limit = Math.min(limit, lastBlock);
      packet.flip();
      if (next + count > lastBlock && highest < lastBlock) {
        report.lastBlockSent();
      }
      if (!transmit(count)) {
        port.awaitRoom();
        return;
      }
      next += count;
      highest = Math.max(highest, next - 1);
    }
    if (next <= lastBlock) {
      long from = offset(next - 1);
      file.prepare(from, (int) (offset(next) - from));
    }
  }

  /** Puts the next blocks into the packet, up to the last; returns how many. */
  private int pack(int most) throws IOException {
    packet.clear();
    long block = next - 1;
    while (block < Math.min(lastBlock, next - 1 + most)) {
      block++;
      TftpCodec.putDataHeader(packet, numbers.onWire(block));
      long from = offset(block - 1);
      int wanted = (int) (offset(block) - from);
      int got = file.copy(from, wanted, packet);
      if (got < wanted && size != BlockSource.UNKNOWN) {
        throw new EOFException("shorter than when it was opened");
      }
      if (got < wanted) {
        size = from + got;
        lastBlock = block;
      }
    }
    return (int) (block - next + 1);
  }

  private boolean transmit(int count) throws IOException {
    return count == 1
        ? port.send(packet)
        : port.sendBatch(packet, TftpCodec.HEADER + options.blksize());
  }

  /** How many octets of the file the blocks up to this one hold. */
  private long offset(long block) {
    return Math.min(size, block * options.blksize());
  }

  private long bytesSent() {
    return offset(highest);
  }

  @Override
  public void stop(String reason) {
    if (!over) {
      tell(RefusalCode.STOPPED);
      abandon(reason);
    }
  }

  @Override
  public void abandon(String reason) {
    end();
    report.aborted(bytesSent(), reason);
  }

  /** An ERROR is sent once; nobody acknowledges it (RFC 1350 section 7). */
  private void tell(Failure failure) {
    try {
      port.send(TftpCodec.encode(failure));
    } catch (IOException e) {
      // The peer is gone; it needs no word.
    }
  }

  private void end() {
    over = true;
    port.close();
  }
}
