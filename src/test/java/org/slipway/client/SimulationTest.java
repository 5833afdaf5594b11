package org.slipway.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.net.Inet4Address;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The parts of a simulation that need no server. */
class SimulationTest {
  private static List<SimulatedDevice> devices(String mac, String from, int count) {
    return SimulatedDevice.range(
        new MacAddressConverter().convert(mac), Inet4Address.ofLiteral(from), count);
  }

  @Test
  void addressesFollowOneAnother() {
    List<SimulatedDevice> devices = devices("52:54:00:00:00:ff", "127.1.0.254", 3);
    assertThat(devices)
        .extracting(device -> MacAddressConverter.spelt(device.hardware()))
        .containsExactly("52:54:00:00:00:ff", "52:54:00:00:01:00", "52:54:00:00:01:01");
    assertThat(devices)
        .extracting(device -> device.address().getHostAddress())
        .containsExactly("127.1.0.254", "127.1.1.1", "127.1.1.2");
  }

  @Test
  void addressesOfANetworkLeaveNoneOut() {
    assertThat(devices("52:54:00:00:00:00", "10.0.0.255", 2).getLast().address())
        .isEqualTo(Inet4Address.ofLiteral("10.0.1.0"));
  }

  @Test
  void theLastOnesThatThereAreCanBeUsed() {
    assertThat(devices("ff:ff:ff:ff:ff:fe", "127.255.255.253", 2)).hasSize(2);
  }

  @Test
  void theSameSeedLosesTheSamePackets() {
    assertThat(lost(5, 7)).isEqualTo(lost(5, 7)).isNotEqualTo(lost(5, 8));
    assertThat(lost(5, 7)).hasSizeBetween(400, 600);
    assertThat(lost(0, 7)).isEmpty();
  }

  private static List<Integer> lost(int percent, long seed) {
    PacketLoss loss = new PacketLoss(percent, seed);
    List<Integer> lost = IntStream.range(0, 10_000).filter(i -> loss.takesNext()).boxed().toList();
    assertThat(loss.lost()).isEqualTo(lost.size());
    return lost;
  }

  @Test
  void percentilesAreValuesThatThereWere() {
    double[] hundred = IntStream.rangeClosed(1, 100).mapToDouble(i -> 101 - i).toArray();
    assertThat(SimulationReport.Percentiles.of(hundred))
        .isEqualTo(new SimulationReport.Percentiles(50, 95, 99, 100));
    assertThat(SimulationReport.Percentiles.of(new double[] {0.25}))
        .isEqualTo(new SimulationReport.Percentiles(0.25, 0.25, 0.25, 0.25));
  }

  @Test
  void onlyListsAreKept() throws Exception {
    Destination destination = new DigestedOnly(Optional.of("named"));
    String list = "# slipway manifest m\n" + "key: value\n".repeat(1_000);
    for (String name : List.of("a.rc", "named", "headed", "a.rc.sha256", "other")) {
      put(destination, name, name.equals("headed") ? list : list.replace('#', '+'));
    }
    assertThat(kept(destination, "headed")).isEqualTo(list);
    assertThat(kept(destination, "named")).hasSameSizeAs(list);
    assertThat(kept(destination, "a.rc")).hasSameSizeAs(list);
    assertThat(kept(destination, "a.rc.sha256")).hasSameSizeAs(list);
    assertThat(kept(destination, "other")).isEqualTo("+ slipway manifest");
  }

  private static void put(Destination destination, String name, String content) throws Exception {
    try (PartialFile file = destination.create(new RemoteName(name))) {
      byte[] octets = content.getBytes(StandardCharsets.UTF_8);
      file.write(octets[0]);
      file.write(octets, 1, octets.length - 1);
      assertThat(file.bytes()).isEqualTo(octets.length);
      file.publish();
    }
  }

  private static String kept(Destination destination, String name) throws Exception {
    try (InputStream in = destination.open(new RemoteName(name))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Test
  void theTableIsRedrawnInPlaceAndWipedAway() {
    ByteArrayOutputStream screen = new ByteArrayOutputStream();
    Map<DeviceRun.State, Integer> states = new EnumMap<>(DeviceRun.State.class);
    for (DeviceRun.State state : DeviceRun.State.values()) {
      states.put(state, 100_000);
    }
    SimulationTable table =
        new SimulationTable(new PrintStream(screen, true, StandardCharsets.UTF_8), 40);
    table.draw(states, 1L << 40, 1);
    table.draw(states, 1L << 41, 86_400);
    table.close();
    table.draw(states, 1L << 41, 86_401);
    String[] drawn = screen.toString(StandardCharsets.UTF_8).split("\u001b\\[8A");
    assertThat(drawn).hasSize(3);
    assertThat(drawn[2]).isEqualTo("\u001b[J");
    assertThat(drawn[1].replaceAll("\u001b\\[K", "").lines())
        .hasSize(8)
        .allSatisfy(line -> assertThat(Columns.width(line)).isLessThan(40))
        .anySatisfy(line -> assertThat(line).matches("FTP +100,000"));
  }
}
