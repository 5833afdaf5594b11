package org.slipway.bootp;

import java.net.Inet4Address;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.slipway.bootp.wire.ClientHardware;

/**
 * The last replies to each device. A request that is repeated because its answer was lost gets the
 * same answer again, byte for byte, whatever the device changed in it meanwhile (secs, for one).
 */
final class RecentReplies {
  static final int DEVICES = 16_384;
  static final int PER_DEVICE = 4;
  static final long KEPT_NANOS = TimeUnit.SECONDS.toNanos(60);

  private final Map<ClientHardware, Recent> devices =
      new LinkedHashMap<>(64, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<ClientHardware, Recent> eldest) {
          return size() > DEVICES;
        }
      };

  /**
   * A reply as it went out.
   *
   * @param server the address that it was sent from where it was broadcast
   */
  record Reply(Inet4Address server, byte[] octets) {}

  private record Sent(int xid, long stamp, long at, Reply reply) {}

  private static final class Recent {
    private final Sent[] ring = new Sent[PER_DEVICE];
    private int next;
  }

  /**
   * The reply that was sent, or null.
   *
   * @param stamp of the offer now: another one means that something has happened since
   */
  synchronized Reply find(ClientHardware device, int xid, long stamp, long now) {
    Recent recent = devices.get(device);
    if (recent == null) {
      return null;
    }
    for (Sent sent : recent.ring) {
      if (sent != null && sent.xid() == xid) {
        return sent.stamp() == stamp && now - sent.at() <= KEPT_NANOS ? sent.reply() : null;
      }
    }
    return null;
  }

  /** Keeps a reply in place of an earlier one to the same xid, or of the oldest. */
  synchronized void keep(ClientHardware device, int xid, long stamp, long now, Reply reply) {
    Recent recent = devices.computeIfAbsent(device, d -> new Recent());
    Sent sent = new Sent(xid, stamp, now, reply);
    for (int i = 0; i < PER_DEVICE; i++) {
      if (recent.ring[i] != null && recent.ring[i].xid() == xid) {
        recent.ring[i] = sent;
        return;
      }
    }
    recent.ring[recent.next] = sent;
    recent.next = (recent.next + 1) % PER_DEVICE;
  }
}
