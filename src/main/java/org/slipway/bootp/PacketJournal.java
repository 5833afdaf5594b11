package org.slipway.bootp;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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

  static final int MOST_KNOWN = 1024;
  static final int MOST_UNKNOWN = 128;

  /** Longer datagrams are kept up to here; no client sends them. */
  static final int MOST_OCTETS = 1500;

  private final Map<HardwareAddress, Deque<CapturedPacket>> known = bounded(MOST_KNOWN);
  private final Map<HardwareAddress, Deque<CapturedPacket>> unknown = bounded(MOST_UNKNOWN);

  @Inject
  public PacketJournal() {}

  private static <K, V> Map<K, V> bounded(int most) {
    return new LinkedHashMap<>(16, 0.75f, true) {
      private static final long serialVersionUID = 1L;

      @Override
      protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
        return size() > most;
      }
    };
  }

  /**
   * @param entered whether somebody has entered the device
   */
  synchronized void keep(HardwareAddress device, boolean entered, CapturedPacket packet) {
    Deque<CapturedPacket> packets =
        (entered ? known : unknown).computeIfAbsent(device, d -> new ArrayDeque<>(4));
    if (packets.size() == MOST_PACKETS) {
      packets.removeFirst();
    }
    packets.addLast(packet);
    if (entered) {
      unknown.remove(device);
    }
  }

  /** The oldest first. */
  public synchronized List<CapturedPacket> of(HardwareAddress device) {
    Deque<CapturedPacket> packets = known.get(device);
    if (packets == null) {
      packets = unknown.get(device);
    }
    return packets == null ? List.of() : List.copyOf(packets);
  }
}
