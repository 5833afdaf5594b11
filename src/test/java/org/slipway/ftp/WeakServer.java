package org.slipway.ftp;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.slipway.accounts.Permission;

/**
 * A small FTP server with the weaknesses that a test wants. An attack must succeed here before its
 * failure elsewhere says anything.
 */
final class WeakServer implements AttackedServer {
  private static final int FEW = 20;

  final Path home;
  final SSLContext context;
  volatile Set<Permission> permitted = EnumSet.allOf(Permission.class);
  volatile boolean closed;
  private final Set<Weakness> weaknesses;
  private final ServerSocket server;
  private final ExecutorService sessions;
  private final Set<AutoCloseable> open = ConcurrentHashMap.newKeySet();
  private final AtomicInteger nextPort = new AtomicInteger(31_000);

  /**
   * @param context with a key
   */
  WeakServer(Path home, SSLContext context, Weakness... weaknesses) throws IOException {
    this.home = home;
    this.context = context;
    this.weaknesses = Set.of(weaknesses);
    sessions =
        is(Weakness.HANDSHAKES_WITHOUT_DEADLINE)
            ? Executors.newFixedThreadPool(FEW, Thread.ofPlatform().daemon().factory())
            : Executors.newThreadPerTaskExecutor(Thread.ofPlatform().daemon().factory());
    server = new ServerSocket(0, 1024, InetAddress.ofLiteral("127.0.0.1"));
    Thread.ofPlatform().daemon().start(this::accept);
  }

  boolean is(Weakness weakness) {
    return weaknesses.contains(weakness);
  }

  private void accept() {
    try {
      while (true) {
        WeakSession session = new WeakSession(this, keep(server.accept()));
        sessions.submit(session);
      }
    } catch (IOException | RejectedExecutionException e) {
      // It was closed.
    }
  }

  <T extends AutoCloseable> T keep(T resource) {
    open.add(resource);
    return resource;
  }

  void forget(AutoCloseable resource) throws IOException {
    open.remove(resource);
    closeQuietly(resource);
  }

  ServerSocket passive() throws IOException {
    if (!is(Weakness.COUNTS_PASSIVE_PORTS)) {
      return keep(new ServerSocket(0, 8, server.getInetAddress()));
    }
    while (true) {
      try {
        return keep(new ServerSocket(nextPort.getAndIncrement(), 8, server.getInetAddress()));
      } catch (java.net.BindException taken) {
        // The next one.
      }
    }
  }

  /** The server's side of a handshake; what the peer speaks by TLS is all the same to it. */
  Socket secure(Socket plain) throws IOException {
    SSLSocket tls = (SSLSocket) context.getSocketFactory().createSocket(plain, null, true);
    if (is(Weakness.TALKS_TO_ANY_PROTOCOL)) {
      tls.setHandshakeApplicationProtocolSelector((s, names) -> names.getFirst());
    }
    tls.startHandshake();
    return tls;
  }

  @Override
  public InetSocketAddress address() {
    return new InetSocketAddress(server.getInetAddress(), server.getLocalPort());
  }

  @Override
  public Path home() {
    return home;
  }

  @Override
  public void permit(Set<Permission> permissions) {
    permitted = permissions;
  }

  private static void closeQuietly(AutoCloseable resource) {
    try {
      resource.close();
    } catch (IOException e) {
      // It is gone, which is what was wanted.
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    closed = true;
    try {
      server.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    sessions.shutdownNow();
    open.forEach(WeakServer::closeQuietly);
  }
}
