package org.slipway.ftp;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;
import java.nio.channels.SocketChannel;
import java.util.concurrent.locks.ReentrantLock;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLSession;

/**
 * TLS over a connected socket. One thread reads; any may write. The end of the stream counts only
 * when the peer has said it (close_notify): a connection that was cut cannot be taken for a whole
 * one (RFC 8446 section 6.1).
 */
final class TlsConnection implements ByteChannel {
  /** So many records are handed to the socket at once. */
  private static final int RECORDS = 4;

  /** Whoever waits for a command holds no buffer that a whole record would fit in. */
  private static final int QUIET = 512;

  private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

  private final SocketChannel socket;
  private final SSLEngine engine;
  private final ReentrantLock writing = new ReentrantLock();

  /** Held only while they have something in them: most connections are idle most of the time. */
  private ByteBuffer received;

  private ByteBuffer plain;
  private ByteBuffer sending;
  private boolean quiet = true;
  private boolean ended;
  private boolean handshaken;

  TlsConnection(SocketChannel socket, SSLEngine engine) {
    this.socket = socket;
    this.engine = engine;
  }

  /** The peer's stream has ended without a close_notify. */
  static final class TruncatedException extends IOException {
    private static final long serialVersionUID = 1L;

    TruncatedException() {
      super("the TLS connection ended without a close_notify");
    }
  }

  /**
   * Shakes hands as the server.
   *
   * @throws IOException if that fails; the peer was told why
   */
  void handshake() throws IOException {
    try {
      engine.beginHandshake();
      while (isHandshaking()) {
        switch (engine.getHandshakeStatus()) {
          case NEED_TASK -> runTasks();
          case NEED_WRAP -> flush(NOTHING);
          default -> {
            if (unwrap(null) < 0) {
              throw new SSLHandshakeException("the peer has closed");
            }
          }
        }
      }
      handshaken = true;
    } catch (SSLException e) {
      tellWhy();
      throw e;
    }
  }

  private boolean isHandshaking() {
    HandshakeStatus status = engine.getHandshakeStatus();
    return status != HandshakeStatus.NOT_HANDSHAKING && status != HandshakeStatus.FINISHED;
  }

  private void runTasks() {
    for (Runnable task = engine.getDelegatedTask();
        task != null;
        task = engine.getDelegatedTask()) {
      task.run();
    }
  }

  /** The alert that the engine has ready. */
  private void tellWhy() {
    try {
      if (engine.getHandshakeStatus() == HandshakeStatus.NEED_WRAP) {
        flush(NOTHING);
      }
    } catch (IOException e) {
      // The peer is gone.
    }
  }

  SSLSession session() {
    return engine.getSession();
  }

  /**
   * @return -1 when the peer has said that this is the end
   * @throws TruncatedException if it ended without
   */
  @Override
  public int read(ByteBuffer into) throws IOException {
    while (true) {
      if (plain != null) {
        return takePlain(into);
      }
      if (ended) {
        return -1;
      }
      int n = unwrap(into);
      if (n != 0) {
        return n;
      }
      afterRecord();
    }
  }

  private int takePlain(ByteBuffer into) {
    int n = Math.min(plain.remaining(), into.remaining());
    into.put(into.position(), plain, plain.position(), n);
    into.position(into.position() + n);
    plain.position(plain.position() + n);
    if (!plain.hasRemaining()) {
      plain = null;
    }
    return n;
  }

  /** TLS 1.3 answers a new key of the peer's; a new handshake of TLS 1.2 is refused. */
  private void afterRecord() throws IOException {
    if (!isHandshaking()) {
      return;
    }
    if (handshaken && !session().getProtocol().equals("TLSv1.3")) {
      throw new SSLException("renegotiation is refused");
    }
    runTasks();
    if (engine.getHandshakeStatus() == HandshakeStatus.NEED_WRAP) {
      flush(NOTHING);
    }
  }

