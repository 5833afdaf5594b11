package org.slipway.ftp;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongConsumer;
import org.slipway.accounts.Refusal;
import org.slipway.accounts.RefusedException;
import org.slipway.ftp.wire.NvtAscii;
import org.slipway.ftp.wire.Reply;
import org.slipway.storage.Upload;
import org.slipway.storage.VirtualPath;

/**
 * An upload: STOR, APPE, STOU (RFC 959 section 4.1.3). Nobody sees the file before all of it is
 * there.
 *
 * @param overQuota told how many bytes of the file had come when the quota had no room for them
 */
record ReceiveFile(
    Upload upload,
    VirtualPath asked,
    TransferParameters.Type type,
    Optional<FileBeginning> beginning,
    AnnouncedLength announced,
    LongConsumer overQuota)
    implements DataJob {

  /**
   * In stream mode the end of the file is the end of the connection, which looks the same when the
   * client has died. Its control connection ends then too, or its ABOR is on the way: so long that
   * news may take before the file is taken as whole.
   */
  private static final Duration NEWS_OF_CONTROL = Duration.ofMillis(5);

  private static final Duration LOOK_AT_CONTROL = Duration.ofSeconds(1);
  private static final Duration LET_PEER_FINISH = Duration.ofSeconds(1);

  @Override
  public boolean mayBeShortUpload() {
    return type == TransferParameters.Type.IMAGE && beginning.isEmpty();
  }

  @Override
  public Reply run(DataTransfer transfer, DataChannel data) throws Exception {
    Upload.Published published =
        transfer.isControlLookedAt()
            ? receive(transfer, data)
            : transfer.bulk(() -> receive(transfer, data));
    return new Reply(
        226,
        published.path().equals(asked)
            ? "Transfer complete."
            : "Transfer complete; stored as " + Reply.quoted(published.path().toString()) + ".");
  }

  private Upload.Published receive(DataTransfer transfer, DataChannel data) throws IOException {
    CountedSource source =
        new CountedSource(
            switch (type) {
              case IMAGE -> data;
              case ASCII -> new TextSource(data);
            });
    try {
      if (beginning.isPresent()) {
        beginning.get().copyTo(upload, data, copied -> transfer.moved(0));
      }
      long came = upload.transferFrom(source, transfer::moved);
      if (!transfer.isControlLookedAt()) {
        LockSupport.parkNanos(NEWS_OF_CONTROL.toNanos());
        transfer.lookAtControl(LOOK_AT_CONTROL);
      }
      transfer.lengthVerified(requireWhole(data, came));
      beginning.ifPresent(FileBeginning::requireUnchanged);
      transfer.seal();
      return upload.publish();
    } catch (RefusedException e) {
      if (e.refusal().kind() == Refusal.Kind.OVER_QUOTA) {
        overQuota.accept(beginning.map(FileBeginning::count).orElse(0L) + source.count);
      }
      data.discard(LET_PEER_FINISH);
      throw e;
    }
  }

  /**
   * Whether the length is proven. Text may have another length on the wire than in the client's
   * file, so that less of it proves nothing.
   *
   * @throws TruncatedUploadException if less came than was announced, and nothing but that tells
   */
  private boolean requireWhole(DataChannel data, long came) throws TruncatedUploadException {
    if (data.isEndProven() || announced.isMetBy(came, upload.size())) {
      return true;
    }
    if (type == TransferParameters.Type.IMAGE && announced.isMoreThan(upload.size())) {
      throw new TruncatedUploadException(announced.bytes().orElseThrow(), upload.size());
    }
    return false;
  }

  @Override
  public void close() {
    beginning.ifPresent(FileBeginning::close);
    upload.close();
  }

  /** Knows how much has come, stored or not. */
  private static final class CountedSource implements ReadableByteChannel {
    private final ReadableByteChannel source;
    private long count;

    CountedSource(ReadableByteChannel source) {
      this.source = source;
    }

    @Override
    public int read(ByteBuffer into) throws IOException {
      int n = source.read(into);
      count += Math.max(0, n);
      return n;
    }

    @Override
    public boolean isOpen() {
      return source.isOpen();
    }

    @Override
    public void close() throws IOException {
      source.close();
    }
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
