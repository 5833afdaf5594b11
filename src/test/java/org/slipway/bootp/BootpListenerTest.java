package org.slipway.bootp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.BindException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.DatagramChannel;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slipway.portal.FreePorts;
import org.slipway.provisioning.HardwareAddress;
import org.slipway.provisioning.SilenceReason;
import org.slipway.settings.Settings;

/** What is accepted and what is left alone, on a real socket. */
class BootpListenerTest {
  static final String KNOWN = "52:54:00:00:00:01";
  static final String WITNESS = "52:54:00:00:00:ff";

  private final FixedAssignments assignments = new FixedAssignments();
  private RunningListener server;
  private RfcClient client;
  private int nextXid = 1000;

  @BeforeEach
  void start() throws IOException {
    assignments.offer(KNOWN, "127.0.0.11", "boot/kernel");
    assignments.offer(WITNESS, "127.0.0.12", "boot/witness");
    server = RunningListener.start(assignments);
    client = server.client();
  }

  @AfterEach
  void stop() {
    client.close();
    server.close();
  }

  @Test
  void aKnownDeviceIsAnsweredWithAllFieldsOfItsRequest() throws Exception {
    RfcReply reply =
        client.ask(request().secs(7).flags(0x8000).octet(3, 2).octet(34, 0xAB).giaddr("127.0.0.9"));

    assertThat(reply.octets()).hasSize(300);
    assertThat(reply.op()).isEqualTo(2);
    assertThat(reply.octets()[1]).isEqualTo((byte) 1);
    assertThat(reply.octets()[2]).isEqualTo((byte) 6);
    assertThat(reply.hops()).isEqualTo(2);
    assertThat(reply.secs()).isEqualTo(7);
    assertThat(reply.flags()).isEqualTo(0x8000);
    assertThat(reply.ciaddr()).isEqualTo("0.0.0.0");
    assertThat(reply.yiaddr()).isEqualTo("127.0.0.11");
    assertThat(reply.siaddr()).isEqualTo("127.0.0.1");
    assertThat(reply.giaddr()).isEqualTo("127.0.0.9");
    assertThat(reply.hardware()).isEqualTo(KNOWN);
    assertThat(reply.octets()[34]).as("chaddr beyond hlen").isEqualTo((byte) 0xAB);
    assertThat(reply.sname()).isEqualTo("boot.example.org");
    assertThat(reply.file()).isEqualTo("boot/kernel");
    assertThat(reply.from()).isEqualTo(server.address());
  }

  @Test
  void unpaddedPacketsAreAnsweredWith300Octets() throws Exception {
    assertThat(client.ask(request().length(236)).octets()).hasSize(300);
    assertThat(client.ask(request().cookie().end().length(241)).octets()).hasSize(300);
  }

  @Test
  void longerPacketsAreAnswered() throws Exception {
    assertThat(client.ask(request().length(548)).octets()).hasSize(300);
    assertThat(client.ask(request().length(1400)).octets()).hasSize(300);
  }

  @Test
  void packetsUnder236OctetsAreMalformed() throws Exception {
    client.askInVain(request().length(235), witness());
    client.askInVain(new byte[0], witness());

    assertThat(assignments.reasons()).containsOnly(SilenceReason.MALFORMED).hasSize(2);
  }

  @Test
  void strictDropsPacketsUnder300OctetsAndNamesTheirDevice() throws Exception {
    try (RunningListener strict =
            RunningListener.start(assignments, Map.of("slipway.bootp.strict", "true"));
        RfcClient asking = strict.client()) {
      asking.askInVain(request().length(299), witness());
      asking.askInVain(request().length(100), witness());
    }
    assertThat(assignments.reasons()).containsOnly(SilenceReason.SHORT_PACKET).hasSize(2);
    assertThat(assignments.unanswered.get(0).hardwareAddress())
        .contains(new HardwareAddress(KNOWN));
    assertThat(assignments.unanswered.get(1).hardwareAddress())
        .contains(new HardwareAddress(KNOWN));
  }

