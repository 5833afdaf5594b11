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
import java.util.List;
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
    Instant deadline = Instant.now().plus(Duration.ofSeconds(10));
    while (supervisor.status("aaa").orElseThrow().state() != State.FAILED) {
      assertThat(Instant.now()).isBefore(deadline);
      Thread.onSpinWait();
    }
    assertThat(supervisor.status("aaa").orElseThrow().error()).isPresent();
    listener.breaks = false;
    assertThat(supervisor.start("aaa").state()).isEqualTo(State.LISTENING);
    supervisor.stopAll();
  }

  private ListenerSupervisor supervisor(ProtocolListener... listeners) {
    return new ListenerSupervisor(List.of(listeners), portal.threads, Clock.systemUTC());
  }
}
