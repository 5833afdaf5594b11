package org.slipway.tftp;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.TreeMap;
import org.slipway.provisioning.BootContent.BootTransfer;
import org.slipway.tftp.wire.NetasciiEncoder;

/**
 * A file as netascii. It is encoded stretch by stretch; where each begins is remembered, so that
 * going back in a window encodes the same stretch to the same octets again. A stretch ends with a
 * whole pair, blocks do not.
 */
final class NetasciiSource implements BlockSource {
  /** A window is at most 4 MiB; what lies further back is acknowledged. */
  private static final long KEPT = 8L << 20;

  /** Counting a file of this size holds the loop up for about a millisecond. */
  private static final long COUNTED_AT_ONCE = 1L << 20;

  private final BootTransfer file;
  private final ByteBuffer buffer;

  /** From a position on the wire to the one in the file, at the beginning of each stretch. */
  private final TreeMap<Long, Long> stretches = new TreeMap<>(Map.of(0L, 0L));

  private long start;

  NetasciiSource(BootTransfer file, ByteBuffer buffer) {
    this.file = file;
    this.buffer = buffer.clear().limit(0);
  }

  /** The size on the wire, for {@code tsize}; unknown where counting it would take too long. */
  static long size(BootTransfer file, ByteBuffer buffer) throws IOException {
    if (file.size() > COUNTED_AT_ONCE) {
      return UNKNOWN;
    }
    long read = 0;
    long growth = 0;
    for (int n = file.read(buffer.clear(), read); n > 0; n = file.read(buffer.clear(), read)) {
      growth += NetasciiEncoder.growth(buffer.flip());
      read += n;
    }
    return read + growth;
  }

  @Override
  public int copy(long position, int length, ByteBuffer into) throws IOException {
    int copied = 0;
    while (copied < length && load(position + copied)) {
      int from = (int) (position + copied - start);
      int n = Math.min(length - copied, buffer.limit() - from);
      into.put(into.position(), buffer, from, n);
      into.position(into.position() + n);
      copied += n;
    }
    return copied;
  }

  /** False at the end. */
  private boolean load(long position) throws IOException {
    while (position < start || position >= start + buffer.limit()) {
      Map.Entry<Long, Long> stretch = stretches.floorEntry(position);
      if (!encode(stretch.getKey(), stretch.getValue())) {
        return false;
      }
    }
    return true;
  }

  /**
   * The raw octets lie in the upper half of the buffer, so that what comes out never reaches them.
   */
  private boolean encode(long wirePosition, long filePosition) throws IOException {
    int half = buffer.capacity() / 2;
    ByteBuffer raw = buffer.clear().slice(half, half);
    int n = file.read(raw, filePosition);
    if (n <= 0) {
      buffer.limit(0);
      return false;
    }
    new NetasciiEncoder().encode(raw.flip(), buffer);
    buffer.flip();
    start = wirePosition;
    stretches.put(start + buffer.limit(), filePosition + n);
    stretches.headMap(Math.max(0, start - KEPT)).clear();
    return true;
  }
}
