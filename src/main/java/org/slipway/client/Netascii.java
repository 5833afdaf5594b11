package org.slipway.client;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.slipway.tftp.wire.NetasciiDecoder;
import org.slipway.tftp.wire.NetasciiEncoder;

/** Text files as netascii has them (RFC 1350 section 1), to and from those of this machine. */
final class Netascii {
  private static final int BUFFER = 1 << 16;

  private Netascii() {}

  /** Decodes what is written to it; {@link OutputStream#flush} comes last. */
  static OutputStream decodingTo(OutputStream out) {
    return new Decoding(out);
  }

  private static final class Decoding extends FilterOutputStream {
    private final NetasciiDecoder decoder = new NetasciiDecoder();

    Decoding(OutputStream out) {
      super(out);
    }

    @Override
    public void write(int octet) throws IOException {
      write(new byte[] {(byte) octet}, 0, 1);
    }

    @Override
    public void write(byte[] octets, int offset, int length) throws IOException {
      ByteBuffer text = ByteBuffer.allocate(length + 1);
      decoder.decode(ByteBuffer.wrap(octets, offset, length), text);
      out.write(text.array(), 0, text.position());
    }

    @Override
    public void flush() throws IOException {
      ByteBuffer rest = ByteBuffer.allocate(1);
      decoder.finish(rest);
      out.write(rest.array(), 0, rest.position());
      out.flush();
    }
  }

  /** Encodes a whole file into another, so that any block of it can be sent again. */
  static void encode(Path from, Path to) throws IOException {
    NetasciiEncoder encoder = new NetasciiEncoder();
    byte[] read = new byte[BUFFER];
    ByteBuffer encoded = ByteBuffer.allocate(2 * BUFFER);
    try (InputStream in = Files.newInputStream(from);
        OutputStream out = Files.newOutputStream(to)) {
      for (int n = in.read(read); n >= 0; n = in.read(read)) {
        encoder.encode(ByteBuffer.wrap(read, 0, n), encoded.clear());
        out.write(encoded.array(), 0, encoded.position());
      }
    }
  }
}
