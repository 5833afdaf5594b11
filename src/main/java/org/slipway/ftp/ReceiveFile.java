package org.slipway.ftp;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.slipway.accounts.RefusedException;
import org.slipway.ftp.wire.NvtAscii;
import org.slipway.ftp.wire.Reply;
import org.slipway.storage.Upload;
import org.slipway.storage.VirtualPath;

/**
 * An upload: STOR, APPE, STOU (RFC 959 section 4.1.3). Nobody sees the file before all of it is
 * there.
 */
record ReceiveFile(
    Upload upload,
    VirtualPath asked,
    TransferParameters.Type type,
    Optional<FileBeginning> beginning)
    implements DataJob {

  /**
   * In stream mode the end of the file is the end of the connection, which looks the same when the
   * client has died. Its control connection ends then too, or its ABOR is on the way: so long that
   * news may take before the file is taken as whole.
   */
  private static final Duration NEWS_OF_CONTROL = Duration.ofMillis(5);

  private static final int MOST_WAITS = 10;
  private static final Duration LET_PEER_FINISH = Duration.ofSeconds(1);

  private static final int PACED_BUFFER = 16 * 1024;

  @Override
  public Reply run(DataTransfer transfer, DataChannel data) throws Exception {
    if (beginning.isPresent()) {
      transfer.bulk(() -> copyBeginning(transfer, data));
    }
    Reception reception = new Reception(transfer, data);
    transfer.move(reception);
    Upload.Published published =
        reception.published == null ? transfer.bulk(reception::publish) : reception.published;
    return new Reply(
        226,
        published.path().equals(asked)
            ? "Transfer complete."
            : "Transfer complete; stored as " + Reply.quoted(published.path().toString()) + ".");
  }

  private Void copyBeginning(DataTransfer transfer, DataChannel data) throws IOException {
    try {
      beginning.orElseThrow().copyTo(upload, data, copied -> transfer.moved(0));
      return null;
    } catch (RefusedException e) {
      data.discard(LET_PEER_FINISH);
      throw e;
    }
  }

  /** What comes over the data connection; at full speed it is published by the way. */
  private final class Reception implements DataTransfer.Movement {
    private final DataTransfer transfer;
    private final DataChannel data;
    private final ReadableByteChannel wire;
    private boolean ended;
    private Upload.Published published;

    Reception(DataTransfer transfer, DataChannel data) {
      this.transfer = transfer;
      this.data = data;
      this.wire =
          switch (type) {
            case IMAGE -> data;
            case ASCII -> new TextSource(data);
          };
    }

    @Override
    public boolean goOn(boolean paced) throws IOException {
      try {
        if (paced) {
          receivePieces();
        } else {
          upload.transferFrom(new FullSpeed(this), transfer::moved);
        }
      } catch (RefusedException e) {
        data.discard(LET_PEER_FINISH);
        throw e;
      }
      if (ended && !paced) {
        published = publish();
      }
      return ended;
    }

    private int read(ByteBuffer into) throws IOException {
      int n = wire.read(into);
      ended = n < 0;
      return n;
    }

    private void receivePieces() throws IOException {
      ByteBuffer buffer = ByteBuffer.allocate(PACED_BUFFER);
      while (transfer.isPaced()) {
        int n = read(buffer.clear());
        if (n < 0) {
          return;
        }
        upload.write(buffer.flip());
        transfer.moved(n);
      }
    }

    private Upload.Published publish() throws IOException {
      try {
        awaitNewsOfControl();
        beginning.ifPresent(FileBeginning::requireUnchanged);
        transfer.seal();
        return upload.publish();
      } catch (RefusedException e) {
        data.discard(LET_PEER_FINISH);
        throw e;
      }
    }
  }

  /** Ends where the bandwidth is limited too. */
  private record FullSpeed(Reception reception) implements ReadableByteChannel {
    @Override
    public int read(ByteBuffer into) throws IOException {
      return reception.ended || reception.transfer.isPaced() ? -1 : reception.read(into);
    }

    @Override
    public boolean isOpen() {
      return reception.data.isOpen();
    }

    @Override
    public void close() throws IOException {
      reception.data.close();
    }
  }

  /** On a machine so busy that waking takes long, news takes long too: waits again. */
  private static void awaitNewsOfControl() {
    for (int i = 0; i < MOST_WAITS; i++) {
      long start = System.nanoTime();
      LockSupport.parkNanos(NEWS_OF_CONTROL.toNanos());
      if (System.nanoTime() - start < 2 * NEWS_OF_CONTROL.toNanos()) {
        return;
      }
    }
  }

  @Override
  public void close() {
    beginning.ifPresent(FileBeginning::close);
    upload.close();
  }

  /** Text from the wire as it lies in a file. */
  private static final class TextSource implements ReadableByteChannel {
    private static final int BUFFER = 16 * 1024;

    private final ReadableByteChannel wire;
    private final NvtAscii.Decoder decoder = new NvtAscii.Decoder();
    private final ByteBuffer in = ByteBuffer.allocate(BUFFER);
    private final ByteBuffer text = ByteBuffer.allocate(BUFFER + 2).limit(0);
    private boolean ended;

    TextSource(ReadableByteChannel wire) {
      this.wire = wire;
    }

    @Override
    public int read(ByteBuffer out) throws IOException {
      while (!text.hasRemaining() && !ended) {
        fill();
      }
      if (!text.hasRemaining()) {
        return -1;
      }
      int n = Math.min(text.remaining(), out.remaining());
      out.put(text.slice(text.position(), n));
      text.position(text.position() + n);
      return n;
    }

    private void fill() throws IOException {
      ended = wire.read(in.clear()) < 0;
      text.clear();
      decoder.decode(in.flip(), text);
      if (ended) {
        decoder.finish(text);
      }
      text.flip();
    }

    @Override
    public boolean isOpen() {
      return wire.isOpen();
    }

    @Override
    public void close() throws IOException {
      wire.close();
    }
  }
}
