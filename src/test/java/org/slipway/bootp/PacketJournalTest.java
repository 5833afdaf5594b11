package org.slipway.bootp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.slipway.provisioning.HardwareAddress;

class PacketJournalTest {
  private static final Instant AT = Instant.parse("2026-03-01T10:00:00.250Z");

  private static final InetSocketAddress CLIENT =
      new InetSocketAddress(InetAddress.ofLiteral("10.0.0.9"), 68);
  private static final InetSocketAddress SERVER =
      new InetSocketAddress(InetAddress.ofLiteral("255.255.255.255"), 67);

  private final Set<HardwareAddress> entered = new HashSet<>(Set.of(mac(1)));
  private final PacketJournal journal =
      new PacketJournal(entered::contains, Clock.fixed(AT, ZoneOffset.UTC));

  @Test
  void theLastPacketsOfADeviceAreKeptInTheirOrder() {
    for (int i = 0; i < PacketJournal.MOST_PACKETS + 3; i++) {
      receive(1, i);
    }
    List<CapturedPacket> kept = journal.of(mac(1));
    assertThat(kept).hasSize(PacketJournal.MOST_PACKETS);
    assertThat(kept.getFirst().octets()[0]).isEqualTo((byte) 3);
    assertThat(kept.getLast().octets()[0]).isEqualTo((byte) (PacketJournal.MOST_PACKETS + 2));
    assertThat(journal.of(mac(2))).isEmpty();
    assertThat(kept).extracting(CapturedPacket::at).containsOnly(AT);
  }

  /** The place of a long one is used again for a short one. */
  @Test
  void whatIsHandedOutStaysAsItIs() {
    ByteBuffer longer = ByteBuffer.allocate(400).put(0, datagram(1, 1), 0, 300);
    journal.received(longer, CLIENT, SERVER);
    List<CapturedPacket> before = journal.of(mac(1));
    for (int i = 0; i < PacketJournal.MOST_PACKETS; i++) {
      receive(1, 2);
    }
    assertThat(before).hasSize(1);
    assertThat(before.getFirst().octets()).hasSize(400).startsWith(1);
    assertThat(journal.of(mac(1))).allMatch(p -> p.octets().length == 300 && p.octets()[0] == 2);
  }

  @Test
  void aFloodOfInventedAddressesDisplacesNoKnownDevice() {
    receive(1, 1);
    for (int i = 2; i < 100_000; i++) {
      receive(i, 0);
    }
    assertThat(journal.of(mac(1))).hasSize(1);
    assertThat(journal.of(mac(2))).isEmpty();
    assertThat(journal.of(mac(99_999))).hasSize(1);
  }

  @Test
  void aDeviceThatIsAdoptedBeginsAnew() {
    receive(2, 1);
    entered.add(mac(2));
    receive(2, 2);
    assertThat(journal.of(mac(2))).extracting(p -> p.octets()[0]).containsExactly((byte) 2);
  }

  @Test
  void whatDoesNotSayWhoseItIsIsNotKept() {
    ByteBuffer packet = datagram(1, 7);
    journal.received(packet.duplicate().limit(43), CLIENT, SERVER);
    packet.put(2, (byte) 17);
    journal.received(packet, CLIENT, SERVER);
    packet.put(2, (byte) 0);
    journal.received(packet, CLIENT, SERVER);
    assertThat(journal.of(mac(1))).isEmpty();
  }

  @Test
  void aLongDatagramIsKeptInPartAndItsBufferStaysAsItIs() {
    ByteBuffer packet = ByteBuffer.allocateDirect(60_000).put(0, datagram(1, 7), 0, 300);
    journal.sent(packet, SERVER, CLIENT);
    assertThat(packet.remaining()).isEqualTo(60_000);
    CapturedPacket kept = journal.of(mac(1)).getFirst();
    assertThat(kept.octets()).hasSize(PacketJournal.MOST_OCTETS);
    assertThat(kept.sent()).isTrue();
    assertThat(kept.from()).isEqualTo(SERVER);
    assertThat(kept.to()).isEqualTo(CLIENT);
  }

  @Test
  void aCaptureFileHasTheHeadersThatAnalysersRead() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    PcapFile.write(List.of(packet(7)), out);
    ByteBuffer file = ByteBuffer.wrap(out.toByteArray());
    assertThat(file.getInt(0)).isEqualTo(0xA1B2C3D4);
    assertThat(file.getInt(20)).as("LINKTYPE_RAW").isEqualTo(101);
    assertThat(file.getInt(24)).isEqualTo((int) AT.getEpochSecond());
    assertThat(file.getInt(28)).isEqualTo(250_000);
    assertThat(file.getInt(32)).isEqualTo(20 + 8 + 300);
    assertThat(file.limit()).isEqualTo(24 + 16 + 20 + 8 + 300);
    assertThat(file.get(40)).as("IPv4, five words").isEqualTo((byte) 0x45);
    assertThat(sum(file, 40)).as("the checksum of the header").isEqualTo(0xFFFF);
    assertThat(file.getShort(60)).isEqualTo((short) 68);
    assertThat(file.getShort(62)).isEqualTo((short) 67);
    assertThat(file.get(68)).isEqualTo((byte) 7);
  }

  private static int sum(ByteBuffer file, int from) {
    int sum = 0;
    for (int i = from; i < from + 20; i += 2) {
      sum += file.getShort(i) & 0xFFFF;
    }
    return (sum & 0xFFFF) + (sum >>> 16);
  }

  private static HardwareAddress mac(int number) {
    return HardwareAddress.parse(
            "02:00:00:%02x:%02x:%02x"
                .formatted(number >> 16 & 0xFF, number >> 8 & 0xFF, number & 0xFF))
        .orElseThrow();
  }

  private void receive(int device, int first) {
    journal.received(datagram(device, first), CLIENT, SERVER);
  }

  private static ByteBuffer datagram(int device, int first) {
    return ByteBuffer.wrap(new byte[300])
        .put(0, (byte) first)
        .put(2, (byte) 6)
        .put(28, mac(device).octets());
  }

  private static CapturedPacket packet(int first) {
    return new CapturedPacket(AT, false, CLIENT, SERVER, datagram(1, first).array());
  }
}
