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

  /** So few fit into it whatever the way, so that sending them waits for nothing. */
  private static final int SHORT = 16 * 1024;

  private static final int TEXT_BUFFER = 16 * 1024;

  @Override
  public boolean isShortDownload() {
    return type == TransferParameters.Type.IMAGE && file.size() - from <= SHORT;
  }

  @Override
  public Reply run(DataTransfer transfer, DataChannel data) throws Exception {
    long count = file.size() - from;
    switch (type) {
      case IMAGE -> {
        if (count <= SMALL) {
          sendSmall(transfer, data, (int) count);
        } else {
          transfer.bulk(() -> sendLarge(transfer, data, count));
        }
      }
      case ASCII -> transfer.bulk(() -> sendText(transfer, data));
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

  private Void sendLarge(DataTransfer transfer, DataChannel data, long count) throws IOException {
    data.send(file.channel(), from, count, transfer::moved);
    return null;
  }

  private Void sendText(DataTransfer transfer, DataChannel data) throws IOException {
    NvtAscii.Encoder encoder = new NvtAscii.Encoder();
    ByteBuffer in = ByteBuffer.allocate(TEXT_BUFFER);
    ByteBuffer out = ByteBuffer.allocate(2 * TEXT_BUFFER);
    long at = 0;
    for (int n = file.channel().read(in, at); n >= 0; n = file.channel().read(in.clear(), at)) {
      at += n;
      encoder.encode(in.flip(), out.clear());
      transfer.moved(data.write(out.flip()));
    }
    return null;
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
