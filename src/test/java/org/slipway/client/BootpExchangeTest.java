package org.slipway.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.slipway.bootp.wire.BootpPacket;
import org.slipway.bootp.wire.ClientHardware;

/** One question to a BOOTP server. */
class BootpExchangeTest {
  private static final ClientHardware OURS =
      ClientHardware.ethernet(new byte[] {0x52, 0x54, 0, 0x12, 0x34, 0x56});
  private static final ClientHardware OTHER =
      ClientHardware.ethernet(new byte[] {0x52, 0x54, 0, 0x12, 0x34, 0x57});

  private List<BootpPacket> requests;

  private Optional<BootOffer> ask(Function<BootpPacket, List<BootpPacket>> answers)
      throws Exception {
    try (BootpStub server = new BootpStub(answers)) {
      Optional<BootOffer> offer = ask(server.address());
      requests = server.requests();
      return offer;
    }
  }

  private static Optional<BootOffer> ask(InetSocketAddress server) throws IOException {
    try (UdpPorts ports = UdpPorts.open();
        UdpPort port = UdpPort.openForBroadcast(ports, new InetSocketAddress(0))) {
      return new BootpExchange(
              port,
              List.of(server),
              OURS,
              Optional.empty(),
              CommandRun.IMPATIENT.bootp(),
              new Random(3))
          .ask();
    }
  }

  @Test
  void anAnswerIsAnOffer() throws Exception {
    Optional<BootOffer> offer = ask(r -> List.of(BootpStub.reply(r, "127.0.0.9", "a.bin")));
    assertThat(offer).hasValueSatisfying(o -> assertThat(o.file()).isEqualTo("a.bin"));
    assertThat(offer.get().address().getHostAddress()).isEqualTo("127.0.0.9");
    assertThat(requests.getFirst().hardware()).isEqualTo(OURS);
    assertThat(requests.getFirst().vend().cookie()).isTrue();
  }

  @Test
  void aLostReplyIsAskedForWithTheSameXid() throws Exception {
    AtomicInteger count = new AtomicInteger();
    Optional<BootOffer> offer =
        ask(r ->
            count.incrementAndGet() < 3
                ? List.of()
                : List.of(BootpStub.reply(r, "127.0.0.9", "a.bin")));
    assertThat(offer).isPresent();
    assertThat(requests)
        .hasSize(3)
        .extracting(BootpPacket::xid)
        .containsOnly(requests.get(0).xid());
  }

  @Test
  void whatIsNoAnswerToTheQuestionIsIgnored() throws Exception {
    Optional<BootOffer> offer =
        ask(r ->
            List.of(
                BootpStub.reply(OTHER, r.xid(), "127.0.0.9", "other.bin"),
                BootpStub.reply(OURS, r.xid() + 1, "127.0.0.9", "late.bin"),
                r,
                BootpStub.reply(r, "127.0.0.9", "right.bin")));
    assertThat(offer).hasValueSatisfying(o -> assertThat(o.file()).isEqualTo("right.bin"));
  }

  @Test
  void silenceIsNoOffer() throws Exception {
    assertThat(ask(r -> List.of())).isEmpty();
    assertThat(requests).hasSize(CommandRun.IMPATIENT.bootp().size());
  }

  @Test
  void requestsGoOutAfter0And1And2And2And2Seconds() {
    assertThat(Patience.DEFAULT.bootp()).extracting("seconds").containsExactly(1L, 2L, 2L, 2L, 2L);
  }
}
