package org.slipway.tftp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slipway.listeners.ListenerStatus.State;
import org.slipway.portal.FreePorts;

/** Each setting, and starting and stopping. */
class TftpSettingsTest {
  @TempDir Path folder;

  @Test
  void aFixedRangeOfPortsIsKept() throws IOException {
    int first = FreePorts.range(4);
    String range = first + "-" + (first + 3);
    List<Probe> probes = new ArrayList<>();
    try (RunningServer server = new RunningServer(folder, "slipway.tftp.transfer-ports", range)) {
      server.file("file", 1_000);
      for (int i = 0; i < 4; i++) {
        Probe probe = new Probe(server.address("127.0.0.1"));
        probes.add(probe);
        probe.request("file");
        probe.next();
        assertThat(probe.peer().getPort()).isBetween(first, first + 3);
      }
      assertThat(probes.stream().map(p -> p.peer().getPort()).distinct()).hasSize(4);
      try (Probe fifth = new Probe(server.address("127.0.0.1"))) {
        fifth.request("file");
        assertThat(fifth.hearsNothing()).isTrue();
        probes.getFirst().ack(1);
        probes.getFirst().next();
        probes.getFirst().ack(2);
        assertThat(server.soonTold("file: delivered")).isTrue();
        fifth.request("file");
        fifth.next();
        assertThat(fifth.peer().getPort()).isEqualTo(probes.getFirst().peer().getPort());
      }
    } finally {
      probes.forEach(Probe::close);
    }
  }

  @Test
  void aSinglePortServesEverything() throws IOException {
    try (RunningServer server =
        new RunningServer(folder, "slipway.tftp.transfer-ports", "single")) {
      byte[] expected = server.file("file", 300_000);
      try (Probe one = new Probe(server.address("127.0.0.1"));
          Probe other = new Probe(server.address("::1"))) {
        assertThat(one.fetch("file", "blksize", "1428", "windowsize", "8")).isEqualTo(expected);
        assertThat(one.peer().getPort()).isEqualTo(server.port);
        assertThat(other.fetch("file")).isEqualTo(expected);
        assertThat(other.peer().getPort()).isEqualTo(server.port);
      }
    }
  }

  @Test
  void otherNetworksGetNoAnswer() throws IOException {
    try (RunningServer server =
        new RunningServer(folder, "slipway.tftp.networks", "127.0.0.0/8, 10.0.0.0/8")) {
      server.file("file", 10);
      try (Probe inside = new Probe(server.address("127.0.0.1"));
          Probe outside = new Probe(server.address("::1"))) {
        inside.request("file");
        inside.next();
        outside.request("file");
        assertThat(outside.hearsNothing()).isTrue();
      }
    }
  }

  @Test
  void withoutAnAnswerTheClientIsGivenUp() throws IOException {
    try (RunningServer server = new RunningServer(folder, "slipway.tftp.give-up", "2s")) {
      server.file("file", 2_000);
      try (Probe probe = new Probe(server.address("127.0.0.1"))) {
        probe.request("file");
        probe.next();
        assertThat(probe.nextData().block()).isEqualTo(1);
        assertThat(server.soonTold("file: aborted 512 no answer from the client")).isTrue();
        assertThat(probe.hearsNothing()).isTrue();
      }
    }
  }

  @Test
  void aLastBlockThatIsNeverAcknowledgedIsNoDelivery() throws IOException {
    try (RunningServer server = new RunningServer(folder, "slipway.tftp.give-up", "4s")) {
      server.file("short", 10);
      try (Probe probe = new Probe(server.address("127.0.0.1"))) {
        probe.request("short", "timeout", "1");
        probe.next();
        probe.ack(0);
        for (int i = 0; i < 4; i++) {
          assertThat(probe.nextData().block()).isEqualTo(1);
        }
        assertThat(server.soonTold("short: neverAcknowledged")).isTrue();
        assertThat(server.soonTold("short: aborted 10")).isTrue();
      }
      assertThat(server.content.events)
          .containsOnlyOnce("short: lastBlockSent")
          .doesNotContain("short: delivered");
    }
  }

