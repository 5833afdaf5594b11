package org.slipway.bootp;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.slipway.provisioning.Devices;
import org.slipway.provisioning.HardwareAddress;

/**
 * The last datagrams of each device, in memory, for whoever wants to see what it really asked and
 * got. Devices that nobody has entered have a room of their own, so that a flood of invented
 * addresses displaces nothing else.
 */
@Singleton
public final class PacketJournal {
  /** Of one device. */
  static final int MOST_PACKETS = 16;

  private static final int HLEN = 2;
  private static final int CHADDR = 28;
  private static final int CHADDR_END = 44;

  static final int MOST_KNOWN = 1024;
  static final int MOST_UNKNOWN = 128;

  /** Longer datagrams are kept up to here; no client sends them. */
  static final int MOST_OCTETS = 1500;

  private final Map<HardwareAddress, LastPackets> known = bounded(MOST_KNOWN);
  private final Map<HardwareAddress, LastPackets> unknown = bounded(MOST_UNKNOWN);

  private final Predicate<HardwareAddress> isEntered;
  private final Clock clock;

  @Inject
  public PacketJournal(Devices devices, Clock clock) {
    this(device -> devices.find(device).isPresent(), clock);
  }

  /**
   * @param isEntered whether somebody has entered a device
   */
  PacketJournal(Predicate<HardwareAddress> isEntered, Clock clock) {
    this.isEntered = isEntered;
    this.clock = clock;
  }

  private static <K, V> Map<K, V> bounded(int most) {
    return new LinkedHashMap<>(16, 0.75f, true) {
      private static final long serialVersionUID = 1L;

      @Override
      protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
        return size() > most;
      }
    };
  }

  /** A datagram that has come; its buffer is read from its begin and stays as it is. */
  public void received(ByteBuffer datagram, InetSocketAddress from, InetSocketAddress to) {
    keep(datagram, false, from, to);
  }

  /** A datagram that is sent; its buffer is read from its begin and stays as it is. */
  public void sent(ByteBuffer datagram, InetSocketAddress from, InetSocketAddress to) {
    keep(datagram, true, from, to);
  }

  /** What is too short to say whose it is, is nobody's. */
  private void keep(
      ByteBuffer datagram, boolean sent, InetSocketAddress from, InetSocketAddress to) {
    int hardwareLength = datagram.limit() < CHADDR_END ? 0 : datagram.get(HLEN) & 0xFF;
    if (hardwareLength == 0 || hardwareLength > CHADDR_END - CHADDR) {
      return;
    }
    byte[] hardware = new byte[hardwareLength];
    datagram.get(CHADDR, hardware);
    HardwareAddress device = HardwareAddress.of(hardware);
    boolean entered = isEntered.test(device);
    Instant now = clock.instant();
    synchronized (this) {
      (entered ? known : unknown)
          .computeIfAbsent(device, d -> new LastPackets(MOST_PACKETS, MOST_OCTETS))
          .keep(datagram, now, sent, from, to);
      if (entered) {
        unknown.remove(device);
      }
    }
  }

  /** The oldest first. */
  public synchronized List<CapturedPacket> of(HardwareAddress device) {
    LastPackets packets = known.get(device);
    if (packets == null) {
      packets = unknown.get(device);
    }
    return packets == null ? List.of() : packets.all();
  }
}
