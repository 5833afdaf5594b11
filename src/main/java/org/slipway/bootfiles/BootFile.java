package org.slipway.bootfiles;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.slipway.storage.OpenFile;

/** What a client is given under a name: fixed for as long as it is open. */
public sealed interface BootFile {

  /** In bytes. */
  long size();

  /** Another content has another tag (RFC 9110 section 8.8.3), here without its quotes. */
  String tag();

  /** Reads at an absolute position until the buffer is full or the file ends; -1 at the end. */
  int read(ByteBuffer into, long position) throws IOException;

  /** Lets the system fetch a stretch, in bytes, from the disk before it is read. */
  void willRead(long position, long length);

  /** Whether it was written to since it was opened, so that two versions would be mixed. */
  boolean overwritten() throws IOException;

  void close();

  /** A text that was made for this client. */
  record Rendered(byte[] bytes) implements BootFile {
    @Override
    public long size() {
      return bytes.length;
    }

    @Override
    public String tag() {
      try {
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes);
        return HexFormat.of().formatHex(digest, 0, 16);
      } catch (NoSuchAlgorithmException e) {
        throw new IllegalStateException(e);
      }
    }

    @Override
    public int read(ByteBuffer into, long position) {
      if (position >= bytes.length) {
        return -1;
      }
      int n = (int) Math.min(into.remaining(), bytes.length - position);
      into.put(bytes, (int) position, n);
      return n;
    }

    @Override
    public void willRead(long position, long length) {
      // It is in memory.
    }

    @Override
    public boolean overwritten() {
      return false;
    }

    @Override
    public void close() {
      // nothing is open
    }
  }

  /** A file as it is stored. */
  record Stored(OpenFile file) implements BootFile {
    @Override
    public long size() {
      return file.size();
    }

    @Override
    public String tag() {
      return "%x-%x-%x"
          .formatted(file.size(), file.modified().getEpochSecond(), file.modified().getNano());
    }

    @Override
    public int read(ByteBuffer into, long position) throws IOException {
      int total = 0;
      while (into.hasRemaining()) {
        int n = file.channel().read(into, position + total);
        if (n < 0) {
          return total == 0 ? -1 : total;
        }
        total += n;
      }
      return total;
    }

    @Override
    public void willRead(long position, long length) {
      file.willRead(position, length);
    }

    @Override
    public boolean overwritten() throws IOException {
      return file.overwritten().now();
    }

    @Override
    public void close() {
      try {
        file.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