  /** Too early for certainty: what it means is decided by how often it happens. */
  @Test
  void whoGoesBeforeTheLastAcknowledgementIsTold() throws IOException {
    try (RunningServer server = new RunningServer(folder, "slipway.tftp.give-up", "2s")) {
      server.file("silent", 600);
      server.file("closed", 600);
      try (Probe silent = new Probe(server.address("127.0.0.1"))) {
        takeAll(silent, "silent");
        try (Probe closed = new Probe(server.address("127.0.0.1"))) {
          takeAll(closed, "closed");
        }
        assertThat(server.soonTold("silent: unacknowledged no answer from the client")).isTrue();
        assertThat(server.soonTold("closed: unacknowledged the client's port is closed")).isTrue();
      }
    }
  }

  private static void takeAll(Probe probe, String file) {
    probe.request(file);
    probe.next();
    probe.ack(1);
    assertThat(probe.nextData().block()).isEqualTo(2);
  }

  @Test
  void boundsOfTheSettingsHold() throws IOException {
    try (RunningServer server =
        new RunningServer(
            folder, "slipway.tftp.max-blksize", "1468", "slipway.tftp.max-windowsize", "2")) {
      server.file("file", 10);
      try (Probe probe = new Probe(server.address("127.0.0.1"))) {
        probe.request("file", "blksize", "9000", "windowsize", "9");
        assertThat(probe.next())
            .isEqualTo(
                new org.slipway.tftp.wire.TftpPacket.OptionAcknowledgement(
                    Probe.map("blksize", "1468", "windowsize", "2")));
      }
    }
  }

  @Test
  void itCanBeStoppedAndStartedAgain() throws IOException {
    try (RunningServer server = new RunningServer(folder)) {
      server.file("file", 2_000);
      try (Probe probe = new Probe(server.address("127.0.0.1"))) {
        probe.request("file");
        probe.next();
        assertThat(server.supervisor().stop("tftp").state()).isEqualTo(State.STOPPED);
        assertThat(server.soonTold("file: aborted 512 the listener was stopped")).isTrue();
        try (DatagramSocket free = new DatagramSocket(new InetSocketAddress(server.port))) {
          assertThat(server.supervisor().start("tftp").error().orElse(""))
              .contains("another program has it")
              .contains("slipway.tftp.port");
          assertThat(free.isBound()).isTrue();
        }
        assertThat(server.supervisor().start("tftp").state()).isEqualTo(State.LISTENING);
      }
      try (Probe probe = new Probe(server.address("127.0.0.1"))) {
        assertThat(probe.fetch("file")).hasSize(2_000);
      }
    }
  }

  /** The port is shared among our own sockets only. */
  @Test
  void nobodyElseCanHaveThePort() throws IOException {
    try (RunningServer server = new RunningServer(folder)) {
      for (String host : new String[] {"127.0.0.1", "::1", "0.0.0.0"}) {
        try (DatagramSocket other = new DatagramSocket(null)) {
          other.setReuseAddress(true);
          InetSocketAddress address =
              new InetSocketAddress(InetAddress.getByName(host), server.port);
          org.assertj.core.api.Assertions.assertThatThrownBy(() -> other.bind(address))
              .isInstanceOf(java.net.BindException.class);
        }
      }
    }
  }

  @Test
  void aConfiguredAddressIsTheOnlyOne() throws IOException {
    try (RunningServer server = new RunningServer(folder, "slipway.bind.address", "127.0.0.1")) {
      server.file("file", 10);
      try (Probe probe = new Probe(server.address("127.0.0.1"));
          Probe other = new Probe(server.address("::1"))) {
        assertThat(probe.fetch("file")).hasSize(10);
        other.request("file");
        assertThat(other.hearsNothing()).isTrue();
      }
    }
  }
}
