package org.slipway.ftp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.slipway.settings.Settings;

/** Passive ports when there are too few. */
class PassivePortsTest {
  private static final InetAddress LOOPBACK = InetAddress.ofLiteral("127.0.0.1");

  private static PassivePorts only(int port) {
    Map<String, String> values = Map.of("slipway.ftp.passive-ports", port + "-" + port);
    return new PassivePorts(new Settings(values::get, name -> null));
  }

  @Test
  void aPortThatBecomesFreeUntoldIsFoundAfterAll() throws Exception {
    try (ServerSocket other = new ServerSocket(0, 1, LOOPBACK)) {
      PassivePorts ports = only(other.getLocalPort());
      Thread waiting = Thread.currentThread();
      Thread.ofPlatform().start(() -> closeWhileItWaits(other, waiting));
      PassiveListener listener = ports.open(LOOPBACK);
      assertThat(listener.port()).isEqualTo(other.getLocalPort());
      listener.close();
    }
  }

  private static void closeWhileItWaits(ServerSocket socket, Thread waiting) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    while (waiting.getState() != Thread.State.TIMED_WAITING && System.nanoTime() < end) {
      Thread.onSpinWait();
    }
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void whereAllStayTakenItIsSaid() throws Exception {
    try (ServerSocket other = new ServerSocket(0, 1, LOOPBACK)) {
      PassivePorts ports = only(other.getLocalPort());
      assertThatThrownBy(() -> ports.open(LOOPBACK))
          .isInstanceOf(BindException.class)
          .hasMessageContaining("All passive ports");
    }
  }
}
