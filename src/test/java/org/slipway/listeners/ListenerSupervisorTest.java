package org.slipway.listeners;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.SocketException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slipway.listeners.ListenerStatus.State;
import org.slipway.portal.PortalParts;

/** Starting, stopping and explaining listeners. */
class ListenerSupervisorTest {
  @TempDir Path folder;
  private PortalParts portal;

  @BeforeEach
  void open() {
    portal = PortalParts.open(folder);
  }

  @AfterEach
  void close() {
    portal.close();
  }

  /** A listener that accepts and hangs up. */
  private static final class HangUp implements ProtocolListener {
    private final String protocol;
    private final int port;
    private volatile ServerSocket socket;
    private volatile boolean breaks;
    private volatile boolean runsOutOfMemory;
    private final AtomicInteger served = new AtomicInteger();

    HangUp(String protocol, int port) {
      this.protocol = protocol;
      this.port = port;
    }

    @Override
    public String protocol() {
      return protocol;
    }

    @Override
    public boolean enabled() {
      return true;
    }

    @Override
    public int configuredPort() {
      return port;
    }

    @Override
    public InetSocketAddress bind() throws IOException {
      socket = new ServerSocket(port, 10, InetAddress.getLoopbackAddress());
      return (InetSocketAddress) socket.getLocalSocketAddress();
    }

    @Override
    public void serve() throws IOException {
      served.incrementAndGet();
      if (runsOutOfMemory) {
        throw new OutOfMemoryError("no memory outside the heap");
      }
      if (breaks) {
        throw new IOException("broken");
      }
      try {
        while (!socket.isClosed()) {
          socket.accept().close();
        }
      } catch (SocketException stopped) {
        // stop() closes the socket
      }
    }

    @Override
    public void stop() {
      try {
        if (socket != null) {
          socket.close();
        }
      } catch (IOException e) {
        throw new java.io.UncheckedIOException(e);
      }
    }
  }

  @Test
  void aTakenPortIsExplainedAndTheOthersGoOn() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
      ListenerSupervisor supervisor =
          supervisor(new HangUp("aaa", taken.getLocalPort()), new HangUp("bbb", 0));
      supervisor.startEnabled();
      ListenerStatus failed = supervisor.status("aaa").orElseThrow();
      assertThat(failed.state()).isEqualTo(State.FAILED);
      assertThat(failed.error().orElseThrow())
          .contains("port " + taken.getLocalPort(), "another program has it", "slipway.aaa.port");
      assertThat(supervisor.status("bbb").orElseThrow().state()).isEqualTo(State.LISTENING);
      taken.close();
      assertThat(supervisor.start("aaa").state()).isEqualTo(State.LISTENING);
      supervisor.stopAll();
      assertThat(supervisor.statuses())
          .extracting(ListenerStatus::state)
          .containsOnly(State.STOPPED);
    }
  }

  @Test
  void itStartsAndStopsAgainAndAgain() {
    ListenerSupervisor supervisor = supervisor(new HangUp("aaa", 0));
    for (int i = 0; i < 20; i++) {
      assertThat(supervisor.start("aaa").state()).isEqualTo(State.LISTENING);
      assertThat(supervisor.start("aaa").address()).isPresent();
      assertThat(supervisor.stop("aaa").state()).isEqualTo(State.STOPPED);
      assertThat(supervisor.stop("aaa").state()).isEqualTo(State.STOPPED);
    }
  }

  @Test
  void aLoopThatBreaksIsSeen() {
    HangUp listener = new HangUp("aaa", 0);
    listener.breaks = true;
    ListenerSupervisor supervisor = supervisor(listener);
    supervisor.start("aaa");
    Instant deadline = Instant.now().plus(Duration.ofMinutes(1));
    while (supervisor.status("aaa").orElseThrow().state() != State.FAILED) {
      assertThat(Instant.now()).isBefore(deadline);
      Thread.onSpinWait();
    }
    assertThat(supervisor.status("aaa").orElseThrow().error()).isPresent();
    listener.breaks = false;
    assertThat(supervisor.start("aaa").state()).isEqualTo(State.LISTENING);
    supervisor.stopAll();
  }

  @Test
  void aLoopThatEndsByAnErrorIsSeen() {
    HangUp listener = new HangUp("aaa", 0);
    listener.runsOutOfMemory = true;
    ListenerSupervisor supervisor = supervisor(listener);
    supervisor.start("aaa");
    Instant deadline = Instant.now().plus(Duration.ofSeconds(10));
    while (supervisor.status("aaa").orElseThrow().state() != State.FAILED) {
      assertThat(Instant.now()).isBefore(deadline);
      Thread.onSpinWait();
    }
  }

  @Test
  void aLoopThatComesTooLateDoesNotServeTheNextListener() {
    List<Runnable> loops = new ArrayList<>();
    HangUp listener = new HangUp("aaa", 0);
    ListenerSupervisor supervisor =
        new ListenerSupervisor(
            List.of(listener), new LateThreads(portal.threads, loops), Clock.systemUTC());
    supervisor.start("aaa");
    supervisor.stop("aaa");
    supervisor.start("aaa");
    Thread late = Thread.ofVirtual().start(loops.getFirst());
    assertThat(join(late)).isTrue();
    assertThat(listener.served).hasValue(0);
    supervisor.stopAll();
  }

  @Test
  void aPortIsNotKeptWhereNoThreadCanBeHad() throws Exception {
    int port;
    try (ServerSocket free = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    ListenerSupervisor supervisor =
        new ListenerSupervisor(
            List.of(new HangUp("aaa", port)),
            new LateThreads(portal.threads, null),
            Clock.systemUTC());
    assertThat(supervisor.start("aaa").state()).isEqualTo(State.FAILED);
    new ServerSocket(port, 10, InetAddress.getLoopbackAddress()).close();
  }

  private static boolean join(Thread thread) {
    try {
      return thread.join(Duration.ofSeconds(10));
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * Keeps loops instead of running them.
   *
   * @param loops null where there is no thread
   */
  private record LateThreads(ListenerThreads threads, List<Runnable> loops)
      implements ListenerThreads {
    @Override
    public Future<?> loop(String name, Runnable loop) {
      if (loops == null) {
        throw new RejectedExecutionException("no thread");
      }
      loops.add(loop);
      return CompletableFuture.completedFuture(null);
    }

    @Override
    public Future<?> session(String name, Runnable session) {
      return threads.session(name, session);
    }

    @Override
    public <T> Future<T> bulk(Callable<T> transfer) {
      return threads.bulk(transfer);
    }

    @Override
    public <T> Future<T> work(Callable<T> work) {
      return threads.work(work);
    }

    @Override
    public Future<?> every(String name, Duration pause, Runnable task) {
      return threads.every(name, pause, task);
    }
  }

  private ListenerSupervisor supervisor(ProtocolListener... listeners) {
    return new ListenerSupervisor(List.of(listeners), portal.threads, Clock.systemUTC());
  }
}
