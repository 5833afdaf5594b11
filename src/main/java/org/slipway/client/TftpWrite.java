package org.slipway.client;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.util.ArrayList;
import java.util.List;
import org.slipway.tftp.wire.TftpPacket;
import org.slipway.tftp.wire.TftpPacket.Acknowledgement;
import org.slipway.tftp.wire.TftpPacket.Data;
import org.slipway.tftp.wire.TftpPacket.Failure;
import org.slipway.tftp.wire.TftpPacket.OptionAcknowledgement;
import org.slipway.tftp.wire.TftpPacket.WriteRequest;
import org.slipway.tftp.wire.TransferOption;

/** The sending side of one transfer (RFC 1350, options of RFC 2347 to 2349 and 7440). */
final class TftpWrite implements TftpSide {
  private final WriteRequest request;
  private final SeekableByteChannel source;
  private final long size;
  private final Progress progress;

  private int blksize = TransferOption.DEFAULT_BLKSIZE;
  private int windowsize = 1;
  private boolean answered;

  /** Of all blocks, not modulo 65536; 0 is the request. */
  private long acknowledged;

  private long sent;

  /** That was sent again because its acknowledgement came twice. */
  private long repeatedAfter = -1;

  TftpWrite(WriteRequest request, SeekableByteChannel source, Progress progress)
      throws IOException {
    this.request = request;
    this.source = source;
    this.size = source.size();
    this.progress = progress;
    progress.expect(size);
  }

  @Override
  public TftpPacket request() {
    return request;
  }

  /** The last block is the one that is shorter than the others, be it empty. */
  private long lastBlock() {
    return size / blksize + 1;
  }

  @Override
  public boolean finished() {
    return answered && acknowledged == lastBlock();
  }

  @Override
  public long position() {
    return answered ? acknowledged + 1 : 0;
  }

  @Override
  public List<TftpPacket> receive(TftpPacket packet) throws IOException, TftpFailedException {
    return switch (packet) {
      case Acknowledgement acknowledgement -> acknowledgement(acknowledgement.block());
      case OptionAcknowledgement oack -> optionAcknowledgement(oack);
      case Failure failure -> throw TftpFailedException.reported(failure);
      case TftpPacket.Request r -> List.of();
      case Data d -> List.of();
    };
  }

  private List<TftpPacket> optionAcknowledgement(OptionAcknowledgement oack)
      throws IOException, TftpFailedException {
    if (answered) {
      return List.of();
    }
    GrantedOptions granted = new GrantedOptions(request.options(), oack.options());
    blksize = granted.blksize();
    windowsize = granted.windowsize();
    answered = true;
    return window();
  }

  private List<TftpPacket> acknowledgement(int block) throws IOException {
    if (!answered) {
      // ACK 0 in place of an OACK: the server knows no options (RFC 2347).
      answered = block == 0;
      return answered ? window() : List.of();
    }
    // The distance that is acknowledged, whatever number the block has after a wrap.
    int further = (short) (block - (int) acknowledged);
    if (further == 0) {
      return repeated();
    }
    if (further < 0 || further > sent - acknowledged) {
      return List.of();
    }
    long before = acknowledged;
    acknowledged += further;
    progress.advance(Math.min(size, acknowledged * blksize) - Math.min(size, before * blksize));
    return finished() ? List.of() : window();
  }

  /**
   * The same acknowledgement again says that the beginning of a window is missing (RFC 7440 section
   * 4). Answered once, and never in lockstep, where it would double every packet from then on (RFC
   * 1123 section 4.2.3.1).
   */
  private List<TftpPacket> repeated() throws IOException {
    if (windowsize == 1 || repeatedAfter == acknowledged || sent == acknowledged) {
      return List.of();
    }
    repeatedAfter = acknowledged;
    return window();
  }

  private List<TftpPacket> window() throws IOException {
    List<TftpPacket> packets = new ArrayList<>();
    long last = Math.min(lastBlock(), acknowledged + windowsize);
    for (long block = acknowledged + 1; block <= last; block++) {
      packets.add(new Data((int) block & 0xFFFF, read(block)));
    }
    sent = last;
    return packets;
  }

  private ByteBuffer read(long block) throws IOException {
    long from = (block - 1) * blksize;
    ByteBuffer content = ByteBuffer.allocate((int) Math.min(blksize, size - from));
    source.position(from);
    while (content.hasRemaining()) {
      if (source.read(content) < 0) {
        throw new IOException(Text.of("the file became shorter while it was sent"));
      }
    }
    return content.flip();
  }

  @Override
  public List<TftpPacket> onSilence() throws IOException {
    return answered ? window() : List.of(request);
  }

  @Override
  public List<TftpPacket> afterwards(TftpPacket packet) {
    return List.of();
  }
}
