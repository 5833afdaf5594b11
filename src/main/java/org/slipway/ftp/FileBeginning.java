package org.slipway.ftp;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channel;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.channels.ReadableByteChannel;
import java.util.Optional;
import java.util.function.LongConsumer;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.slipway.accounts.Refusal;
import org.slipway.accounts.RefusedException;
import org.slipway.storage.FileFacts;
import org.slipway.storage.OpenFile;
import org.slipway.storage.Upload;

/**
 * The first bytes of a file that an upload goes on with.
 *
 * @param now what is there under the name of the file
 */
record FileBeginning(OpenFile file, long count, Supplier<Optional<FileFacts>> now)
    implements AutoCloseable {
  private static final Logger LOG = Logger.getLogger(FileBeginning.class.getName());

  /**
   * Writes the bytes to an upload; blocks its thread.
   *
   * @param data ends the copying when it is closed
   * @param progress told now and then
   */
  void copyTo(Upload upload, Channel data, LongConsumer progress) throws IOException {
    if (upload.transferFrom(new Stretch(file.channel(), count, data), progress) < count) {
      throw new EOFException("the file has become shorter");
    }
  }

  /**
   * Who has stored something under the name meanwhile shall not lose it.
   *
   * @throws RefusedException if the file is not what it was
   */
  void requireUnchanged() {
    boolean same =
        now.get()
            .filter(f -> f.size() == file.size() && f.modified().equals(file.modified()))
            .isPresent();
    if (!same) {
      throw new RefusedException(
          Refusal.Kind.CHANGED_MEANWHILE, "The file has changed meanwhile; nothing was added");
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

  /** A file up to a certain byte. */
  private static final class Stretch implements ReadableByteChannel {
    private final FileChannel file;
    private final long end;
    private final Channel data;
    private long at;

    Stretch(FileChannel file, long end, Channel data) {
      this.file = file;
      this.end = end;
      this.data = data;
    }

    @Override
    public int read(ByteBuffer into) throws IOException {
      if (!data.isOpen()) {
        throw new ClosedChannelException();
      }
      if (at == end) {
        return -1;
      }
      int limit = into.limit();
      into.limit(into.position() + (int) Math.min(into.remaining(), end - at));
      try {
        int n = file.read(into, at);
        at += Math.max(0, n);
        return n;
      } finally {
        into.limit(limit);
      }
    }

    @Override
    public boolean isOpen() {
      return file.isOpen();
    }

    @Override
    public void close() throws IOException {
      file.close();
    }
  }
}