  @Test
  void aMalformedPacketNamesItsDeviceWhereItsAddressIsWhole() throws Exception {
    client.askInVain(request().length(34), witness());
    client.askInVain(request().length(134), witness());
    client.askInVain(request().octet(0, 9), witness());
    assertThat(assignments.unanswered)
        .hasSize(3)
        .allSatisfy(u -> assertThat(u.hardwareAddress()).contains(new HardwareAddress(KNOWN)))
        .extracting(FixedAssignments.Unanswered::reason)
        .containsOnly(SilenceReason.MALFORMED);

    assignments.unanswered.clear();
    for (int length : new int[] {0, 1, 33}) {
      client.askInVain(request().length(length), witness());
    }
    for (int hlen : new int[] {0, 5, 17}) {
      client.askInVain(request().octet(2, hlen), witness());
    }
    client.askInVain(request().octet(1, 200), witness());
    assertThat(assignments.unanswered)
        .hasSize(7)
        .allSatisfy(u -> assertThat(u.hardwareAddress()).isEmpty());
  }

  @Test
  void repliesThatArriveAtTheServerPortAreLeftAlone() throws Exception {
    client.askInVain(request().octet(0, 2), witness());

    assertThat(assignments.reasons()).containsExactly(SilenceReason.LOOP);
  }

  @Test
  void otherOpCodesAndImpossibleHardwareAreMalformed() throws Exception {
    client.askInVain(request().octet(0, 0), witness());
    client.askInVain(request().octet(0, 9), witness());
    client.askInVain(request().octet(1, 0), witness());
    client.askInVain(request().octet(1, 200), witness());
    client.askInVain(request().octet(2, 0), witness());
    client.askInVain(request().octet(2, 17), witness());

    assertThat(assignments.reasons()).containsOnly(SilenceReason.MALFORMED).hasSize(6);
  }

  @Test
  void aRelayThatIsAGroupOrEverybodyIsMalformed() throws Exception {
    client.askInVain(request().giaddr("255.255.255.255"), witness());
    client.askInVain(request().giaddr("224.0.0.1"), witness());
    assertThat(client.ask(request().giaddr("223.255.255.1")).giaddr()).isEqualTo("223.255.255.1");

    assertThat(assignments.reasons()).containsOnly(SilenceReason.MALFORMED).hasSize(2);
  }

  @Test
  void unknownDevicesHearNothing() throws Exception {
    client.askInVain(RfcRequest.of("52:54:00:00:00:99", 5), witness());

    assertThat(assignments.asked).hasSize(2);
    assertThat(server.listener().counters().unanswered()).isEqualTo(1);
  }

  @Test
  void requestsThatNameAnotherServerAreLeftAlone() throws Exception {
    client.askInVain(request().sname("other"), witness());
    client.askInVain(request().sname("x".repeat(64)), witness());

    assertThat(assignments.reasons()).containsOnly(SilenceReason.OTHER_SERVER).hasSize(2);
    assertThat(client.ask(request().sname("BOOT")).sname()).isEqualTo("boot.example.org");
    assertThat(client.ask(request().sname("boot.EXAMPLE.org")).op()).isEqualTo(2);
  }

  @Test
  void whatTheDeviceAsksForIsHandedOn() throws Exception {
    client.ask(request().file("boot/last").ciaddr("127.0.0.11").giaddr("10.1.1.1"));

    assertThat(assignments.asked.getLast())
        .satisfies(r -> {
          assertThat(r.hardwareAddress().text()).isEqualTo(KNOWN);
          assertThat(r.requestedFile()).isEqualTo("boot/last");
          assertThat(r.clientAddress()).contains(InetAddress.ofLiteral("127.0.0.11"));
          assertThat(r.relayAddress()).contains(InetAddress.ofLiteral("10.1.1.1"));
          assertThat(r.source()).isEqualTo(client.localAddress());
        });
    client.ask(request());
    assertThat(assignments.asked.getLast().clientAddress()).isEmpty();
    assertThat(assignments.asked.getLast().relayAddress()).isEmpty();
  }

