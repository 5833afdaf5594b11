package org.slipway.ftp;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.slipway.ftp.wire.NvtAscii;
import org.slipway.ftp.wire.Reply;
import org.slipway.storage.OpenFile;

/** A download: RETR (RFC 959 section 4.1.3). */
record SendFile(OpenFile file, long from, TransferParameters.Type type) implements DataJob {
  private static final Logger LOG = Logger.getLogger(SendFile.class.getName());

  /**
   * So few bytes fit into the socket's buffer, so that handing them over to a thread costs more.
   */
  private static final int SMALL = 64 * 1024;

  private static final int TEXT_BUFFER = 16 * 1024;
  private static final int PACED_BUFFER = 16 * 1024;

  @Override
  public Reply run(DataTransfer transfer, DataChannel data) throws Exception {
    long count = file.size() - from;
    switch (type) {
      case IMAGE -> {
        if (count <= SMALL) {
          sendSmall(transfer, data, (int) count);
        } else {
          transfer.move(new Image(transfer, data));
        }
      }
      case ASCII -> transfer.move(new Text(transfer, data));
    }
    data.finish();
    return new Reply(226, "Transfer complete.");
  }

  private void sendSmall(DataTransfer transfer, DataChannel data, int count) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(count);
    FileChannel in = file.channel();
    while (buffer.hasRemaining()) {
      if (in.read(buffer, from + buffer.position()) < 0) {
        throw new EOFException("the file has become shorter");
      }
    }
    data.write(buffer.flip());
    transfer.moved(count);
  }

  /** The bytes as they are; the kernel moves them by itself while nothing limits it. */
  private final class Image implements DataTransfer.Movement {
    private final DataTransfer transfer;
    private final DataChannel data;
    private long at = from;

    Image(DataTransfer transfer, DataChannel data) {
      this.transfer = transfer;
      this.data = data;
    }

    @Override
    public boolean goOn(boolean paced) throws IOException {
      if (paced) {
        sendPieces();
      } else {
        at += data.send(file.channel(), at, file.size() - at, this::moved);
      }
      return at == file.size();
    }

    private boolean moved(long bytes) {
      transfer.moved(bytes);
      return !transfer.isPaced();
    }

    private void sendPieces() throws IOException {
      ByteBuffer buffer = ByteBuffer.allocate(PACED_BUFFER);
      while (at < file.size() && transfer.isPaced()) {
        int most = (int) Math.min(buffer.capacity(), file.size() - at);
        int n = file.channel().read(buffer.clear().limit(transfer.piece(most)), at);
        if (n < 0) {
          throw new EOFException("the file has become shorter");
        }
        data.write(buffer.flip());
        at += n;
        transfer.moved(n);
      }
    }
  }

  /** Lines with CR LF. */
  private final class Text implements DataTransfer.Movement {
    private final DataTransfer transfer;
    private final DataChannel data;
    private final NvtAscii.Encoder encoder = new NvtAscii.Encoder();
    private final ByteBuffer in = ByteBuffer.allocate(TEXT_BUFFER);
    private final ByteBuffer out = ByteBuffer.allocate(2 * TEXT_BUFFER);
    private long at;

    Text(DataTransfer transfer, DataChannel data) {
      this.transfer = transfer;
      this.data = data;
    }

    @Override
    public boolean goOn(boolean paced) throws IOException {
      while (transfer.isPaced() == paced) {
        int n = file.channel().read(in.clear(), at);
        if (n < 0) {
          return true;
        }
        at += n;
        encoder.encode(in.flip(), out.clear());
        transfer.moved(data.write(out.flip()));
      }
      return false;
    }
  }

  @Override
  public void close() {
    try {
      file.close();
    } catch (IOException e) {
      LOG.log(Level.WARNING, "A file that was read could not be closed", e);
    }
  }
}
