package org.slipway.api;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/** Sends no more than its transfer may move, and tells it what has gone out. */
final class CountedOutput extends FilterOutputStream {
  private final HttpTransfer transfer;

  CountedOutput(OutputStream out, HttpTransfer transfer) {
    super(out);
    this.transfer = transfer;
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    for (int at = offset; at < offset + length; ) {
      int n = transfer.granted(offset + length - at);
      out.write(bytes, at, n);
      transfer.progressed(n);
      at += n;
    }
  }
}
