package org.slipway.ftp;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;

/** The client's end of a protected data connection. */
record ProtectedData(TlsConnection tls) implements AutoCloseable {

  /** Everything up to the close_notify of the server. */
  byte[] readAll() throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    ByteBuffer buffer = ByteBuffer.allocate(64 * 1024);
    while (tls.read(buffer.clear()) >= 0) {
      all.write(buffer.array(), 0, buffer.position());
    }
    return all.toByteArray();
  }

  void write(byte[] bytes) throws IOException {
    tls.write(ByteBuffer.wrap(bytes));
  }

  /**
   * With a close_notify, and having read the server's and the ticket before it, as real clients do:
   * closing on what is unread would make a reset of the close.
   */
  @Override
  public void close() throws IOException {
    try {
      tls.endOutput();
      readAll();
    } finally {
      tls.close();
    }
  }
}
