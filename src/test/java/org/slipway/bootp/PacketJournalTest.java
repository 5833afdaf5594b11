package org.slipway.bootp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.slipway.provisioning.HardwareAddress;

class PacketJournalTest {
  private static final Instant AT = Instant.parse("2026-03-01T10:00:00.250Z");

  private final PacketJournal journal = new PacketJournal();

  @Test
  void theLastPacketsOfADeviceAreKeptInTheirOrder() {
    for (int i = 0; i < PacketJournal.MOST_PACKETS + 3; i++) {
      journal.keep(mac(1), true, packet(i));
    }
    List<CapturedPacket> kept = journal.of(mac(1));
    assertThat(kept).hasSize(PacketJournal.MOST_PACKETS);
    assertThat(kept.getFirst().octets()[0]).isEqualTo((byte) 3);
    assertThat(kept.getLast().octets()[0]).isEqualTo((byte) (PacketJournal.MOST_PACKETS + 2));
    assertThat(journal.of(mac(2))).isEmpty();
  }

  @Test
  void aFloodOfInventedAddressesDisplacesNoKnownDevice() {
    journal.keep(mac(1), true, packet(1));
    for (int i = 2; i < 100_000; i++) {
      journal.keep(mac(i), false, packet(0));
    }
    assertThat(journal.of(mac(1))).hasSize(1);
    assertThat(journal.of(mac(2))).isEmpty();
    assertThat(journal.of(mac(99_999))).hasSize(1);
  }

  @Test
  void aDeviceThatIsAdoptedBeginsAnew() {
    journal.keep(mac(1), false, packet(1));
    journal.keep(mac(1), true, packet(2));
    assertThat(journal.of(mac(1))).extracting(p -> p.octets()[0]).containsExactly((byte) 2);
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

  private static CapturedPacket packet(int first) {
    byte[] octets = new byte[300];
    octets[0] = (byte) first;
    return new CapturedPacket(
        AT,
        false,
        new InetSocketAddress(InetAddress.ofLiteral("10.0.0.9"), 68),
        new InetSocketAddress(InetAddress.ofLiteral("255.255.255.255"), 67),
        octets);
  }
}