  @Test
  void aDeviceThatKnowsItsAddressKeepsIt() throws Exception {
    assertThat(client.ask(request().ciaddr("127.0.0.11")).ciaddr()).isEqualTo("127.0.0.11");
  }

  @Test
  void hopsAreNotChecked() throws Exception {
    assertThat(client.ask(request().octet(3, 17)).hops()).isEqualTo(17);
  }

  @Test
  void reservedFlagsAreIgnoredAndCopiedBack() throws Exception {
    assertThat(client.ask(request().flags(0x7FFF)).flags()).isEqualTo(0x7FFF);
  }

  @Test
  void aDamagedVendorAreaMeansNoOptions() throws Exception {
    RfcReply pastTheEnd = client.ask(request().cookie().vendor(12, 250, 'a'));
    RfcReply withoutEnd = client.ask(request().cookie().vendor(12, 1, 'a'));

    assertThat(pastTheEnd.tags()).containsEntry(12, "73772d3031");
    assertThat(withoutEnd.tags()).containsEntry(12, "73772d3031");
  }

  @Test
  void tagsAreSentOnlyToWhoHasShownTheCookie() throws Exception {
    assertThat(client.ask(request().vendor(12, 1, 'a', 255)).vendor()).containsOnly(0);
    assertThat(client.ask(request().cookie().end()).hasCookie()).isTrue();
  }

  @Test
  void dhcpMessagesAreRecordedAndLeftAlone() throws Exception {
    client.askInVain(request().cookie().vendor(53, 1, 1).end(), witness());

    assertThat(assignments.unanswered)
        .containsExactly(
            new FixedAssignments.Unanswered(
                Optional.of(new HardwareAddress(KNOWN)),
                client.localAddress(),
                SilenceReason.DHCP_MESSAGE));
  }

  @Test
  void anotherProgramOnThePortIsAnErrorEvenIfItWouldShare() throws Exception {
    try (DatagramChannel other = DatagramChannel.open()) {
      other.setOption(StandardSocketOptions.SO_REUSEADDR, true);
      other.bind(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0));
      int port = ((InetSocketAddress) other.getLocalAddress()).getPort();

      assertThatThrownBy(() ->
              RunningListener.start(
                  assignments, Map.of("slipway.bootp.port", String.valueOf(port))))
          .isInstanceOf(BindException.class);
    }
  }

  @Test
  void itCanBeStoppedAndStartedAgain() throws Exception {
    BootpListener listener = server.listener();
    server.close();
    listener.stop();
    try (DatagramSocket free = new DatagramSocket(server.address())) {
      assertThat(free.isBound()).isTrue();
    }
    InetSocketAddress again = listener.bind();
    assertThat(again).isEqualTo(server.address());
    Thread loop =
        Thread.startVirtualThread(() -> {
          try {
            listener.serve();
          } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
          }
        });
    assertThat(client.ask(request()).op()).isEqualTo(2);
    listener.stop();
    loop.join();
  }

  @Test
  void withoutASettingItListensOnAllAddresses() throws Exception {
    Map<String, String> all = new HashMap<>();
    all.put("slipway.bootp.port", String.valueOf(FreePorts.next()));
    Settings settings = new Settings(all::get, name -> null);
    BootpListener listener =
        new BootpListener(
            settings, new ServerAddress(settings), assignments, new RunningListener.PlainThreads());
    assertThat(listener.bind().getAddress().isAnyLocalAddress()).isTrue();
    listener.stop();

    all.put("slipway.bind.address", "fd00::1");
    BootpListener deaf =
        new BootpListener(
            new Settings(all::get, name -> null),
            new ServerAddress(settings),
            assignments,
            new RunningListener.PlainThreads());
    assertThatThrownBy(deaf::bind).hasMessageContaining("IPv4");
  }

  private RfcRequest request() {
    return RfcRequest.of(KNOWN, nextXid++);
  }

  private RfcRequest witness() {
    return RfcRequest.of(WITNESS, nextXid++);
  }
}
