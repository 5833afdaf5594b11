package org.slipway.ftp;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.slipway.ftp.wire.ListingEntry;
import org.slipway.ftp.wire.Reply;
import org.slipway.storage.FileFacts;

/**
 * A listing: LIST, NLST, MLSD. It is written while the folder is read, so that its size does not
 * matter.
 *
 * @param entries hands over each entry
 * @param form appends the line of an entry
 * @param names in which bytes names are
 */
record SendListing(
    Consumer<Consumer<FileFacts>> entries,
    BiConsumer<StringBuilder, ListingEntry> form,
    Charset names)
    implements DataJob {
  private static final int FLUSH_AT = 16 * 1024;

  @Override
  public Reply run(DataTransfer transfer, DataChannel data) throws Exception {
    StringBuilder lines = new StringBuilder(1024);
    try {
      entries.accept(facts -> {
        ListingEntry entry = entry(facts);
        if (entry.isShowable()) {
          form.accept(lines, entry);
        }
        if (lines.length() >= FLUSH_AT) {
          flush(transfer, data, lines);
        }
      });
      flush(transfer, data, lines);
      data.finish();
    } catch (DataConnectionBroken e) {
      throw e.getCause();
    }
    return new Reply(226, "Listing complete.");
  }

  static ListingEntry entry(FileFacts facts) {
    return new ListingEntry(facts.name(), facts.folder(), facts.size(), facts.modified());
  }

  private void flush(DataTransfer transfer, DataChannel data, StringBuilder lines) {
    ByteBuffer bytes = ByteBuffer.wrap(lines.toString().getBytes(names));
    lines.setLength(0);
    try {
      transfer.moved(data.write(bytes));
    } catch (IOException e) {
      throw new DataConnectionBroken(e);
    }
    // To read a folder holds the carrier of this thread; the sessions that share it have their
    // turn.
    Thread.yield();
  }

  @Override
  public void close() {
    // It holds nothing open.
  }

  /** Carries the failure of the peer's connection through the reading of the folder. */
  private static final class DataConnectionBroken extends UncheckedIOException {
    private static final long serialVersionUID = 1L;

    DataConnectionBroken(IOException cause) {
      super(cause);
    }
  }
}
