package org.slipway.client;

import java.io.UncheckedIOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.slipway.bootp.wire.ClientHardware;

/**
 * A device that there is not.
 *
 * @param number from 0
 * @param address that it asks from
 */
record SimulatedDevice(int number, ClientHardware hardware, Inet4Address address) {
  private static final long LAST_HARDWARE = 0xFFFF_FFFF_FFFFL;
  private static final long LAST_ADDRESS = 0xFFFF_FFFFL;

  /** What follows is a broadcast address, which nothing can be sent from. */
  private static final long LAST_LOOPBACK = 0x7FFF_FFFEL;

  /**
   * As many devices, with one address after the other; on loopback without those that end in 0 or
   * 255, which some systems take for broadcast addresses.
   *
   * @throws CommandFailedException if there are not so many
   */
  static List<SimulatedDevice> range(ClientHardware first, Inet4Address from, int count) {
    long hardware = number(first.octets());
    if (hardware + count - 1 > LAST_HARDWARE) {
      throw tooMany(
          count,
          MacAddressConverter.spelt(first),
          MacAddressConverter.spelt(hardware(LAST_HARDWARE)));
    }
    boolean loopback = from.isLoopbackAddress();
    long[] addresses =
        LongStream.iterate(number(from.getAddress()), a -> loopback ? nextHost(a) : a + 1)
            .limit(count)
            .toArray();
    long last = loopback ? LAST_LOOPBACK : LAST_ADDRESS;
    if (addresses[count - 1] > last) {
      throw tooMany(count, from.getHostAddress(), address(last).getHostAddress());
    }
    return IntStream.range(0, count)
        .mapToObj(i -> new SimulatedDevice(i, hardware(hardware + i), address(addresses[i])))
        .toList();
  }

  private static CommandFailedException tooMany(int count, String first, String last) {
    return new CommandFailedException(
        ExitCode.USAGE, Text.of("%d addresses from %s on would go beyond %s.", count, first, last));
  }

  private static long nextHost(long address) {
    long next = address + 1;
    while ((next & 0xFF) == 0 || (next & 0xFF) == 0xFF) {
      next++;
    }
    return next;
  }

  private static long number(byte[] octets) {
    ByteBuffer number = ByteBuffer.allocate(Long.BYTES).position(Long.BYTES - octets.length);
    return number.put(octets).getLong(0);
  }

  private static byte[] octets(long number, int length) {
    byte[] octets = new byte[length];
    ByteBuffer.allocate(Long.BYTES).putLong(0, number).get(Long.BYTES - length, octets);
    return octets;
  }

  private static ClientHardware hardware(long number) {
    return ClientHardware.ethernet(octets(number, 6));
  }

  private static Inet4Address address(long number) {
    try {
      return (Inet4Address) InetAddress.getByAddress(octets(number, 4));
    } catch (UnknownHostException e) {
      throw new UncheckedIOException(e);
    }
  }
}
