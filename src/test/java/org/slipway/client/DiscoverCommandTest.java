package org.slipway.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slipway.bootp.wire.BootpCodec;
import org.slipway.bootp.wire.BootpPacket;
import org.slipway.bootp.wire.DhcpMessageType;
import org.slipway.bootp.wire.VendorArea;
import org.slipway.bootp.wire.VendorOption;
import org.slipway.bootp.wire.VendorTag;

class DiscoverCommandTest {

  private static CommandRun discover(UdpStub server, String... more) {
    List<String> arguments = new ArrayList<>(List.of("discover", "--time=2", "--client-port=0"));
    arguments.add("--to=127.0.0.1:" + server.address().getPort());
    arguments.addAll(List.of(more));
    return CommandRun.of(arguments);
  }

  /** Answers what it is asked by. */
  private static final class Answering implements AutoCloseable {
    private final List<BootpPacket> requests = new CopyOnWriteArrayList<>();
    private final UdpStub udp;

    Answering(boolean bootp, boolean dhcp) throws Exception {
      UdpStub[] self = new UdpStub[1];
      udp =
          new UdpStub((datagram, from) -> {
            BootpPacket request = BootpCodec.decode(datagram);
            requests.add(request);
            if (request.vend().isDhcp() ? dhcp : bootp) {
              self[0].send(encoded(answer(request)), from);
            }
          });
      self[0] = udp;
    }

    private static BootpPacket answer(BootpPacket request) {
      BootpPacket reply = BootpStub.reply(request, "192.0.2.7", "boot/k\u001b.bin");
      return request.vend().isDhcp()
          ? reply.withVend(
              VendorArea.of(
                  List.of(
                      DhcpMessageType.OFFER.option(),
                      VendorOption.address(
                          VendorTag.SERVER_IDENTIFIER, BootpStub.ipv4("192.0.2.1")),
                      VendorOption.number32(VendorTag.LEASE_TIME, 3600))))
          : reply;
    }

    private static ByteBuffer encoded(BootpPacket packet) {
      ByteBuffer out = ByteBuffer.allocate(1000);
      BootpCodec.encode(packet, out);
      return out.flip();
    }

    @Override
    public void close() throws Exception {
      udp.close();
    }
  }

  @Test
  void whoAnswersIsListedByWhatItWasAsked() throws Exception {
    try (Answering server = new Answering(true, true)) {
      CommandRun run = discover(server.udp, "--mac=52:54:00:00:00:01");
      assertThat(run.err()).isEmpty();
      assertThat(run.exitCode()).isZero();
      assertThat(run.out())
          .contains("BOOTP", "DHCP", "PXE", "192.0.2.1", "192.0.2.7", "boot/k\\u001B.bin");
      assertThat(run.out().lines()).hasSize(4);
      assertThat(server.requests)
          .allSatisfy(request ->
              assertThat(MacAddressConverter.spelt(request.hardware()))
                  .isEqualTo("52:54:00:00:00:01"));
    }
  }

  @Test
  void jsonIsAList() throws Exception {
    try (Answering server = new Answering(false, true)) {
      JsonNode found = new ObjectMapper().readTree(discover(server.udp, "--json").out());
      assertThat(found).hasSize(2);
      assertThat(found.get(0).get("protocol").asText()).isEqualTo("DHCP");
      assertThat(found.get(0).get("lease").asInt()).isEqualTo(3600);
    }
  }

  @Test
  void nobodyIs3() throws Exception {
    try (Answering server = new Answering(false, false)) {
      CommandRun run = discover(server.udp);
      assertThat(run.exitCode()).isEqualTo(3);
      assertThat(server.requests).as("three questions in each second").hasSize(6);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"--time=0", "--mac=x", "--bootp-port=0"})
  void wrongUsageIs2(String option) {
    assertThat(CommandRun.of(List.of("discover", option)).exitCode()).isEqualTo(2);
  }
}
