package org.slipway.ftp;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSession;
import org.slipway.ftp.wire.CommandDecoder;
import org.slipway.ftp.wire.CommandLine;
import org.slipway.ftp.wire.MalformedCommandException;
import org.slipway.ftp.wire.Reply;

/**
 * The control connection (RFC 959 section 2.3): commands in, replies out. One thread reads; any may
 * send, each reply whole.
 */
final class ControlConnection implements AutoCloseable {
  private static final int BUFFER = 256;
  private static final int MOST_DRAINED = 64 * 1024;

  private final SocketChannel channel;
  private final InetSocketAddress peer;
  private final InetSocketAddress local;
  private ByteChannel stream;
  private volatile TlsConnection tls;
  private CommandDecoder decoder = new CommandDecoder();
  private volatile Charset names = StandardCharsets.UTF_8;
  private final ByteBuffer in = ByteBuffer.allocate(BUFFER).limit(0);
  private final ReentrantLock sending = new ReentrantLock();
  private boolean lastWordSaid;

  ControlConnection(SocketChannel channel) throws IOException {
    this.channel = channel;
    this.stream = channel;
    this.peer = (InetSocketAddress) channel.getRemoteAddress();
    this.local = (InetSocketAddress) channel.getLocalAddress();
    channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
    channel.setOption(StandardSocketOptions.SO_KEEPALIVE, true);
    // An ABOR may come with the Telnet Synch, whose mark is urgent data (RFC 959 section 4.1.3).
    channel.socket().setOOBInline(true);
  }

  InetAddress peerAddress() {
    return peer.getAddress();
  }

  InetAddress localAddress() {
    return local.getAddress();
  }

  /** In which bytes the names of files are. */
  Charset names() {
    return names;
  }

  /** Both directions; from the next command and the next reply on. */
  void names(Charset charset) {
    decoder.names(charset);
    names = charset;
  }

  /** The next command; empty when the peer has closed or {@link #wake} was called. */
  Optional<CommandLine> read() throws IOException, MalformedCommandException {
    while (true) {
      Optional<CommandLine> line = decode();
      if (line.isPresent()) {
        return line;
      }
      if (receive() < 0) {
        return Optional.empty();
      }
    }
  }

  /** RFC 1123 section 4.1.2.12: options of Telnet are refused. */
  private Optional<CommandLine> decode() throws IOException, MalformedCommandException {
    try {
      return decoder.decode(in);
    } finally {
      byte[] refusals = decoder.takeRefusals();
      if (refusals.length > 0) {
        send(ByteBuffer.wrap(refusals));
      }
    }
  }

  private int receive() throws IOException {
    in.clear();
    try {
      return stream.read(in);
    } catch (TlsConnection.TruncatedException e) {
      // A cut command line does nothing, so that it does not matter how the stream ended.
      return -1;
    } finally {
      in.flip();
    }
  }

  /**
   * Protects everything from here on (RFC 4217). What has come in the clear and is not yet read is
   * dropped: it could be somebody else's.
   */
  void secure(SSLEngine engine) throws IOException {
    TlsConnection secured = new TlsConnection(channel, engine);
    in.clear().limit(0);
    decoder = new CommandDecoder();
    secured.handshake();
    sending.lock();
    try {
      stream = secured;
      tls = secured;
    } finally {
      sending.unlock();
    }
  }

  /** What was agreed on, if the connection is protected. */
  Optional<SSLSession> tlsSession() {
    return Optional.ofNullable(tls).map(TlsConnection::session);
  }

  void send(Reply reply) throws IOException {
    send(reply.encode(names));
  }

  /** Both in one packet, if they fit. */
  void send(Reply first, Reply second) throws IOException {
    ByteBuffer one = first.encode(names);
    ByteBuffer two = second.encode(names);
    send(ByteBuffer.allocate(one.remaining() + two.remaining()).put(one).put(two).flip());
  }

  /** What others say after it is dropped: 421 means that the connection closes. */
  void lastWord(Reply reply) throws IOException {
    sending.lock();
    try {
      send(reply);
      lastWordSaid = true;
    } finally {
      sending.unlock();
    }
  }

  private void send(ByteBuffer bytes) throws IOException {
    sending.lock();
    try {
      while (!lastWordSaid && bytes.hasRemaining()) {
        stream.write(bytes);
      }
    } finally {
      sending.unlock();
    }
  }

  /** What the peer has done since its last command was read. */
  enum News {
    NONE,
    SPOKEN,
    CLOSED
  }

  /**
   * Looks without waiting; on the thread that reads, between two reads. What is protected cannot be
   * looked at like this.
   */
  News news() throws IOException {
    if (in.hasRemaining()) {
      return News.SPOKEN;
    }
    channel.configureBlocking(false);
    try {
      int n = channel.read(in.clear());
      return n == 0 ? News.NONE : n > 0 ? News.SPOKEN : News.CLOSED;
    } finally {
      in.flip();
      channel.configureBlocking(true);
    }
  }

  boolean isProtected() {
    return tls != null;
  }

  /** Makes a {@link #read} that waits return nothing; replies can still be sent. */
  void wake() {
    try {
      channel.shutdownInput();
    } catch (IOException e) {
      breakOff();
    }
  }

  /** Closes at once, also under a send that does not come to its end. */
  void breakOff() {
    try {
      channel.close();
    } catch (IOException e) {
      // It is gone, which is what was wanted.
    }
  }

  /** Closes so that the last reply arrives: unread input would turn the close into a reset. */
  @Override
  public void close() {
    try {
      if (tls != null) {
        tls.endOutput();
      }
      channel.shutdownOutput();
      channel.configureBlocking(false);
      ByteBuffer dropped = ByteBuffer.allocate(BUFFER);
      int n = 0;
      for (int total = 0; n >= 0 && total < MOST_DRAINED; total += n) {
        n = channel.read(dropped.clear());
        if (n == 0) {
          break;
        }
      }
    } catch (IOException e) {
      // The peer was faster.
    } finally {
      breakOff();
    }
  }
}