  /**
   * One record of the peer's.
   *
   * @param into where its content goes if it is sure to fit; else it is kept
   * @return how much went into it; 0 for none; -1 for the end
   */
  private int unwrap(ByteBuffer into) throws IOException {
    int record = session().getApplicationBufferSize();
    boolean direct = into != null && into.remaining() >= record;
    ByteBuffer target = direct ? into : ByteBuffer.allocate(record);
    int before = target.position();
    SSLEngineResult result =
        engine.unwrap(received == null ? NOTHING.duplicate() : received, target);
    switch (result.getStatus()) {
      case BUFFER_UNDERFLOW -> {
        return receive() < 0 ? end() : 0;
      }
      case BUFFER_OVERFLOW -> throw new SSLException("a record is larger than it may be");
      case CLOSED -> ended = true;
      case OK -> {}
    }
    if (received != null && !received.hasRemaining()) {
      received = null;
    }
    if (!direct && target.position() > 0) {
      plain = target.flip();
    }
    return ended ? -1 : direct ? target.position() - before : 0;
  }

  private int receive() throws IOException {
    ByteBuffer buffer = inBuffer(session().getPacketBufferSize());
    int n = socket.read(buffer);
    quiet = buffer.hasRemaining() && buffer.position() <= QUIET;
    received = buffer.flip();
    return n;
  }

  /** With what has come of a record, and room for all of it. */
  private ByteBuffer inBuffer(int packet) {
    if (received == null) {
      return ByteBuffer.allocate(quiet ? QUIET : packet);
    }
    return received.capacity() < packet
        ? ByteBuffer.allocate(packet).put(received)
        : received.compact();
  }

  private int end() throws TruncatedException {
    try {
      engine.closeInbound();
    } catch (SSLException e) {
      throw new TruncatedException();
    }
    ended = true;
    return -1;
  }

  @Override
  public int write(ByteBuffer from) throws IOException {
    int n = from.remaining();
    flush(from);
    return n;
  }

  /** Encrypts and sends everything, and whatever of a handshake is due. */
  private void flush(ByteBuffer from) throws IOException {
    writing.lock();
    try {
      int packet = session().getPacketBufferSize();
      ByteBuffer out = outBuffer(from.remaining(), packet);
      do {
        SSLEngineResult result = engine.wrap(from, out);
        boolean closed = result.getStatus() == SSLEngineResult.Status.CLOSED;
        if (closed && from.hasRemaining()) {
          throw new SSLException("the connection is closed");
        }
        if (closed || !from.hasRemaining() || out.remaining() < packet) {
          send(out);
        }
        if (closed) {
          return;
        }
      } while (from.hasRemaining() || mustWrap());
    } finally {
      writing.unlock();
    }
  }

  /** One that sends much keeps its buffer. */
  private ByteBuffer outBuffer(int content, int packet) {
    if (content <= session().getApplicationBufferSize()) {
      return ByteBuffer.allocate(packet);
    }
    if (sending == null || sending.capacity() < RECORDS * packet) {
      sending = ByteBuffer.allocateDirect(RECORDS * packet);
    }
    return sending.clear();
  }

  private boolean mustWrap() {
    return engine.getHandshakeStatus() == HandshakeStatus.NEED_WRAP;
  }

  private void send(ByteBuffer out) throws IOException {
    out.flip();
    while (out.hasRemaining()) {
      socket.write(out);
    }
    out.clear();
  }

  /** Whether the peer has said that nothing more comes. */
  boolean isEnded() {
    return ended;
  }

  /** Says that nothing more comes (close_notify); what the peer sends can still be read. */
  void endOutput() throws IOException {
    engine.closeOutbound();
    flush(NOTHING);
  }

  @Override
  public boolean isOpen() {
    return socket.isOpen();
  }

  /** Without a close_notify, if {@link #endOutput} was not called before. */
  @Override
  public void close() throws IOException {
    socket.close();
  }
}
